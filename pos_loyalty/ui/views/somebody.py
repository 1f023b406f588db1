"""A member in her place: name, balances, level, what to know, and what to ask her."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.member import MemberState, TierState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, emptied, row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import Avatar, Chip
from pos_loyalty.ui.widgets.progress import ProgressBar

FACTS_MAX = 6
CHIPS_MAX = 4


class Shape(Enum):
    """How much room the member's place has."""

    FULL = "full"
    SMALL = "small"  # A panel is open below it.
    STRIP = "strip"  # The window is narrow, or the type is large.


class TierView(QWidget):
    """Her level, and the way to the next as words and as a bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._bar = ProgressBar(look)
        self._name = Label(look, Role.LABEL)
        self._way = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._way.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = row(look, self._name, self._way, gap=10)
        words.setStretch(1, 1)
        self.setLayout(column(look, self._bar, words, gap=4))

    def show_tier(self, tier: TierState | None) -> None:
        """Show another level. None: there is none to show."""
        self.setVisible(tier is not None)
        if tier is not None:
            self._bar.show_progress(tier.done, tier.target)
            self._name.say(tier.name)
            self._way.say(tier.way)


class Somebody(QWidget):
    """A member."""

    ask_pressed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shape = Shape.FULL
        self._state: MemberState | None = None
        self._avatar = Avatar(look)
        self._greeting = Label(look, Role.NAME, Fit.SHRINK)
        self._note = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self.remove = KeyButton(look, words.gettext("Remove"), "F5", Kind.QUIET, inline=True)
        self.remove.set_role(Role.NOTE)
        self._balance = Label(look, Role.BALANCE, Fit.SHRINK)
        self._unit = Label(look, Role.NOTE, quiet=True)
        self._more = Label(look, Role.STRONG, Fit.CUT, quiet=True)
        self._tier = TierView(look)
        self.ask = KeyButton(look, "", "F11", inline=True)
        self.ask_short = KeyButton(look, words.gettext("Ask"), "F11", Kind.QUIET, inline=True)
        self.ask_short.set_role(Role.NOTE)
        for button in (self.ask, self.ask_short):
            button.clicked.connect(self.ask_pressed)
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
        amount = row(look, self._balance, self._unit, None, self.ask_short, self.remove, gap=8)
        self._figures: QBoxLayout = column(look, head, amount, gap=8)
        facts = column(look, *self._facts, gap=0)
        self._balance.setSizePolicy(
            self._balance.sizePolicy().horizontalPolicy().Maximum,
            self._balance.sizePolicy().verticalPolicy(),
        )
        return column(
            look,
            self._figures,
            self._more,
            self._tier,
            facts,
            self._chips,
            self.ask,
            None,
            margin=16,
            gap=8,
        )

    def show_member(self, state: MemberState) -> None:
        """Show another member or another moment."""
        self._avatar.show_initial(state.initial or "?")
        self._greeting.say(state.greeting)
        self._note.say(state.note)
        self._note.setHidden(self._shape is not Shape.FULL or not state.note)
        self._balance.say(state.balance)
        self._unit.say(state.unit)
        self._state = state
        self._show_details()
        emptied(self._chip_column)
        for remark in state.chips[:CHIPS_MAX]:
            chip = Chip(self._look, remark)
            self._chip_column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)

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
        self._show_details()

    def _show_details(self) -> None:
        """Show as much as there is room for: first what she has, then what state it is in."""
        state, full = self._state, self._shape is Shape.FULL
        if state is None:
            return
        self._more.say(state.more if full else "")
        self._tier.show_tier(state.tier if full else None)
        self._chips.setVisible(bool(state.chips) and full)
        self.ask.set_caption(state.ask)
        self.ask.setVisible(bool(state.ask) and full)
        self.ask_short.setVisible(bool(state.ask) and not full)
        facts = state.facts if full else _one_line(state)
        for label, fact in zip(self._facts, _filled(facts), strict=True):
            label.say(fact)


def _one_line(state: MemberState) -> tuple[Remark, ...]:
    """Put what matters most into one line: what is not as it should be, and the first cue."""
    fact = next((one for one in state.facts if one.tone is not Tone.PLAIN), None)
    told = (*((fact,) if fact else state.facts[:1]), *state.chips[:1])
    if not told:
        return ()
    tone = next((one.tone for one in told if one.tone is not Tone.PLAIN), Tone.PLAIN)
    return (Remark(" · ".join(one.text for one in told), tone),)


def _filled(facts: tuple[Remark, ...]) -> tuple[Remark | None, ...]:
    return (*facts[:FACTS_MAX], *[None] * (FACTS_MAX - len(facts[:FACTS_MAX])))
