"""What every presenter has at hand: the counter, the words, the screen, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from pos_loyalty.i18n import Words
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.ui.presenters.toasts import Toasts
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.status import StatusState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.top_bar import TopBarState
from pos_loyalty.usecases.counter import Counter

Answer = TypeVar("Answer")


class Asks(Protocol):
    """Runs work on the ledger thread, in order, and brings the answers back, in order.

    A question that is asked again drops the answer to the older asking; None is never overtaken.
    """

    def ask(
        self,
        question: str | None,
        work: Callable[[], Answer],
        answered: Callable[[Answer], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work`; then call `answered` or `failed` on this thread."""

    def forget(self, question: str) -> None:
        """Drop the answer that is under way."""


class Screen(Protocol):
    """The window, as presenters see it."""

    def show_sign_in(self, state: SignInState) -> None:
        """Let somebody sign in."""

    def show_sale(self, state: SaleState) -> None:
        """Let the cashier sell."""

    def show_top_bar(self, state: TopBarState) -> None:
        """Show where, who and when."""

    def show_status(self, state: StatusState) -> None:
        """Show the line and the devices."""

    def show_toast(self, state: ToastState | None) -> None:
        """Say something, or nothing more."""


class Teller(Protocol):
    """What is needed to draw anything: the words, and the store they are of."""

    @property
    def words(self) -> Words:
        """What the screen speaks."""

    @property
    def store(self) -> StoreTold:
        """Where the till stands."""

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One till's screen, in one language.

    `committed` is called after every new event, `open_drawer` when cash changes hands.
    """

    counter: Counter
    asks: Asks
    screen: Screen
    toasts: Toasts
    words: Words
    store: StoreTold
    committed: Callable[[], None]
    open_drawer: Callable[[], None]

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.store.zone)
