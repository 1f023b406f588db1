"""A screen that remembers what it shows, for whoever has to look without eyes."""

from __future__ import annotations

from pos_loyalty.ui.presenters.desk import Screen
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.status import StatusState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.top_bar import TopBarState


class WatchedScreen:
    """Passes every state on to `screen`, and keeps the last of each by name."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.shown: dict[str, object] = {"page": "sign-in"}

    def show_sign_in(self, state: SignInState) -> None:
        """Let somebody sign in."""
        self.shown |= {"page": "sign-in", "sign_in": state}
        self._screen.show_sign_in(state)

    def show_sale(self, state: SaleState) -> None:
        """Let the cashier sell."""
        self.shown |= {"page": "sale", "sale": state}
        self._screen.show_sale(state)

    def show_top_bar(self, state: TopBarState) -> None:
        """Show where, who and when."""
        self.shown["top_bar"] = state
        self._screen.show_top_bar(state)

    def show_status(self, state: StatusState) -> None:
        """Show the line and the devices."""
        self.shown["status"] = state
        self._screen.show_status(state)

    def show_toast(self, state: ToastState | None) -> None:
        """Say something, or nothing more."""
        self.shown["toast"] = state
        self._screen.show_toast(state)
