"""A short list to choose from by arrow keys, Enter or a finger."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, row
from pos_loyalty.ui.widgets.label import Fit, Label

CHOICES_MAX = 6  # More are not read with a queue waiting: type another letter.


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen."""

    name: str
    note: str = ""
    figure: str = ""


class ChoiceRow(QAbstractButton):
    """One choice, as wide as the list."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._name = Label(look, Role.ITEM, Fit.CUT)
        self._note = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._figure = Label(look, Role.AMOUNT)
        words = column(look, None, self._name, self._note, None, gap=0)
        self._inner = row(look, words, self._figure, gap=12)
        self._inner.setContentsMargins(12, 6, 12, 6)
        self.setLayout(self._inner)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choice(self, choice: Choice, *, chosen: bool) -> None:
        """Show another choice."""
        self._name.say(choice.name)
        self._note.say(choice.note)
        self._figure.say(choice.figure)
        self.setChecked(chosen)
        self.setAccessibleName(", ".join(filter(None, (choice.name, choice.note, choice.figure))))

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Leave the mark where the state puts it."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be what the words need, and no less than a finger."""
        return self._inner.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Words may be cut, lines may not."""
        least = QSize(self._look.target_px(), self._look.target_px())
        return self._inner.minimumSize().expandedTo(least)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the mark of the chosen one."""
        if not self.isChecked() and not self.isDown():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.tokens.soft))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)


class Choices(QWidget):
    """What may be chosen; hidden while there is nothing."""

    tapped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = tuple(ChoiceRow(look) for _ in range(CHOICES_MAX))
        for index, one in enumerate(self._rows):
            one.clicked.connect(lambda _checked, index=index: self.tapped.emit(index))
        self.setLayout(column(look, *self._rows, gap=0))

    def show_choices(self, choices: tuple[Choice, ...], chosen: int) -> None:
        """Show the first CHOICES_MAX of `choices`."""
        self.setVisible(bool(choices))
        for index, one in enumerate(self._rows):
            one.setVisible(index < len(choices))
            if index < len(choices):
                one.show_choice(choices[index], chosen=index == chosen)
