"""A button with its key written on it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.theme import Role

RADIUS_PX = 12
WORDS_PX_MIN = 14


class Kind(Enum):
    """How loud a button is: one filled button per region."""

    FILLED = "filled"
    PLAIN = "plain"
    QUIET = "quiet"


class KeyButton(QAbstractButton):
    """One action: its words, and below or behind them the key that does the same."""

    def __init__(
        self,
        look: Look,
        caption: str,
        key: str = "",
        kind: Kind = Kind.PLAIN,
        *,
        inline: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._key = key
        self._kind = kind
        self._inline = inline
        self._role = Role.STRONG if kind is Kind.FILLED else Role.ITEM
        self.setText(caption)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_caption(caption)

    def set_caption(self, caption: str) -> None:
        """Change the words on the button."""
        if caption != self.text():
            self.setText(caption)
            self.updateGeometry()
        self.setAccessibleName(caption)
        self.setAccessibleDescription(self._key)

    def set_inline(self, inline: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Write the key behind the words, or below them."""
        if inline is not self._inline:
            self._inline = inline
            self.updateGeometry()
            self.update()

    def set_role(self, role: Role) -> None:
        """Change the size of the words."""
        self._role = role
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of words and key."""
        words = QFontMetrics(self._look.font(self._role))
        key = QFontMetrics(self._look.font(Role.KEY))
        room = self._look.space_px(14)
        caption_px = words.horizontalAdvance(self.text())
        key_px = key.horizontalAdvance(self._key)
        if self._inline or not self._key:
            gap = self._look.space_px(10) if self._key else 0
            return QSize(
                max(self._look.target_px(), caption_px + gap + key_px + 2 * room),
                max(self._look.target_px(), words.height() + 12),
            )
        return QSize(
            max(caption_px, key_px) + 2 * room,
            max(self._look.target_px(), words.height() + key.height() + 12),
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Words may be cut, a finger's width may not."""
        return QSize(self._look.target_px(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground, the words and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink, edge = self._colours()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1) if edge.alpha() else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        if self.hasFocus():
            self._draw_focus(painter, box)
        self._draw_words(painter, ink)

    def _draw_focus(self, painter: QPainter, box: QRectF) -> None:
        on_accent = self._kind is Kind.FILLED
        colour = self._look.tokens.accent_ink if on_accent else self._look.tokens.accent
        inset = 4 if on_accent else 1
        painter.setPen(QPen(QColor(colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 10, 10)

    def _draw_words(self, painter: QPainter, ink: QColor) -> None:
        font, key_font = self._look.font(self._role), self._look.font(Role.KEY)
        inner = self.rect().adjusted(8, 2, -8, -2)
        key_ink = QColor(ink)
        if self.isEnabled():
            key_ink.setAlphaF(0.78)
        if not self._key:
            _draw_line(painter, inner, font, ink, self.text())
            return
        if self._inline:
            self._draw_inline(painter, inner, ink, key_ink)
            return
        words_px, key_px = QFontMetrics(font).height(), QFontMetrics(key_font).height()
        top = inner.top() + (inner.height() - words_px - key_px) // 2
        _draw_line(
            painter, QRect(inner.left(), top, inner.width(), words_px), font, ink, self.text()
        )
        below = QRect(inner.left(), top + words_px, inner.width(), key_px)
        _draw_line(painter, below, key_font, key_ink, self._key)

    def _draw_inline(self, painter: QPainter, inner: QRect, ink: QColor, key_ink: QColor) -> None:
        font, key_font = self._look.font(self._role), self._look.font(Role.KEY)
        gap = self._look.space_px(10)
        key_px = QFontMetrics(key_font).horizontalAdvance(self._key)
        words_px = min(
            QFontMetrics(font).horizontalAdvance(self.text()) + 2, inner.width() - gap - key_px
        )
        left = inner.left() + (inner.width() - words_px - gap - key_px) // 2
        words = QRect(left, inner.top(), words_px, inner.height())
        key = QRect(left + words_px + gap, inner.top(), key_px + 2, inner.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            words.moveRight(inner.left() + inner.right() - left)
            key.moveRight(words.left() - gap)
        _draw_line(painter, words, font, ink, self.text())
        _draw_line(painter, key, key_font, key_ink, self._key)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        tokens = self._look.tokens
        none = QColor(0, 0, 0, 0)
        if not self.isEnabled():
            ground = QColor(tokens.sunken) if self._kind is not Kind.QUIET else none
            return ground, _faded(tokens.ink_quiet), QColor(tokens.line) if ground.alpha() else none
        if self._kind is Kind.FILLED:
            ground = QColor(tokens.accent)
            return (
                ground.darker(112) if self._pressed() else ground,
                QColor(tokens.accent_ink),
                none,
            )
        ink = QColor(tokens.ink if self._kind is Kind.PLAIN else tokens.ink_quiet)
        rest = QColor(tokens.surface) if self._kind is Kind.PLAIN else none
        ground = QColor(tokens.soft) if self._pressed() else rest
        edge = QColor(tokens.line) if self._kind is Kind.PLAIN else none
        return ground, QColor(tokens.ink) if self.underMouse() else ink, edge

    def _pressed(self) -> bool:
        return self.isDown() or self.isChecked()


def _faded(name: str) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(0.7)
    return colour


def _draw_line(painter: QPainter, box: QRect, font: QFont, ink: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    wide = QFontMetrics(font).horizontalAdvance(text)
    if wide > box.width() > 0:
        font.setPixelSize(max(font.pixelSize() * box.width() // wide, WORDS_PX_MIN))
        painter.setFont(font)
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cut)
