"""A central server in memory: the same booking core, the same answers, crashes on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

from pos_loyalty.domain.bodies import Acted, Body, Enrolled, ProfileChanged, Sold, member_of
from pos_loyalty.domain.booking import (
    Account,
    AccountKind,
    Booked,
    Fact,
    Outcome,
    Posting,
    book,
    lots_of,
)
from pos_loyalty.domain.completing import book_in_full
from pos_loyalty.domain.events import Event
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, TerminalId
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import business_day_of, remember
from pos_loyalty.lab.simulator.chain import Chain
from pos_loyalty.lab.simulator.figures import figures_of
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.changes import (
    Change,
    FiguresChanged,
    LotTold,
    MemberChanged,
    RecordTold,
)
from pos_loyalty.wire.events import events_of
from pos_loyalty.wire.messages import (
    CHANGES_MAX,
    ChainBroken,
    EventResult,
    HeadTold,
    Hello,
    HelloReply,
    Pull,
    PullReply,
    Push,
    PushReply,
    RecordSent,
)
from pos_loyalty.wire.records import read_record

SERVER_EPOCH = 1
STATUSES: dict[MemberStatus, Literal["blank", "active", "blocked"]] = {
    MemberStatus.BLANK: "blank",
    MemberStatus.ACTIVE: "active",
    MemberStatus.BLOCKED: "blocked",
}
FIGURES_EVERY = timedelta(hours=1)


# The same bytes are the same body: the server reads an event, and the replay need not again.
read_once = lru_cache(maxsize=4096)(read_body)


class MemoryBooks:
    """The server's state and its one transaction. `now` is set by the world.

    Tills get full records of all members but those in `elsewhere`, whom only their own till knows.
    """

    def __init__(self, programs: tuple[Program, ...], now: datetime) -> None:
        self.now = now
        self.programs = {(program.id, program.version): program for program in programs}
        self.members: dict[MemberId, MemberStatus] = {}
        self.elsewhere: dict[MemberId, TerminalId] = {}
        self.chains: defaultdict[tuple[UUID, int], Chain] = defaultdict(Chain)
        self.contents: dict[tuple[TerminalId, EventId], bytes] = {}
        self.postings: list[Posting] = []
        self.balances: defaultdict[Account, int] = defaultdict(int)
        self.by_member: defaultdict[MemberId, list[Posting]] = defaultdict(list)
        self.records: dict[MemberId, RecordTold] = {}
        self.pasts: dict[MemberId, Past] = {}
        self.order: list[tuple[TerminalId, EventId]] = []  # In which events were booked.
        self.feed: list[MemberId] = []  # Whose figures changed, in order; its length is the cursor.
        self.alarms: list[EventId] = []
        self.disputed: list[tuple[EventId, str]] = []
        self.figures: Mapping[str, int] = {}
        self._figures_at: datetime | None = None
        self._figures_version = 0
        self._booked: dict[bytes, Booked] = {}
        self._told: dict[MemberId, Change] = {}  # As told last, while nothing has changed since.

    def status(self, member: MemberId) -> MemberStatus | None:
        """Tell what the member is."""
        return self.members.get(member)

    def program(self, program: ProgramId, version: int) -> Program | None:
        """Find one published version."""
        return self.programs.get((program, version))

    def accept(self, push: Push) -> PushReply:
        """Take a batch in one transaction."""
        chain = self.chains[push.terminal, push.epoch]
        refused = self._follows(chain, push)
        if refused is None:
            events = tuple(events_of(push))
            if events[-1].hash.hex() != push.head_hash:
                refused = ChainBroken(kind="broken", expected_seq=chain.seq + 1)
            else:
                refused = self._take(chain, events, [sent.record for sent in push.events])
        results = () if refused else self._answers(chain, push)
        return PushReply(
            batch_id=push.batch_id,
            epoch=push.epoch,
            acknowledged_through=chain.seq,
            head_hash=chain.hashes[-1].hex(),
            results=results,
            refused=refused,
        )

    def _follows(self, chain: Chain, push: Push) -> ChainBroken | None:
        before = push.first_seq - 1
        if before > chain.seq:
            return ChainBroken(kind="gap", expected_seq=chain.seq + 1)
        if chain.hashes[before].hex() != push.prev_hash:
            return ChainBroken(kind="fork", expected_seq=chain.seq + 1)
        return None

    def _take(
        self, chain: Chain, events: tuple[Event, ...], records: list[RecordSent | None]
    ) -> ChainBroken | None:
        for event, record in zip(events, records, strict=True):
            seq = event.header.position.seq
            if seq <= chain.seq:
                if chain.hashes[seq] != event.hash:
                    return ChainBroken(kind="fork", expected_seq=chain.seq + 1)
                continue
            chain.hashes.append(event.hash)
            chain.results.append(self._book(event, record, seq))
        return None

    def _book(self, event: Event, record: RecordSent | None, seq: int) -> EventResult:
        header = event.header
        identity = (header.terminal, header.event_id)
        earlier = self.contents.get(identity)
        if earlier is not None:
            if earlier == event.body:
                return EventResult(seq=seq, outcome="duplicate")
            self.alarms.append(header.event_id)
            return EventResult(seq=seq, outcome="parked", code="other_content")
        self.contents[identity] = event.body
        body = read_once(header.kind, header.version, event.body)
        if isinstance(body, Enrolled) and self.members.get(body.member) is MemberStatus.ACTIVE:
            return EventResult(seq=seq, outcome="parked", code="pass_taken")
        booked = self.book_once(event, body)
        fact = Fact(header.event_id, header.at, body)
        body, booked = self.in_full(fact, booked)
        if booked.outcome is Outcome.DISPUTED:
            self.disputed.append((header.event_id, booked.code))
        if booked.outcome is not Outcome.PARKED and body is not None:
            self.order.append(identity)
            self._remember(body, record, header.at)
        for posting in booked.postings:
            self.postings.append(posting)
            self.balances[posting.account] += posting.points
            if posting.account.kind is AccountKind.AVAILABLE:
                self.by_member[MemberId(posting.account.owner)].append(posting)
        return EventResult(seq=seq, outcome=booked.outcome.value, code=booked.code)

    def in_full(self, fact: Fact, booked: Booked) -> tuple[Body | None, Booked]:
        """Add what was due to a member whom the till did not know."""
        member = member_of(fact.body)
        if member is None:
            return fact.body, booked
        told, past = self.records.get(member), self.pasts.get(member, NO_PAST)
        birthday = None if told is None else told.birthday
        return book_in_full(fact, booked, past, birthday, scored_under(fact.body, self))

    def book_once(self, event: Event, body: Body | None) -> Booked:
        """Book an event as its bytes say: the same bytes under the same rules are booked alike."""
        booked = self._booked.get(event.hash)
        if booked is None:
            fact = Fact(event.header.event_id, event.header.at, body)
            booked = self._booked[event.hash] = book(fact, self)
        return booked

    def _remember(self, body: Body, record: RecordSent | None, at: datetime) -> None:
        member = member_of(body)
        if member is None:
            return
        if isinstance(body, Enrolled):
            self.members[member] = MemberStatus.ACTIVE
        if isinstance(body, Enrolled | ProfileChanged) and record is not None:
            told = read_record(record.record.encode())
            if told is not None:
                self.records[member] = RecordTold(name=told.name, birthday=told.birthday)
        program = scored_under(body, self)
        past = self.pasts.get(member, NO_PAST)
        self.pasts[member] = remember(past, body, business_day_of(body, at), program)
        self._changed(member)

    def _changed(self, member: MemberId) -> None:
        self.feed.append(member)
        self._told.pop(member, None)

    @staticmethod
    def _answers(chain: Chain, push: Push) -> tuple[EventResult, ...]:
        first = push.first_seq - 1
        return tuple(chain.results[first : first + len(push.events)])

    def greet(self, hello: Hello) -> HelloReply:
        """Tell where the till's journal ends here, as far as the till's own."""
        chain = self.chains[hello.terminal, hello.head.epoch]
        head = HeadTold(epoch=hello.head.epoch, seq=chain.seq, hash=chain.hashes[-1].hex())
        return HelloReply(protocol=1, server_epoch=SERVER_EPOCH, head=head, at=self.now)

    def tell(self, pull: Pull, epoch: int) -> PullReply:
        """Tell whose figures changed behind the cursor, each member once, as she is now."""
        self._work_figures_out()
        place, _, version = pull.cursor.partition("/")
        start = int(place or 0)
        end = min(len(self.feed), start + CHANGES_MAX)
        changes = [
            self.change(member)
            for member in dict.fromkeys(self.feed[start:end])
            if self.elsewhere.get(member) in (None, pull.terminal)
        ]
        if version != str(self._figures_version):
            changes.append(FiguresChanged(figures=dict(self.figures)))
        return PullReply.model_construct(
            server_epoch=SERVER_EPOCH,
            changes=tuple(changes),
            cursor=f"{end}/{self._figures_version}",
            more=end < len(self.feed),
            includes_epoch=epoch,
            includes_seq=self.chains[pull.terminal, epoch].seq,
            at=self.now,
        )

    def _work_figures_out(self) -> None:
        last = self._figures_at
        if last is not None and self.now - last < FIGURES_EVERY:
            return
        self._figures_at = self.now
        found = figures_of(self.pasts.values(), self.programs.values(), self.now.date())
        if found != self.figures:
            self.figures = found
            self._figures_version += 1

    def change(self, member: MemberId) -> Change:
        """Tell one member, whole."""
        told = self._told.get(member)
        if told is None:
            told = self._told[member] = self._change(member)
        return told

    def _change(self, member: MemberId) -> Change:
        unit_postings: defaultdict[str, list[Posting]] = defaultdict(list)
        for posting in self.by_member[member]:
            unit_postings[posting.account.unit].append(posting)
        lots = tuple(
            _lot_told(unit, lot)
            for unit, postings in unit_postings.items()
            for lot in lots_of(postings)
        )
        return MemberChanged.model_construct(
            member=member,
            status=STATUSES[self.members[member]],
            record=self.records.get(member),
            lots=lots,
            past=self.pasts.get(member, NO_PAST),
        )


@lru_cache(maxsize=8192)  # Most lots are told as they were before.
def _lot_told(unit: str, lot: Lot) -> LotTold:
    """Tell a lot of our own, of which there is nothing to validate."""
    return LotTold.model_construct(
        unit=unit,
        event_id=lot.event_id,
        points=lot.points,
        expires_on=lot.expires_on,
        usable_on=lot.usable_on,
    )


def scored_under(body: Body | None, books: MemoryBooks) -> Program | None:
    """Find the program an event was scored by. None: by none."""
    scored = body.scored if isinstance(body, Sold | Acted) else None
    return None if scored is None else books.program(scored.program.program, scored.program.version)
