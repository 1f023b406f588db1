"""Finding a member by phone, name or card; masked until one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.choices import Choice, Choices
from pos_loyalty.ui.widgets.field import Field
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.panel import Panel

STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}


class FindView(QWidget):
    """One field, a few answers."""

    text_changed = Signal(str)
    choice_moved = Signal(int)  # Up: −1, down: +1.
    choice_confirmed = Signal()
    member_tapped = Signal(int)
    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._shown: FindState | None = None
        self.field = Field(
            look, words.gettext("Phone, name or card"), words.gettext("Type or scan")
        )
        self._choices = Choices(look)
        self._answer = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        content = column(look, self.field, self._choices, self._answer, None, gap=10)
        panel = Panel(words, look, words.gettext("Find a member"), content)
        panel.closed.connect(self.closed)
        self.setLayout(column(look, panel, gap=0))
        self.setFocusProxy(self.field)
        self.field.line.textEdited.connect(self.text_changed)
        self.field.line.returnPressed.connect(self.choice_confirmed)
        self.field.line.installEventFilter(self)
        self._choices.tapped.connect(self.member_tapped)

    def show_state(self, state: FindState) -> None:
        """Show who may be meant."""
        if state == self._shown:
            return
        self._shown = state
        self.field.show_text(state.text)
        self._choices.show_choices(
            tuple(Choice(one.name, one.note) for one in state.found), state.chosen
        )
        self._answer.say(state.answer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys choose while the cursor stays in the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = STEPS.get(event.key())
            if step is not None:
                self.choice_moved.emit(step)
                return True
        return super().eventFilter(watched, event)
