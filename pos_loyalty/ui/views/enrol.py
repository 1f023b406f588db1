"""Enrolment: nothing, a phone or a card, one tick, one key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.field import Field
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.panel import Panel
from pos_loyalty.ui.widgets.tick_box import TickBox


class EnrolView(QWidget):
    """Ten seconds, by keyboard or by touch."""

    phone_changed = Signal(str)
    name_changed = Signal(str)
    consent_changed = Signal(bool)
    print_pass_changed = Signal(bool)
    enrol_pressed = Signal()
    known_member_taken = Signal()
    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._shown: EnrolState | None = None
        self._words = words
        optional = words.gettext("may be left empty")
        self.phone = Field(look, words.gettext("Phone"), optional)
        self.name = Field(look, words.gettext("Preferred name"), optional)
        self._card = Label(look, Role.TEXT, Fit.WRAP)
        self.consent = TickBox(look, "")
        self.print_pass = TickBox(look, words.gettext("Print the pass"))
        self._answer = Label(look, Role.TEXT, Fit.WRAP)
        self.known_button = KeyButton(look, "", "F3", inline=True)
        self.enrol_button = KeyButton(look, words.gettext("Enrol"), "F4", Kind.FILLED, inline=True)
        fields = column(
            look, self.phone, self.name, self._card, self.consent, self.print_pass, None, gap=10
        )
        title = words.gettext("A new member")
        self._panel = Panel(words, look, title, fields, self._foot(look))
        self.setLayout(column(look, self._panel, gap=0))
        self.setFocusProxy(self.phone)
        self._connect()

    def _foot(self, look: Look) -> QLayout:
        return column(look, self._answer, self.known_button, self.enrol_button, gap=8)

    def _connect(self) -> None:
        self._panel.closed.connect(self.closed)
        self.phone.line.textEdited.connect(self.phone_changed)
        self.name.line.textEdited.connect(self.name_changed)
        self.phone.line.returnPressed.connect(lambda: self._go_on(self.name.line))
        self.name.line.returnPressed.connect(lambda: self._go_on(self.consent))
        self.consent.toggled.connect(self.consent_changed)
        self.print_pass.toggled.connect(self.print_pass_changed)
        self.enrol_button.clicked.connect(self.enrol_pressed)
        self.known_button.clicked.connect(self.known_member_taken)

    def _go_on(self, following: QWidget) -> None:
        following.setFocus()
        self._panel.reveal(following)

    def show_state(self, state: EnrolState) -> None:
        """Show what was typed and what it is good for."""
        if state == self._shown:
            return
        self._shown = state
        self.phone.show_text(state.phone)
        self.name.show_text(state.name)
        self.consent.set_words(state.consent_text)
        for box, ticked in ((self.consent, state.consent), (self.print_pass, state.print_pass)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's signature
            box.setChecked(ticked)
            box.blockSignals(False)  # noqa: FBT003 - Qt's signature
        card = self._words.gettext("Card {number}").format(number=state.card)
        self._card.say(card if state.card else "")
        self._answer.say(state.answer)
        self.known_button.setVisible(bool(state.known_member))
        self.known_button.set_caption(state.known_member)
        self.enrol_button.setEnabled(state.ready and not state.busy)
