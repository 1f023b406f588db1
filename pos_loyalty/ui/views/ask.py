"""One question to a member: typed or chosen, skipped, or never asked again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.choices import Choice, Choices
from pos_loyalty.ui.widgets.field import Field
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.panel import Panel

STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}


class AskView(QWidget):
    """The member's answer, by keyboard or by touch; Esc leaves it for another day."""

    text_changed = Signal(str)
    choice_moved = Signal(int)  # Up: −1, down: +1.
    choice_tapped = Signal(int)
    confirmed = Signal()
    never_pressed = Signal()
    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._shown: AskState | None = None
        self._worth = Label(look, Role.EARNED, Fit.SHRINK)
        self.field = Field(look, "")
        self._choices = Choices(look)
        self._answer = Label(look, Role.TEXT, Fit.WRAP)
        self.never_button = KeyButton(look, words.gettext("Don't ask again"), "F3", inline=True)
        self.save_button = KeyButton(look, words.gettext("Save"), "F4", Kind.FILLED, inline=True)
        content = column(look, self._worth, self.field, self._choices, self._answer, None, gap=10)
        foot = column(look, self.never_button, self.save_button, gap=8)
        self._panel = Panel(words, look, words.gettext("Ask her something"), content, foot)
        self.setLayout(column(look, self._panel, gap=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()

    def _connect(self) -> None:
        self._panel.closed.connect(self.closed)
        self.field.line.textEdited.connect(self.text_changed)
        self.field.line.returnPressed.connect(self.confirmed)
        self._choices.tapped.connect(self.choice_tapped)
        self.never_button.clicked.connect(self.never_pressed)
        self.save_button.clicked.connect(self.confirmed)

    def show_state(self, state: AskState) -> None:
        """Show the question and what was answered so far."""
        if state == self._shown:
            return
        self._shown = state
        self._panel.title.say(state.question)
        self._worth.say(Remark(state.worth, Tone.GOOD))
        self.field.setHidden(bool(state.choices))
        self.field.set_label(state.label)
        self.field.line.setPlaceholderText(state.hint)
        self.field.show_text(state.text)
        self._choices.show_choices(tuple(Choice(one) for one in state.choices), state.chosen)
        self._answer.say(state.answer)
        self.save_button.setEnabled(state.ready)
        self.never_button.setEnabled(not state.busy)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Let what is typed go into the field, where there is one."""
        super().focusInEvent(event)
        if self._shown is not None and not self._shown.choices:
            self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by arrows and Enter where nothing is typed."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        chooses = self._shown is not None and bool(self._shown.choices)
        step = STEPS.get(event.key())
        if chooses and step is not None:
            self.choice_moved.emit(step)
            return True
        if chooses and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirmed.emit()
            return True
        return False
