"""The status bar explained: what is wrong, what it means, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.status import DetailsState, DetailState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, emptied, hairline, row
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot
from pos_loyalty.ui.widgets.panel import Panel


class DetailView(QWidget):
    """One thing in plain sentences."""

    def __init__(self, look: Look, detail: DetailState) -> None:
        super().__init__()
        dot = StateDot(look)
        dot.set_tone(detail.state.tone)
        name = Label(look, Role.STRONG, Fit.WRAP)
        name.say(detail.name)
        state = Label(look, Role.NOTE)
        state.say(detail.state)
        head = row(look, dot, name, state, gap=10)
        head.setStretch(1, 1)
        what = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        what.say(detail.what)
        remedy = Label(look, Role.NOTE, Fit.WRAP)
        remedy.say(detail.remedy)
        self.setLayout(column(look, head, what, remedy, gap=4))
        self.setAccessibleName(f"{detail.name}. {detail.state.text}. {detail.what}")


class DetailsView(QWidget):
    """The server, the queue and every device."""

    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: DetailsState | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(look.space_px(12))
        content = column(look, self._list, None, gap=0)
        panel = Panel(words, look, words.gettext("Line and devices"), content)
        panel.closed.connect(self.closed)
        self.setLayout(column(look, panel, gap=0))

    def show_state(self, state: DetailsState) -> None:
        """Show everything anew."""
        if state == self._shown:
            return
        self._shown = state
        emptied(self._list)
        for index, detail in enumerate(state.details):
            if index:
                self._list.addWidget(hairline())
            self._list.addWidget(DetailView(self._look, detail))
