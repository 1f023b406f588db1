"""The total, the points it brings, and the keys to pay."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.payment import PaymentState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label

NOTES_MAX = 4


class PaymentView(QWidget):
    """What to pay is the largest thing on the screen."""

    cash_pressed = Signal()
    card_pressed = Signal()
    cash_given_asked = Signal()
    note_given = Signal(int)  # Which of the banknotes.
    cancel_asked = Signal()
    why_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: PaymentState | None = None
        self._label = Label(look, Role.NOTE, quiet=True)
        self._label.say(words.gettext("To pay"))
        self._saved = Label(look, Role.NOTE, Fit.CUT)
        self._saved.set_tone(Tone.GOOD)
        self._total = Label(look, Role.TOTAL, Fit.SHRINK)
        self._earned = Label(look, Role.EARNED, Fit.SHRINK)
        self._earned_note = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        for label in (self._earned, self._earned_note):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.why_button = KeyButton(look, words.gettext("Why?"), "F1", Kind.QUIET, inline=True)
        self.why_button.set_role(Role.NOTE)
        self._change = Label(look, Role.BALANCE, Fit.SHRINK)
        self._change.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._notes = tuple(KeyButton(look, "") for _ in range(NOTES_MAX))
        self.given_button = KeyButton(look, words.gettext("Cash given"), "F8")
        self._cancel = KeyButton(look, words.gettext("Cancel sale"), "Esc", Kind.QUIET)
        self.card_button = KeyButton(look, words.gettext("Card"), "F9")
        self._cash = KeyButton(look, "", words.gettext("Enter"), Kind.FILLED)
        self._cash.set_role(Role.AMOUNT)
        self.setLayout(self._inner())
        self._connect()

    def _inner(self) -> QLayout:
        look = self._look
        named = row(look, self._label, self._saved, gap=10)
        named.setStretch(1, 1)
        total = column(look, named, self._total, gap=0)
        reasons = row(look, self._earned_note, self.why_button, gap=4)
        reasons.setStretch(0, 1)
        self._earned_part = column(look, self._earned, reasons, gap=0)
        self._earned_place = QWidget()
        self._earned_place.setLayout(self._earned_part)
        right = column(look, None, self._change, self._earned_place, gap=0)
        figures = row(look, total, right, gap=16)
        figures.setStretch(0, 1)
        figures.setStretch(1, 1)
        self._given_row = QWidget()
        self._given_row.setLayout(row(look, *self._notes, gap=8))
        keys = row(look, self._cancel, self.given_button, self.card_button, self._cash, gap=10)
        for index, share in enumerate((2, 2, 2, 5)):
            keys.setStretch(index, share)
        return column(look, figures, self._given_row, keys, gap=10)

    def _connect(self) -> None:
        self._cash.clicked.connect(self.cash_pressed)
        self.card_button.clicked.connect(self.card_pressed)
        self.given_button.clicked.connect(self.cash_given_asked)
        self._cancel.clicked.connect(self.cancel_asked)
        self.why_button.clicked.connect(self.why_asked)
        for index, note in enumerate(self._notes):
            note.clicked.connect(lambda _checked, index=index: self.note_given.emit(index))

    @property
    def giving(self) -> bool:
        """Whether the cash given is being typed."""
        return self._shown is not None and self._shown.giving

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Leave out what says nothing new when room is short."""
        self._label.setHidden(compact)
        self._earned_note.setHidden(compact)
        self._total.set_role(Role.BALANCE if compact else Role.TOTAL)
        self._earned.set_role(Role.STRONG if compact else Role.EARNED)
        self._change.set_role(Role.NAME if compact else Role.BALANCE)
        self._earned_part.setDirection(
            QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom
        )

    def show_state(self, state: PaymentState) -> None:
        """Show what to pay and how it may be paid."""
        if state == self._shown:
            return
        self._shown = state
        self._total.say(state.total)
        self._saved.say(Remark(state.saved, Tone.GOOD))
        self._earned.say(state.earned)
        self._earned.set_tone(state.earned_tone)
        self._earned_note.say(state.earned_note)
        self.why_button.setVisible(bool(state.earned or state.earned_note))
        self._cash.set_caption(state.cash)
        open_to_pay = state.payable and not state.busy
        for button in (self._cash, self.card_button, self.given_button):
            button.setEnabled(open_to_pay)
        self.given_button.setDown(state.giving)
        self._change.say(state.change)
        self._earned_place.setHidden(state.change is not None)
        self._given_row.setVisible(state.giving and bool(state.notes))
        for index, button in enumerate(self._notes):
            button.setVisible(index < len(state.notes))
            if index < len(state.notes):
                button.set_caption(state.notes[index])
