"""A central server in memory: the same booking core, the same answers, crashes on demand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from pos_loyalty.domain.bodies import Enrolled
from pos_loyalty.domain.booking import (
    Account,
    AccountKind,
    Fact,
    Outcome,
    Posting,
    book,
    lots_of,
)
from pos_loyalty.domain.events import GENESIS, Event
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, TerminalId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.changes import (
    Change,
    LotTold,
    MemberChanged,
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
)

SERVER_EPOCH = 1
ZERO = GENESIS.hex()


# The same bytes are the same body: the server reads an event, and the replay need not again.
read_once = lru_cache(maxsize=4096)(read_body)


@dataclass(slots=True)
class Chain:
    """What the server holds of one epoch of one till."""

    hashes: list[bytes] = field(default_factory=lambda: [GENESIS])
    results: list[EventResult] = field(default_factory=list)

    @property
    def seq(self) -> int:
        """The last sequence held."""
        return len(self.hashes) - 1


class MemoryBooks:
    """The server's state and its one transaction. `now` is set by the world."""

    def __init__(self, programs: tuple[Program, ...], now: datetime) -> None:
        self.now = now
        self.programs = {(program.id, program.version): program for program in programs}
        self.members: dict[MemberId, MemberStatus] = {}
        self.chains: defaultdict[tuple[UUID, int], Chain] = defaultdict(Chain)
        self.contents: dict[tuple[TerminalId, EventId], bytes] = {}
        self.postings: list[Posting] = []
        self.balances: defaultdict[Account, int] = defaultdict(int)
        self.by_member: defaultdict[MemberId, list[Posting]] = defaultdict(list)
        self.feed: list[MemberId] = []  # Whose figures changed, in order; its length is the cursor.
        self.alarms: list[EventId] = []
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
                refused = self._take(chain, events)
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

    def _take(self, chain: Chain, events: tuple[Event, ...]) -> ChainBroken | None:
        for event in events:
            seq = event.header.position.seq
            if seq <= chain.seq:
                if chain.hashes[seq] != event.hash:
                    return ChainBroken(kind="fork", expected_seq=chain.seq + 1)
                continue
            chain.hashes.append(event.hash)
            chain.results.append(self._book(event, seq))
        return None

    def _book(self, event: Event, seq: int) -> EventResult:
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
        booked = book(Fact(header.event_id, header.at, body), self)
        if isinstance(body, Enrolled) and booked.outcome is Outcome.APPLIED:
            self.members[body.member] = MemberStatus.ACTIVE
            self._changed(body.member)
        for posting in booked.postings:
            self.postings.append(posting)
            self.balances[posting.account] += posting.points
            if posting.account.kind is AccountKind.AVAILABLE:
                member = MemberId(posting.account.owner)
                self.by_member[member].append(posting)
                self._changed(member)
        return EventResult(seq=seq, outcome=booked.outcome.value, code=booked.code)

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
        start = int(pull.cursor or 0)
        end = min(len(self.feed), start + CHANGES_MAX)
        members = dict.fromkeys(self.feed[start:end])
        return PullReply(
            server_epoch=SERVER_EPOCH,
            changes=tuple(self.change(member) for member in members),
            cursor=str(end),
            more=end < len(self.feed),
            includes_epoch=epoch,
            includes_seq=self.chains[pull.terminal, epoch].seq,
            at=self.now,
        )

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
            # Our own figures: there is nothing to validate.
            LotTold.model_construct(
                unit=unit, event_id=lot.event_id, points=lot.points, expires_on=lot.expires_on
            )
            for unit, postings in unit_postings.items()
            for lot in lots_of(postings)
        )
        status = self.members[member].value
        return MemberChanged(member=member, status=status, record=None, lots=lots)
