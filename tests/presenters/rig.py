"""A till without a window: real presenters and use cases over memory, one step at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.scans import Scan
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.papers import PapersPresenter
from pos_loyalty.ui.presenters.sale import SalePresenter
from pos_loyalty.ui.presenters.sale_model import Paper, SaleModel
from pos_loyalty.ui.presenters.till import TillPresenter
from pos_loyalty.ui.presenters.toasts import Toasts
from pos_loyalty.ui.presenters.watched import WatchedScreen
from pos_loyalty.ui.states.sale import SaleState, SideState
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.status import StatusState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.top_bar import TopBarState
from pos_loyalty.usecases.counter import Counter, store_of
from pos_loyalty.usecases.slips import Printable
from pos_loyalty.wire.bodies import read_body
from tests.fakes.counter import (
    ANNA,
    BORIS,
    COFFEE,
    ROSAS_BADGE,
    WORDS,
    a_counter,
    card,
    indexed,
    known,
    lot,
    tell,
)

Answer = TypeVar("Answer")
STEPS_MAX = 1000
EAN = COFFEE.removeprefix("0")
ANNAS_CARD, BORISS_CARD = card(1), card(2)


class BlindScreen:
    """A window that nobody looks at."""

    def show_sign_in(self, state: SignInState) -> None:
        """Nobody looks."""

    def show_sale(self, state: SaleState) -> None:
        """Nobody looks."""

    def show_top_bar(self, state: TopBarState) -> None:
        """Nobody looks."""

    def show_status(self, state: StatusState) -> None:
        """Nobody looks."""

    def show_toast(self, state: ToastState | None) -> None:
        """Nobody looks."""


class SlowAsks:
    """A ledger thread that works only when it is told to; answers come as from the real one."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._askings: dict[str, int] = {}

    def ask(
        self,
        question: str | None,
        work: Callable[[], Answer],
        answered: Callable[[Answer], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        if question is not None:
            self._askings[question] = self._askings.get(question, 0) + 1
        asking = None if question is None else self._askings[question]

        def do() -> None:
            try:
                answer = work()
            except Exception as error:  # noqa: BLE001 - the presenter decides what it is
                if question is None or self._askings[question] == asking:
                    failed(error)
            else:
                if question is None or self._askings[question] == asking:
                    answered(answer)

        self._waiting.append(do)

    def forget(self, question: str) -> None:
        self._askings[question] = self._askings.get(question, 0) + 1

    def work(self) -> None:
        """Do all that waits, and what comes of it."""
        for _ in range(STEPS_MAX):
            if not self._waiting:
                return
            self._waiting.pop(0)()
        raise AssertionError("the till never comes to rest")


@dataclass
class Rig:
    """One till, and what it did to the world."""

    counter: Counter
    asks: SlowAsks
    till: TillPresenter
    screen: WatchedScreen
    copies: list[Printable] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # "committed", "drawer", "left".

    def sign_in(self, pin: str) -> None:
        self.till.sign_in.pin(pin)
        self.asks.work()

    @property
    def sale(self) -> SalePresenter:
        assert self.till.sale is not None
        return self.till.sale

    @property
    def model(self) -> SaleModel:
        return self.sale.model

    @property
    def shown(self) -> SaleState:
        state = self.screen.shown["sale"]
        assert isinstance(state, SaleState)
        return state

    @property
    def side(self) -> SideState | None:
        return self.shown.side

    @property
    def status(self) -> StatusState:
        state = self.screen.shown["status"]
        assert isinstance(state, StatusState)
        return state

    @property
    def toast(self) -> str:
        state = self.screen.shown.get("toast")
        return state.text if isinstance(state, ToastState) else ""

    @property
    def sign_in_shown(self) -> SignInState:
        state = self.screen.shown["sign_in"]
        assert isinstance(state, SignInState)
        return state

    def scan(self, text: str) -> None:
        """Scan, and wait for the answer."""
        self.till.scanned(Scan(text))
        self.asks.work()

    def type(self, text: str) -> None:
        """Type key by key."""
        for end in range(1, len(text) + 1):
            self.sale.typed(text[:end])
        self.asks.work()

    def enter(self) -> None:
        self.sale.enter()
        self.asks.work()

    def paper(self, event_id: EventId, paper: Paper) -> None:
        self.till.paper(event_id, paper)
        self.asks.work()

    @property
    def journal(self) -> MemoryJournal:
        assert isinstance(self.counter.journal, MemoryJournal)
        return self.counter.journal

    def sales(self) -> list[Sold]:
        """Read the sales in the journal."""
        bodies = (
            read_body(e.header.kind, e.header.version, e.body) for e in self.journal.everything()
        )
        return [body for body in bodies if isinstance(body, Sold)]

    def kinds(self) -> list[str]:
        return [event.header.kind for event in self.journal.everything()]


def a_till(counter: Counter | None = None, *, signed_in: bool = True) -> Rig:
    """Switch a till on; Rosa signs in unless told otherwise."""
    counter = counter or a_counter()
    asks, screen = SlowAsks(), WatchedScreen(BlindScreen())
    copies: list[Printable] = []
    done: list[str] = []
    desk = Desk(
        counter,
        asks,
        screen,
        Toasts(screen),
        WORDS,
        store_of(counter),
        lambda: done.append("committed"),
        lambda: done.append("drawer"),
    )
    till = TillPresenter(desk, PapersPresenter(desk, copies.append), lambda: done.append("left"))
    rig = Rig(counter, asks, till, screen, copies, done)
    till.begin()
    if signed_in:  # By badge: hashing a PIN takes long on purpose.
        till.sign_in.badge(ROSAS_BADGE)
        asks.work()
    return rig


def a_till_two_members_know() -> Rig:
    """Make a till that knows Anna with 300 points, and Boris with 20."""
    counter = a_counter()
    tell(
        counter,
        known(ANNA, lot(300)),
        indexed(ANNAS_CARD),
        known(BORIS, lot(20, 2), name="Boris", phone="+393409999999"),
        indexed(BORISS_CARD, BORIS),
    )
    return a_till(counter)
