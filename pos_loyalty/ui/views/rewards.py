"""What she may have for her points: now first, the rest says what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.rewards import RewardLine, RewardsState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, emptied, hairline, row, scrolled
from pos_loyalty.ui.widgets.label import Fit, Label


class RewardView(QWidget):
    """One reward, what it costs, and how near it is."""

    def __init__(self, look: Look, line: RewardLine) -> None:
        super().__init__()
        name = Label(look, Role.LABEL, Fit.WRAP, quiet=not line.usable)
        name.say(line.name)
        cost = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        cost.say(line.cost)
        state = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        state.say(Remark(line.state, Tone.GOOD if line.usable else Tone.PLAIN))
        what = column(look, name, cost, gap=0)
        inner = row(look, what, state, gap=12)
        inner.setStretch(0, 3)
        inner.setStretch(1, 2)
        self.setLayout(inner)
        self.setAccessibleName(", ".join(filter(None, (line.name, line.cost, line.state))))


def fill_rewards(box: QVBoxLayout, look: Look, rewards: tuple[RewardLine, ...]) -> None:
    """Put the rewards one below the other, with hairlines between them."""
    emptied(box)
    for index, line in enumerate(rewards):
        if index:
            box.addWidget(hairline())
        box.addWidget(RewardView(look, line))


class RewardsView(QFrame):
    """The card of the rewards; hidden while there is nothing to show."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._shown: RewardsState | None = None
        self._title = Label(look, Role.LABEL, Fit.CUT, quiet=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(look.space_px(8))
        content = QWidget()
        edge = look.space_px(16)
        inner = column(look, self._list, None, gap=0)
        inner.setContentsMargins(edge, look.space_px(8), edge, look.space_px(8))
        content.setLayout(inner)
        head = column(look, self._title, gap=0)
        head.setContentsMargins(edge, look.space_px(8), edge, look.space_px(6))
        outer = column(look, head, hairline(), scrolled(content), gap=0)
        outer.setStretch(2, 1)
        outer.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outer)
        self.hide()

    @property
    def anything(self) -> bool:
        """Whether there are rewards to show."""
        return self._shown is not None

    def show_state(self, state: RewardsState | None) -> None:
        """Show other rewards."""
        if state == self._shown:
            return
        self._shown = state
        if state is not None:
            self._title.say(state.title)
            self.setAccessibleName(state.title)
            fill_rewards(self._list, self._look, state.rewards)
