"""Words on the screen, in a role of type and a tone, that know what to do when room is short."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role

SHRINK_PX_MIN = 12
SHRINK_PERCENT = 45  # Figures that shrink more cannot be read from where the cashier stands.


class Fit(Enum):
    """What words do that are longer than their place."""

    WRAP = "wrap"  # Take another line.
    CUT = "cut"  # End in … and keep the whole text for those who listen.
    SHRINK = "shrink"  # Grow smaller: a figure must never lose a digit.
    KEEP = "keep"  # Make others give way.


class Label(QLabel):
    """One piece of text."""

    def __init__(self, look: Look, role: Role, fit: Fit = Fit.KEEP, *, quiet: bool = False) -> None:
        super().__init__()
        self._look = look
        self._role = role
        self._fit = fit
        self._quiet = quiet
        self._struck = False
        self._tone: Tone | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(role))
        self.setWordWrap(fit is Fit.WRAP)
        if fit in {Fit.CUT, Fit.SHRINK}:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_tone(Tone.PLAIN)

    def say(self, words: str | Remark | None) -> None:
        """Show a text or a remark; nothing hides the label."""
        remark = Remark(words) if isinstance(words, str) else words
        self.setVisible(remark is not None and bool(remark.text))
        if remark is None:
            return
        self.set_tone(remark.tone)
        if remark.text != self.text():
            self.setText(remark.text)
            self._shrink()

    def set_role(self, role: Role) -> None:
        """Change the size of the words."""
        if role is not self._role:
            self._role = role
            self.setFont(self._look.font(role))
            self._shrink()
            self.updateGeometry()

    def strike(self) -> None:
        """Draw a line through the words: they are no longer so."""
        self._struck = True
        self.update()

    def set_tone(self, tone: Tone) -> None:
        """Colour the words; plain words of a quiet label are quiet."""
        if tone is self._tone:
            return
        self._tone = tone
        quiet = self._quiet and tone is Tone.PLAIN
        self.setProperty("tone", "quiet" if quiet else tone.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Let cut and shrinking words take any width."""
        hint = super().minimumSizeHint()
        if self._fit is Fit.CUT:
            return QSize(self._look.type_px(24), self._full_height())
        if self._fit is Fit.SHRINK:
            return QSize(self.sizeHint().width() * SHRINK_PERCENT // 100, self._full_height())
        return hint

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of the whole text at its own size."""
        if self._fit in {Fit.CUT, Fit.SHRINK}:
            metrics = QFontMetrics(self._look.font(self._role))
            return QSize(metrics.horizontalAdvance(self.text()) + 2, self._full_height())
        return super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shrink or regrow."""
        super().resizeEvent(event)
        self._shrink()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words, cut where they must be."""
        if self._fit is not Fit.CUT:
            super().paintEvent(event)
            if self._struck:
                self._draw_strike()
            return
        painter = QPainter(self)
        cut = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        align = Qt.AlignmentFlag(
            self.style().visualAlignment(self.layoutDirection(), self.alignment())
        )
        painter.drawText(self.contentsRect(), int(align), cut)

    def _draw_strike(self) -> None:
        wide = self.fontMetrics().horizontalAdvance(self.text())
        box = self.contentsRect()
        middle = box.center().y() + 1
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.left() if right_to_left else box.right() - wide
        QPainter(self).drawLine(left, middle, left + wide, middle)

    def _full_height(self) -> int:
        return QFontMetrics(self._look.font(self._role)).height()

    def _shrink(self) -> None:
        if self._fit is not Fit.SHRINK:
            return
        font = self._look.font(self._role)
        wide = QFontMetrics(font).horizontalAdvance(self.text())
        room = self.contentsRect().width()
        if wide > room > 0:
            font.setPixelSize(max(SHRINK_PX_MIN, font.pixelSize() * room // wide))
        self.setFont(font)
