"""Two tills, their members and one server on a virtual clock, and what can happen to them."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.domain.bodies import Enrolled, ProfileChanged
from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import Role, record_digest
from pos_loyalty.domain.ids import EventId, MemberId, ShiftId, StaffId, StoreId, TerminalId
from pos_loyalty.domain.members import Consent, MemberStatus, PersonalRecord
from pos_loyalty.domain.past import Past
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.lab.simulator.central import SERVER_EPOCH, MemoryBooks
from pos_loyalty.lab.simulator.network import Line
from pos_loyalty.lab.simulator.setting import (
    CLUB_CARD,
    CODE,
    RICH,
    SHELF,
    START,
    STORE,
    ZONE,
    SeededIds,
    VirtualClock,
)
from pos_loyalty.ports.central import CentralTrouble
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import JournalFault, SaltedRecord
from pos_loyalty.store.told import program_of
from pos_loyalty.sync.pull import pull_all
from pos_loyalty.sync.push import compare_heads, push_all
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.meet_offer import Met, meet_offer
from pos_loyalty.usecases.rate import Rating, rate
from pos_loyalty.usecases.record import Beside, record
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.wire.changes import ProgramPublished, StoreChanged
from pos_loyalty.wire.messages import HeadTold, Hello, PullReply
from pos_loyalty.wire.program_document import write_program
from pos_loyalty.wire.records import write_record

MEMBERS = 60
ELSEWHERE_EVERY = 6  # So many members' records only one of the tills is told.
BORN = date(1950, 1, 1)
BORN_WITHIN_DAYS = 20_000


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

    def __init__(self, seed: int, faults: float, program: Program = RICH) -> None:
        self.random = Random(seed)  # noqa: S311 - replayable, not secret
        self.faults = faults
        self.program = program
        self.clock = START
        self.books = MemoryBooks((_as_told(program),), START)
        self.members = tuple(MemberId(self._uuid()) for _ in range(MEMBERS))
        self.books.members.update(dict.fromkeys(self.members, MemberStatus.BLANK))
        self.ids = SeededIds(self.random)
        self.tills = (self._till("Till 1"), self._till("Till 2"))
        first = self.tills[0].counter.till.terminal
        self.books.elsewhere.update(dict.fromkeys(self.members[::ELSEWHERE_EVERY], first))
        self.happened: Tally[str] = Tally()
        self.replayed: list[Posting] = []  # What booking all journals again came to.
        self.folded: dict[MemberId, Past] = {}  # The pasts, from the journals alone.
        self.folded_through = 0  # Of the server's order.
        self.folded_ids: set[tuple[TerminalId, EventId]] = set()
        self.told_birthdays: dict[str, date] = {}  # By the record's digest, as it is in the chain.
        self.born: dict[MemberId, date] = {}  # As the journals folded so far tell it.

    def _uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _till(self, name: str) -> SimulatedTill:
        terminal = TerminalId(self._uuid())
        identity = TillIdentity(
            terminal, name, StoreId(STORE), "memory:", bytes(32), SERVER_EPOCH, bytes(16)
        )
        journal, clock, members = MemoryJournal(terminal), VirtualClock(), MemoryMembers()
        members.apply(_setting(self.program), _empty_page(), complete=False)
        counter = Counter(identity, journal, members, clock, self.ids)
        who = SignedIn(StaffId("anna"), "Anna", Role.CASHIER, ShiftId(self._uuid()), START)
        return SimulatedTill(
            counter, journal, clock, Line(self.books, self.random, self.faults), who
        )

    def step(self) -> SimulatedTill:
        """Let one thing happen at one till."""
        night = self.random.random() < 0.01  # noqa: PLR2004 - the mix of a shop's day
        seconds = 43_200 if night else self.random.randrange(1, 90)
        self.clock += timedelta(seconds=seconds)
        self.books.now = self.clock
        till = self.random.choice(self.tills)
        till.clock.world_now = self.clock
        chance = self.random.random()
        if chance < 0.76:  # noqa: PLR2004
            self.sale(till)
        elif chance < 0.80:  # noqa: PLR2004
            self.told(till)
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
        chance = self.random.random()
        member = self.random.choice(self.members) if chance < 0.75 else None  # noqa: PLR2004
        if chance < 0.02:  # noqa: PLR2004
            lines = (*lines, CLUB_CARD)
        codes = (CODE,) if 0.70 < chance < 0.80 else ()  # noqa: PLR2004
        total = sum(line.net_minor for line in lines)
        sale = EventId(till.counter.ids.new(till.clock.now()))
        return Checkout(sale, lines, (Tender(TenderKind.CASH, total),), member, codes)

    def told(self, till: SimulatedTill) -> None:
        """Let a member rate her purchase, meet an offer, or tell something of herself."""
        member = self.random.choice(self.members)
        event = EventId(till.counter.ids.new(till.clock.now()))
        chance = self.random.random()
        if chance < 0.5 and till.done:  # noqa: PLR2004
            self._rate(till)
        elif chance < 0.75:  # noqa: PLR2004
            response = self.random.choice(tuple(Response))
            meet_offer(till.counter, till.who, Met(event, member, "news", response))
        else:
            favourite = self.random.choice(("grocery/coffee", "grocery/oil"))
            beside, digest = self._record(member)
            body = ProfileChanged(member, StoreId(STORE), digest, favourite)
            record(till.counter, till.who, event, body, beside)
        self.happened["told"] += 1

    def _rate(self, till: SimulatedTill) -> None:
        sale = self.random.choice(till.done[-20:])
        made = till.journal.event(sale)
        if made is not None and b'"member"' in made.body and made.header.kind == "sale":
            rate(till.counter, till.who, None, Rating(sale, (("delivery", 4),)))

    def _record(self, member: MemberId) -> tuple[Beside, str]:
        """Write what a member tells: her birthday, now and then another one than before."""
        birthday = BORN + timedelta(days=self.random.randrange(BORN_WITHIN_DAYS))
        raw, salt = write_record(PersonalRecord(birthday=birthday)), self.ids.salt()
        salted, digest = SaltedRecord(member, raw, salt), record_digest(raw, salt).hex()
        self.told_birthdays[digest] = birthday
        return Beside(member=member, record=salted), digest

    def enrolment(self, till: SimulatedTill) -> None:
        """Let somebody enrol with a blank pass that this till was leased."""
        leased = self.members[self.tills.index(till) :: len(self.tills)]
        member = self.random.choice(leased)
        if till.journal.has_enrolled(member):
            self.told(till)
            return
        beside, digest = self._record(member)
        consent = Consent("w", given=True)
        body = Enrolled(member, StoreId(STORE), self.clock.date(), digest, consent, "")
        event_id = EventId(till.counter.ids.new(till.clock.now()))
        record(till.counter, till.who, event_id, body, beside)
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


def _as_told(program: Program) -> Program:
    """Read a program as the tills do: one object for all, as in any one process."""
    told = program_of(write_program(program), program.id, program.version)
    if told != program:
        raise ValueError(f"{program.id} is not read as it was written")
    return told


def _setting(program: Program) -> tuple[StoreChanged | ProgramPublished, ...]:
    store = StoreChanged(
        store=STORE,
        name="Shop",
        zone=ZONE,
        currency=program.currency,
        language="en",
        region="IT",
    )
    return store, ProgramPublished(document=write_program(program))


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
