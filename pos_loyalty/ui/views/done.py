"""The sale that was just closed: the change first, then the points, then the receipt."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.done import DoneState, Figure
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, hairline, row, scrolled
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot

FIGURES_MAX = 3
MARKS = (1, 2, 3, 4, 5)


class FigureView(QWidget):
    """A number with what it is above it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._label = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._value = Label(look, Role.EARNED, Fit.SHRINK)
        self.setLayout(column(look, self._label, self._value, gap=0))

    def show_figure(self, figure: Figure) -> None:
        """Show another number."""
        self._label.say(figure.label)
        self._value.say(figure.value)
        self._value.set_tone(Tone.GOOD if figure.gained else Tone.PLAIN)


class DoneView(QWidget):
    """Stays until the next scan or the first digit of the next sale."""

    next_asked = Signal()
    print_asked = Signal()
    rate_asked = Signal()
    mark_given = Signal(int)  # 1 to 5.

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._shown: DoneState | None = None
        self._title = Label(look, Role.NAME, Fit.WRAP)
        self._paid = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        self._change_label = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        self._change = Label(look, Role.CHANGE, Fit.SHRINK)
        self._figures = tuple(FigureView(look) for _ in range(FIGURES_MAX))
        self._also = Label(look, Role.STRONG, Fit.WRAP)
        self._state = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        self._dot = StateDot(look)
        self._receipt = Label(look, Role.TEXT, Fit.WRAP)
        self.print_button = KeyButton(look, "", "F7")
        self.print_button.clicked.connect(self.print_asked)
        following = KeyButton(look, words.gettext("Next sale"), words.gettext("Enter"), Kind.FILLED)
        following.clicked.connect(self.next_asked)
        self._points = self._points_part(look)
        self._rating = self._rating_part(words, look)
        self._area = scrolled(self._content(look))
        inner = column(look, self._area, following, margin=18, gap=12)
        inner.setStretch(0, 1)
        self.setLayout(inner)

    def _content(self, look: Look) -> QWidget:
        receipt = row(look, self._dot, self._receipt, self.print_button, gap=12)
        receipt.setStretch(1, 1)
        receipt.setAlignment(self._dot, Qt.AlignmentFlag.AlignVCenter)
        change = column(look, None, self._change_label, self._change, None, gap=8)
        content = QWidget()
        content.setLayout(
            column(
                look,
                self._title,
                self._paid,
                change,
                self._points,
                self._rating,
                hairline(),
                receipt,
                gap=8,
            )
        )
        return content

    def _points_part(self, look: Look) -> QFrame:
        part = QFrame()
        part.setLayout(
            column(
                look,
                hairline(),
                row(look, *self._figures, gap=16),
                self._also,
                self._state,
                gap=8,
            )
        )
        return part

    def _rating_part(self, words: Words, look: Look) -> QFrame:
        """Make the key that rates, and the marks behind it."""
        self.rate_button = KeyButton(look, "", "F11", inline=True)
        self.rate_button.clicked.connect(self.rate_asked)
        self._marks = tuple(KeyButton(look, str(mark)) for mark in MARKS)
        for mark, button in zip(MARKS, self._marks, strict=True):
            told = words.gettext("{mark} of {best}").format(mark=mark, best=MARKS[-1])
            button.setAccessibleName(told)
            button.clicked.connect(lambda _checked, mark=mark: self.mark_given.emit(mark))
        self._rated = Label(look, Role.TEXT, Fit.WRAP)
        part = QFrame()
        keys = row(look, self.rate_button, *self._marks, None, gap=8)
        part.setLayout(column(look, keys, self._rated, gap=6))
        return part

    @property
    def rating(self) -> bool:
        """Whether a digit is a mark now."""
        return self._shown is not None and self._shown.rating

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Make the change smaller when room is short."""
        self._change.set_role(Role.TOTAL if compact else Role.CHANGE)

    def show_state(self, state: DoneState) -> None:
        """Show what was paid and what is left to do."""
        if state == self._shown:
            return
        self._shown = state
        self._title.say(state.title)
        self._paid.say(state.paid)
        self._change_label.say(state.change_label)
        self._change.say(state.change)
        self._points.setVisible(bool(state.figures) or state.state is not None)
        for index, view in enumerate(self._figures):
            view.setVisible(index < len(state.figures))
            if index < len(state.figures):
                view.show_figure(state.figures[index])
        self._also.say(state.also)
        self._state.say(state.state)
        self._show_rating(state)
        self._dot.set_tone(state.receipt.tone)
        self._receipt.say(state.receipt)
        self.print_button.setVisible(bool(state.print_again))
        self.print_button.set_caption(state.print_again)

    def _show_rating(self, state: DoneState) -> None:
        self._rating.setVisible(bool(state.rate) or state.rated is not None)
        self.rate_button.set_caption(state.rate)
        self.rate_button.setVisible(bool(state.rate))
        self.rate_button.setDown(state.rating)
        for button in self._marks:
            button.setVisible(state.rating)
        self._rated.say(state.rated)
        if state.rating:  # The marks have their place only after the layout has run.
            QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(self._rating))
