"""Signs that say with a shape what a colour says, too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role


class StateDot(QWidget):
    """A disc: all is well; a square: something waits; a triangle: something is broken."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tone = Tone.PLAIN
        side = look.type_px(13)
        self.setFixedSize(side, side)

    def set_tone(self, tone: Tone) -> None:
        """Change shape and colour."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.ink(self._tone))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._tone is Tone.WAIT:
            painter.drawRoundedRect(box, 2, 2)
        elif self._tone is Tone.BAD:
            top = QPointF(box.center().x(), box.top())
            painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
        else:
            painter.drawEllipse(box)


class Avatar(QWidget):
    """The first letter of a name in a soft disc."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._initial = ""
        side = look.space_px(52)
        self.setFixedSize(side, side)

    def show_initial(self, initial: str) -> None:
        """Change the letter."""
        if initial != self._initial:
            self._initial = initial
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc and letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.tint(Tone.GOOD))
        painter.drawEllipse(self.rect())
        painter.setPen(self._look.ink(Tone.GOOD))
        painter.setFont(self._look.font(Role.STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initial)


class Chip(QLabel):
    """A few words on the soft tint of their tone."""

    def __init__(self, look: Look, remark: Remark) -> None:
        super().__init__(remark.text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(Role.LABEL))
        ink, tint = look.ink(remark.tone).name(), look.tint(remark.tone).name()
        across, along = look.space_px(6), look.space_px(12)
        radius = (look.font(Role.LABEL).pixelSize() + 2 * across) // 2
        self.setStyleSheet(
            f"color: {ink}; background: {tint}; border-radius: {radius}px;"
            f" padding: {across}px {along}px;"
        )
