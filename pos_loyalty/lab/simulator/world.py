"""Two tills, their members and one server on a virtual clock, and what can happen to them."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from uuid import UUID

from pos_loyalty.domain.basket import Line as Goods
from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.domain.bodies import Enrolled
from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import Role
from pos_loyalty.domain.ids import (
    EventId,
    MemberId,
    ProgramId,
    ShiftId,
    StaffId,
    StoreId,
    TerminalId,
)
from pos_loyalty.domain.members import Consent, MemberStatus
from pos_loyalty.domain.programs.effects import Earn, Multiply
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.units import Months, UnitOfAccount
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.lab.simulator.central import SERVER_EPOCH, MemoryBooks
from pos_loyalty.lab.simulator.network import Line
from pos_loyalty.ports.central import CentralTrouble
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.sync.pull import pull_all
from pos_loyalty.sync.push import compare_heads, push_all
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.record import Beside, record
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.wire.changes import (
    ProgramPublished,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    HeadTold,
    Hello,
    PullReply,
)
from pos_loyalty.wire.program_document import write_program

MEMBERS = 60
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PROGRAM = Program(
    id=ProgramId("simulated"),
    version=1,
    name={"en": "Simulated"},
    currency="EUR",
    valid_from=date(2026, 1, 1),
    units=(UnitOfAccount(lasts=Months(12)),),
    rules=(
        Rule("base", Earn(points=Fraction(1), step=Decimal(100))),
        Rule("coffee", Multiply(Fraction(2), lines=Selection(categories=("grocery/coffee",)))),
    ),
)
SHELF = (
    Goods("Coffee", 750, Decimal(2), category="grocery/coffee", tax_rate=Fraction(22, 100)),
    Goods("Bread", 420, Decimal("0.640"), category="grocery/bread", tax_rate=Fraction(4, 100)),
    Goods("Oil", 990, category="grocery/oil", tax_rate=Fraction(10, 100)),
    Goods("", 1_234),
)


@dataclass(slots=True)
class VirtualClock:
    """A clock the world moves; a till's own clock may be wrong by `wrong`."""

    world_now: datetime = START
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        """Tell what this till holds for the time."""
        return self.world_now + self.wrong

    def monotonic_ns(self) -> int:
        """Count from the start of the world."""
        return (self.world_now - START) // timedelta(microseconds=1) * 1000

    def boot_id(self) -> str:
        """Name the only boot there is."""
        return "simulated"

    def server_offset_ms(self) -> int | None:
        """Tell how wrong the clock is."""
        return -self.wrong // timedelta(milliseconds=1)


@dataclass(slots=True)
class SeededIds:
    """Ids out of the seed, so that a run can be replayed."""

    random: Random

    def new(self, at: datetime) -> UUID:
        """Make an id."""
        del at
        return UUID(int=self.random.getrandbits(128), version=4)

    def salt(self) -> bytes:
        """Make 16 bytes."""
        return self.random.randbytes(16)


@dataclass(slots=True)
class SimulatedTill:
    """A till with its line and its people."""

    counter: Counter
    journal: MemoryJournal
    clock: VirtualClock
    line: Line
    who: SignedIn
    unfinished: Checkout | None = None  # A sale whose cashier saw the till die.
    done: list[EventId] = field(default_factory=list)  # What a screen or paper called done.
    replayed: int = 0  # Events of the journal that were booked again to check the books.


class World:
    """Everything there is. `faults` is the chance of trouble at each step."""

    def __init__(self, seed: int, faults: float) -> None:
        self.random = Random(seed)  # noqa: S311 - replayable, not secret
        self.faults = faults
        self.clock = START
        self.books = MemoryBooks((PROGRAM,), START)
        self.members = tuple(MemberId(self._uuid()) for _ in range(MEMBERS))
        self.books.members.update(dict.fromkeys(self.members, MemberStatus.BLANK))
        self.ids = SeededIds(self.random)
        self.tills = (self._till("Till 1"), self._till("Till 2"))
        self.happened: Tally[str] = Tally()
        self.replayed: list[Posting] = []  # What booking all journals again came to.

    def _uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _till(self, name: str) -> SimulatedTill:
        terminal = TerminalId(self._uuid())
        identity = TillIdentity(
            terminal, name, StoreId("shop"), "memory:", bytes(32), SERVER_EPOCH, bytes(16)
        )
        journal, clock, members = MemoryJournal(terminal), VirtualClock(), MemoryMembers()
        members.apply(_setting(), _empty_page(), complete=False)
        counter = Counter(identity, journal, members, clock, self.ids)
        who = SignedIn(StaffId("anna"), "Anna", Role.CASHIER, ShiftId(self._uuid()), START)
        return SimulatedTill(
            counter, journal, clock, Line(self.books, self.random, self.faults), who
        )

    def step(self) -> SimulatedTill:
        """Let one thing happen at one till."""
        self.clock += timedelta(seconds=self.random.randrange(1, 90))
        self.books.now = self.clock
        till = self.random.choice(self.tills)
        till.clock.world_now = self.clock
        chance = self.random.random()
        if chance < 0.80:  # noqa: PLR2004 - the mix of a shop's day
            self.sale(till)
        elif chance < 0.85:  # noqa: PLR2004
            self.enrolment(till)
        elif chance < 0.97:  # noqa: PLR2004
            self.sync(till)
        elif chance < 0.99:  # noqa: PLR2004
            till.line.deliver_late()
            self.happened["late delivery"] += 1
        else:
            till.clock.wrong = timedelta(minutes=self.random.randrange(-2000, 2000))
            self.happened["clock moved"] += 1
        return till

    def sale(self, till: SimulatedTill) -> None:
        """Sell something to somebody; now and then the till dies, and she pays again."""
        checkout = till.unfinished or self._checkout(till)
        till.unfinished = None
        fault = self.random.random() if self.faults else 1.0
        if fault < self.faults / 4:
            # Dies before the commit: nothing was said, the cashier starts the same sale again.
            till.journal.refuses = JournalFault("io", "the plug was pulled")
            try:
                sell(till.counter, till.who, None, checkout)
            except JournalFault:
                self.happened["died before the commit"] += 1
            till.journal.refuses = None
            till.unfinished = checkout
            return
        done = sell(till.counter, till.who, None, checkout)
        if fault < self.faults / 2:
            # Dies after it, before anybody was told: the same sale is confirmed once more.
            self.happened["died after the commit"] += 1
            till.unfinished = checkout
            return
        till.done.append(done.sale)
        self.happened["sale"] += 1

    def _checkout(self, till: SimulatedTill) -> Checkout:
        lines = tuple(self.random.choices(SHELF, k=self.random.randrange(1, 5)))
        total = sum(line.net_minor for line in lines)
        member = self.random.choice(self.members) if self.random.random() < 0.75 else None  # noqa: PLR2004
        sale = EventId(till.counter.ids.new(till.clock.now()))
        return Checkout(sale, lines, (Tender(TenderKind.CASH, total),), member)

    def enrolment(self, till: SimulatedTill) -> None:
        """Somebody enrols with one of the blank passes."""
        member = self.random.choice(self.members)
        body = Enrolled(
            member, StoreId("shop"), self.clock.date(), "00" * 32, Consent("w", given=True), ""
        )
        event_id = EventId(till.counter.ids.new(till.clock.now()))
        record(till.counter, till.who, event_id, body, Beside(member=member))
        till.done.append(event_id)
        self.happened["enrolment"] += 1

    def sync(self, till: SimulatedTill) -> None:
        """Try one round on the line."""
        counter = till.counter
        try:
            head = till.journal.head()
            told = HeadTold(epoch=head.position.epoch, seq=head.position.seq, hash=head.hash.hex())
            hello = Hello(
                terminal=counter.till.terminal,
                app_version="simulated",
                head=told,
                acknowledged=0,
                at=self.clock,
                nonce="00" * 8,
            )
            compare_heads(till.journal, till.line.hello(hello))
            push_all(counter, till.line, lambda job: job())
            pull_all(counter, till.line, lambda job: job(), lambda _loaded, _total: None)
            self.happened["sync"] += 1
        except CentralTrouble:
            self.happened["sync failed"] += 1

    def calm(self) -> None:
        """Let the line be good and everything be said, until nobody has anything left."""
        for till in self.tills:
            till.line.late.clear()
            till.line.faults = 0
        for till in (*self.tills, *self.tills):
            self.sync(till)
        for till in self.tills:
            till.line.faults = self.faults


def _setting() -> tuple[StoreChanged | ProgramPublished, ...]:
    store = StoreChanged(
        store="shop",
        name="Shop",
        zone="Europe/Rome",
        currency="EUR",
        language="en",
        region="IT",
    )
    return store, ProgramPublished(document=write_program(PROGRAM))


def _empty_page() -> PullReply:
    return PullReply(
        server_epoch=SERVER_EPOCH,
        changes=(),
        cursor="",
        more=False,
        includes_epoch=1,
        includes_seq=0,
        at=START,
    )
