"""The member's place: who stands there, what she has, and what state that figure is in."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.member import MemberPlace, MemberState, NobodyState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, emptied, row
from pos_loyalty.ui.widgets.icon import Icon
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import Avatar, Chip

FACTS_MAX = 4
CHIPS_MAX = 4


class Shape(Enum):
    """How much room the member's place has."""

    FULL = "full"
    SMALL = "small"  # A panel is open below it.
    STRIP = "strip"  # The window is narrow, or the type is large.


class MemberView(QFrame):
    """The right of the sale; it keeps its place when nobody is there."""

    member_removed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._shown: MemberPlace | None = None
        self._shape = Shape.FULL
        self._somebody = Somebody(words, look)
        self._somebody.remove.clicked.connect(self.member_removed)
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
        facts = " ".join(fact.text for fact in state.facts)
        self.setAccessibleName(f"{state.greeting}. {state.balance} {state.unit}. {facts}")

    def set_shape(self, shape: Shape) -> None:
        """Take more room or less."""
        if shape is self._shape:
            return
        self._shape = shape
        self._note.setHidden(shape is not Shape.FULL)
        self._icon.setHidden(shape is not Shape.FULL)
        self._title.set_role(Role.NAME if shape is Shape.FULL else Role.STRONG)
        self._somebody.set_shape(shape)


class Somebody(QWidget):
    """A member."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shape = Shape.FULL
        self._all_facts: tuple[Remark, ...] = ()
        self._avatar = Avatar(look)
        self._greeting = Label(look, Role.NAME, Fit.SHRINK)
        self._note = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self.remove = KeyButton(look, words.gettext("Remove"), "F5", Kind.QUIET, inline=True)
        self.remove.set_role(Role.NOTE)
        self._balance = Label(look, Role.BALANCE, Fit.SHRINK)
        self._unit = Label(look, Role.NOTE, quiet=True)
        self._facts = tuple(Label(look, Role.NOTE, Fit.WRAP, quiet=True) for _ in range(FACTS_MAX))
        self._chips = QWidget()
        self._chip_column = column(look, gap=6)
        self._chips.setLayout(self._chip_column)
        self.setLayout(self._inner())

    def _inner(self) -> QLayout:
        look = self._look
        who = column(look, self._greeting, self._note, gap=0)
        head = row(look, self._avatar, who, gap=12)
        head.setStretch(1, 1)
        amount = row(look, self._balance, self._unit, None, self.remove, gap=8)
        self._figures: QBoxLayout = column(look, head, amount, gap=8)
        facts = column(look, *self._facts, gap=0)
        self._balance.setSizePolicy(
            self._balance.sizePolicy().horizontalPolicy().Maximum,
            self._balance.sizePolicy().verticalPolicy(),
        )
        return column(look, self._figures, facts, self._chips, None, margin=16, gap=8)

    def show_member(self, state: MemberState) -> None:
        """Show another member or another moment."""
        self._avatar.show_initial(state.initial or "?")
        self._greeting.say(state.greeting)
        self._note.say(state.note)
        self._note.setHidden(self._shape is not Shape.FULL or not state.note)
        self._balance.say(state.balance)
        self._unit.say(state.unit)
        self._all_facts = state.facts
        self._show_facts()
        emptied(self._chip_column)
        for remark in state.chips[:CHIPS_MAX]:
            chip = Chip(self._look, remark)
            self._chip_column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._chips.setVisible(bool(state.chips))

    def set_shape(self, shape: Shape) -> None:
        """Take more room or less; the state of the balance is always below it."""
        self._shape = shape
        small = shape is not Shape.FULL
        self._avatar.setHidden(small)
        self._note.setHidden(small)
        self._greeting.set_role(Role.STRONG if small else Role.NAME)
        self._balance.set_role(Role.NAME if small else Role.BALANCE)
        beside = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        self._figures.setDirection(beside if shape is Shape.STRIP else below)
        self._show_facts()

    def _show_facts(self) -> None:
        facts = self._all_facts
        if self._shape is not Shape.FULL and facts:
            # One line: what is not as it should be goes before what is.
            facts = (next((fact for fact in facts if fact.tone is not Tone.PLAIN), facts[0]),)
        for label, fact in zip(self._facts, _filled(facts), strict=True):
            label.say(fact)


def _filled(facts: tuple[Remark, ...]) -> tuple[Remark | None, ...]:
    return (*facts[:FACTS_MAX], *[None] * (FACTS_MAX - len(facts[:FACTS_MAX])))
