"""The line above everything: where, who, when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.top_bar import TopBarState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label


class TopBar(QWidget):
    """Shop, till, cashier, clock, and the way out."""

    sign_out_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._shop = Label(look, Role.LABEL, Fit.CUT)
        self._till = Label(look, Role.NOTE, quiet=True)
        self._cashier = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._hint = Label(look, Role.NOTE, quiet=True)
        self._hint.say(words.gettext("Scan anything, any time"))
        self._clock = Label(look, Role.LABEL)
        leave = KeyButton(look, words.gettext("Sign out"), "F12", Kind.QUIET, inline=True)
        leave.set_role(Role.NOTE)
        leave.clicked.connect(self.sign_out_asked)
        inner = row(look, self._shop, self._till, self._cashier, None, self._hint, gap=16)
        inner.addWidget(leave)
        inner.addWidget(self._clock)
        self.setLayout(inner)

    def show_state(self, state: TopBarState) -> None:
        """Show where, who and when."""
        self._shop.say(state.shop)
        self._till.say(state.till)
        self._cashier.say(state.cashier)
        self._clock.say(state.clock)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Leave out what is only a hint when room is short."""
        self._hint.setHidden(compact)
        self._till.setHidden(compact)
