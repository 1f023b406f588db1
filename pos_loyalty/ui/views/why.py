"""Why these points: one line per rule, and how near the rewards are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.states.why import RuleState, WhyState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.views.rewards import fill_rewards
from pos_loyalty.ui.widgets.frames import column, emptied, hairline, row
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.panel import Panel


class RuleView(QWidget):
    """A rule, what it gave, and what it saw or missed."""

    def __init__(self, look: Look, rule: RuleState) -> None:
        super().__init__()
        name = Label(look, Role.ITEM, Fit.WRAP, quiet=not rule.applied)
        name.say(rule.name)
        outcome = Label(look, Role.AMOUNT if rule.applied else Role.NOTE, quiet=not rule.applied)
        outcome.say(rule.outcome)
        outcome.set_tone(Tone.GOOD if rule.applied else Tone.PLAIN)
        text = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        text.say(rule.text)
        head = row(look, name, outcome, gap=12)
        head.setStretch(0, 1)
        self.setLayout(column(look, head, text, gap=2))
        self.setAccessibleName(f"{rule.name}, {rule.outcome}. {rule.text}")


class WhyView(QWidget):
    """Every rule of the program, matched or not."""

    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: WhyState | None = None
        self._rules = QVBoxLayout()
        self._rules.setSpacing(look.space_px(10))
        self._note = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        self._rewards_title = Label(look, Role.STRONG, Fit.WRAP)
        self._rewards_title.hide()
        self._rewards = QVBoxLayout()
        self._rewards.setSpacing(look.space_px(10))
        content = column(
            look, self._note, self._rules, self._rewards_title, self._rewards, None, gap=10
        )
        self._panel = Panel(words, look, words.gettext("Why these points?"), content)
        self._panel.closed.connect(self.closed)
        self.setLayout(column(look, self._panel, gap=0))

    def show_state(self, state: WhyState) -> None:
        """Show the rules anew."""
        if state == self._shown:
            return
        self._shown = state
        self._panel.title.say(state.title)
        self._note.say(state.note)
        emptied(self._rules)
        for index, rule in enumerate(state.rules):
            if index:
                self._rules.addWidget(hairline())
            self._rules.addWidget(RuleView(self._look, rule))
        rewards = state.rewards
        self._rewards_title.say("" if rewards is None else rewards.title)
        fill_rewards(self._rewards, self._look, () if rewards is None else rewards.rewards)
