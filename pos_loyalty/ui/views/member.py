"""The member's place: who stands there, what she has, and what state that figure is in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.member import MemberPlace, MemberState, NobodyState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.views.somebody import Shape, Somebody
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.icon import Icon
from pos_loyalty.ui.widgets.key_button import KeyButton
from pos_loyalty.ui.widgets.label import Fit, Label


class MemberView(QFrame):
    """The right of the sale; it keeps its place when nobody is there."""

    member_removed = Signal()
    ask_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._shown: MemberPlace | None = None
        self._shape = Shape.FULL
        self._somebody = Somebody(words, look)
        self._somebody.remove.clicked.connect(self.member_removed)
        self._somebody.ask_pressed.connect(self.ask_asked)
        self._icon = Icon(look, "scan-barcode", 56)
        self._title = Label(look, Role.NAME, Fit.WRAP)
        self._note = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        self._nobody = QWidget()
        self._nobody.setLayout(
            column(look, None, self._icon, self._title, self._note, None, margin=18, gap=8)
        )
        self._somebody.hide()
        self.setLayout(column(look, self._nobody, self._somebody, gap=0))

    @property
    def somebody_there(self) -> bool:
        """Whether a member is shown."""
        return isinstance(self._shown, MemberState)

    @property
    def remove_button(self) -> KeyButton:
        """The key that lets the member go."""
        return self._somebody.remove

    @property
    def ask_buttons(self) -> tuple[KeyButton, KeyButton]:
        """The key that asks her something, where there is room for its words and where not."""
        return self._somebody.ask, self._somebody.ask_short

    def show_state(self, state: MemberPlace) -> None:
        """Show a member, or the empty place."""
        if state == self._shown:
            return
        self._shown = state
        if isinstance(state, NobodyState):
            self._title.say(state.title)
            self._note.say(state.note)
            self._note.setHidden(self._shape is not Shape.FULL)
            self._somebody.hide()
            self._nobody.show()
            self.setAccessibleName(state.title)
            return
        self._somebody.show_member(state)
        self._nobody.hide()
        self._somebody.show()
        told = " ".join(remark.text for remark in (*state.facts, *state.chips))
        self.setAccessibleName(f"{state.greeting}. {state.balance} {state.unit}. {told}")

    def set_shape(self, shape: Shape) -> None:
        """Take more room or less."""
        if shape is self._shape:
            return
        self._shape = shape
        self._note.setHidden(shape is not Shape.FULL)
        self._icon.setHidden(shape is not Shape.FULL)
        self._title.set_role(Role.NAME if shape is Shape.FULL else Role.STRONG)
        self._somebody.set_shape(shape)
