"""How far somebody has come, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_loyalty.ui.look import Look

HEIGHT_PX = 8


class ProgressBar(QWidget):
    """A part of a whole; the words beside it say it, too."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._done, self._target = 0, 0
        self.setFixedHeight(look.space_px(HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, target: int) -> None:
        """Show another part; `target` 0 shows none."""
        self.setVisible(target > 0)
        if (done, target) != (self._done, self._target):
            self._done, self._target = done, target
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the way and how much of it is done."""
        if self._target <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box, round_px = QRectF(self.rect()), self.height() / 2
        painter.setBrush(QColor(self._look.tokens.line))
        painter.drawRoundedRect(box, round_px, round_px)
        wide = box.width() * min(max(self._done, 0), self._target) / self._target
        left = box.left()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = box.right() - wide
        painter.setBrush(QColor(self._look.tokens.accent))
        painter.drawRoundedRect(QRectF(left, box.top(), wide, box.height()), round_px, round_px)
