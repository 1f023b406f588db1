"""A box to tick, large enough for a finger, with its words beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.theme import Role

BOX_PX = 30
WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)


class TickBox(QAbstractButton):
    """Yes or no, in one tap or with the space bar."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Change what is agreed to."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        self.setAccessibleName(words)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Take as many lines as the words need."""
        metrics = QFontMetrics(self._look.font(Role.TEXT))
        room = QRect(0, 0, max(1, width - self._indent()), 10_000)
        high = metrics.boundingRect(room, WRAPPED, self.text()).height()
        return max(self._look.target_px(), high + self._look.space_px(12))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a comfortable width."""
        width = self._look.type_px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never be smaller than a finger."""
        return QSize(self._look.type_px(160), self._look.target_px())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw box, tick and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._look.tokens
        side = self._look.type_px(BOX_PX)
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - side - 1 if right_to_left else 1
        box = QRectF(left, (self.height() - side) / 2, side, side)
        edge = tokens.accent if self.isChecked() or self.hasFocus() else tokens.ink_quiet
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1.5))
        painter.setBrush(QColor(tokens.accent if self.isChecked() else tokens.surface))
        painter.drawRoundedRect(box, 8, 8)
        if self.isChecked():
            painter.setPen(QPen(QColor(tokens.accent_ink), side / 10))
            painter.drawPolyline(_tick(box))
        painter.setPen(QColor(tokens.ink))
        painter.setFont(self._look.font(Role.TEXT))
        indent = self._indent()
        words = self.rect().adjusted(
            0 if right_to_left else indent, 0, -indent if right_to_left else 0, 0
        )
        painter.drawText(words, WRAPPED, self.text())

    def _indent(self) -> int:
        return self._look.type_px(BOX_PX) + self._look.space_px(12)


def _tick(box: QRectF) -> QPolygonF:
    def at(across: float, down: float) -> QPointF:
        return QPointF(box.left() + box.width() * across, box.top() + box.height() * down)

    return QPolygonF([at(0.26, 0.52), at(0.44, 0.70), at(0.76, 0.34)])
