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

CHOICES_COMPACT_MAX = 3
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
        self._first: int = 0
        self._rows_max = CHOICES_MAX
        self._rows = tuple(ChoiceRow(look) for _ in range(CHOICES_MAX))
        for index, one in enumerate(self._rows):
            one.clicked.connect(lambda _checked, index=index: self.tapped.emit(self._first + index))
        self.setLayout(column(look, *self._rows, gap=0))

    def show_choices(self, choices: tuple[Choice, ...], chosen: int) -> None:
        """Show as many of `choices` as there is room for, the chosen one among them."""
        self.setVisible(bool(choices))
        self._first = max(0, chosen - self._rows_max + 1)
        shown = choices[self._first : self._first + self._rows_max]
        for index, one in enumerate(self._rows):
            one.setVisible(index < len(shown))
            if index < len(shown):
                one.show_choice(shown[index], chosen=self._first + index == chosen)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Show fewer at a time when room is short."""
        self._rows_max = CHOICES_COMPACT_MAX if compact else CHOICES_MAX
