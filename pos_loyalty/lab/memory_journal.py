"""A journal that keeps its events in memory: for the simulator, the bench and tests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import GENESIS, Event, Head, Kind, Position
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId, TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import (
    BEFORE_EVERYTHING,
    ENROLLED_MAX,
    Entry,
    EventAnswer,
    JournalFault,
    Outgoing,
    PrintJob,
    PrintState,
    Progress,
    SaltedRecord,
)
from pos_loyalty.store.chain import FIRST_EPOCH, beginning, check_follows, line_bytes
from pos_loyalty.wire.records import read_record


@dataclass(frozen=True, slots=True)
class _Leg:
    """A posting with the place of its event."""

    position: Position
    posting: Posting


class MemoryJournal:
    """A Journal over lists and dicts. While `refuses` is set, appends raise it."""

    def __init__(self, terminal: TerminalId) -> None:
        self.refuses: JournalFault | None = None
        self._terminal = terminal
        self._entries: list[Entry] = []
        self._starts: dict[int, int] = {FIRST_EPOCH: 0}  # Epoch → place of its first event.
        self._by_id: dict[EventId, Event] = {}
        self._newest: dict[str, Event] = {}  # By kind.
        self._legs: defaultdict[MemberId, list[_Leg]] = defaultdict(list)
        self._about: defaultdict[MemberId, list[Entry]] = defaultdict(list)
        self._enrolled: dict[MemberId, None] = {}  # An ordered set, oldest first.
        self._given: defaultdict[LeaseId, Counter[str]] = defaultdict(Counter)
        self._returned: set[LeaseId] = set()
        self._acknowledged = Position(FIRST_EPOCH, 0)
        self._parked: set[Position] = set()
        self._slips: dict[EventId, PrintJob] = {}
        self._waiting: dict[EventId, None] = {}  # An ordered set.
        self._notes: dict[str, str] = {}

    def head(self) -> Head:
        """Tell the last event."""
        return self._entries[-1].event.head if self._entries else beginning(FIRST_EPOCH)

    def check_ready(self) -> None:
        """Raise what the next append would."""
        if self.refuses is not None:
            raise self.refuses

    def append(self, entry: Entry) -> None:
        """Keep one event."""
        self.check_ready()
        event = entry.event
        check_follows(event, self.head(), self._terminal)
        event_id, position = event.header.event_id, event.header.position
        if event_id in self._by_id:
            raise ValueError(f"{event_id} is in the journal already")
        self._starts.setdefault(position.epoch, len(self._entries))
        self._entries.append(entry)
        self._by_id[event_id] = self._newest[event.header.kind] = event
        for posting in entry.postings:
            self._legs[MemberId(posting.account.owner)].append(_Leg(position, posting))
        if entry.member is not None:
            self._about[entry.member].append(entry)
            if event.header.kind == Kind.ENROL.value:
                self._enrolled[entry.member] = None
        for draw in entry.draws:
            if draw.lease is not None and draw.reward is not None:
                self._given[draw.lease][draw.reward] += 1
        if entry.returned is not None:
            self._returned.add(entry.returned)
        if entry.slip is not None:
            self._slips[event_id] = PrintJob(event_id, PrintState.QUEUED, entry.slip)
            self._waiting[event_id] = None

    def event(self, event_id: EventId) -> Event | None:
        """Find one event."""
        return self._by_id.get(event_id)

    def last_of_kind(self, kind: str) -> Event | None:
        """Find the newest event of a kind."""
        return self._newest.get(kind)

    def hash_at(self, position: Position) -> bytes | None:
        """Tell an own event's hash."""
        if position.seq == 0:
            return GENESIS
        start = self._starts.get(position.epoch)
        place = -1 if start is None else start + position.seq - 1
        if not 0 <= place < len(self._entries):
            return None
        event = self._entries[place].event
        return event.hash if event.header.position == position else None

    def unsent(self, events_max: int, bytes_max: int) -> Sequence[Outgoing]:
        """Read the oldest events not yet acknowledged."""
        found: list[Outgoing] = []
        for entry in islice(self._unsent(), events_max):
            epoch = entry.event.header.position.epoch
            if found and epoch != found[0].event.header.position.epoch:
                break
            outgoing = Outgoing(entry.event, entry.record)
            bytes_max -= line_bytes(outgoing)
            if found and bytes_max < 0:
                break
            found.append(outgoing)
        return tuple(found)

    def acknowledge(self, through: Position, answers: Sequence[EventAnswer]) -> None:
        """Note that the server holds everything through this event."""
        if through > self.head().position:
            raise ValueError(f"{through} is behind the head {self.head().position}")
        if through < self._acknowledged:
            self._parked = {position for position in self._parked if position <= through}
        for answer in answers:
            position = Position(through.epoch, answer.seq)
            (self._parked.add if answer.outcome == "parked" else self._parked.discard)(position)
        self._acknowledged = through

    def progress(self) -> Progress:
        """Tell how far sending has come."""
        oldest = next(self._unsent(), None)
        return Progress(
            head=self.head(),
            acknowledged=self._acknowledged,
            unsent=len(self._entries) - self._place_unsent(),
            oldest_unsent_at=None if oldest is None else oldest.event.header.at,
            parked=len(self._parked),
        )

    def postings_of(self, member: MemberId, after: Position) -> Sequence[Posting]:
        """Read what own events later than `after` did to a member."""
        return tuple(leg.posting for leg in self._legs.get(member, ()) if leg.position > after)

    def events_of(self, member: MemberId, after: Position) -> Sequence[Event]:
        """Read own events about a member that are later than `after`."""
        return tuple(entry.event for entry in reversed(tuple(self._later(member, after))))

    def record_of(
        self, member: MemberId, after: Position = BEFORE_EVERYTHING
    ) -> PersonalRecord | None:
        """Tell what a member said of herself last."""
        told = (e.record for e in self._later(member, after) if e.record is not None)
        salted: SaltedRecord | None = next(told, None)
        return None if salted is None else read_record(salted.record)

    def member_by_card(self, card: str) -> MemberId | None:
        """Find a member enrolled here by her card."""
        return next((m for m, record in self._records() if card and record.card == card), None)

    def enrolled_here(self) -> Sequence[tuple[MemberId, PersonalRecord]]:
        """Tell everybody enrolled here, newest first."""
        return tuple(islice(self._records(), ENROLLED_MAX))

    def has_enrolled(self, member: MemberId) -> bool:
        """Whether this member was enrolled here."""
        return member in self._enrolled

    def prizes_given(self, lease: LeaseId) -> Mapping[str, int]:
        """Count the prizes that own events drew from a lease."""
        return dict(self._given.get(lease, {}))

    def has_returned(self, lease: LeaseId) -> bool:
        """Whether an own event gave this lease back."""
        return lease in self._returned

    def waiting_slips(self) -> Sequence[PrintJob]:
        """Read the slips that are not done."""
        return tuple(self._slips[event_id] for event_id in self._waiting)

    def slip(self, event_id: EventId) -> PrintJob | None:
        """Find the slip of one event."""
        return self._slips.get(event_id)

    def mark_slip(self, event_id: EventId, state: PrintState) -> None:
        """Note where a slip is."""
        self._slips[event_id] = replace(self._slips[event_id], state=state)
        if state is PrintState.DONE:
            self._waiting.pop(event_id, None)
        else:
            self._waiting.setdefault(event_id)

    def keep_note(self, name: str, value: str) -> None:
        """Keep a small text."""
        self._notes[name] = value

    def note(self, name: str) -> str | None:
        """Read a small text back."""
        return self._notes.get(name)

    def everything(self) -> Iterator[Event]:
        """Read every event, oldest first."""
        return (entry.event for entry in self._entries)

    def _place_unsent(self) -> int:
        """Count the events that are acknowledged."""
        return self._starts.get(self._acknowledged.epoch, 0) + self._acknowledged.seq

    def _unsent(self) -> Iterator[Entry]:
        places = range(self._place_unsent(), len(self._entries))
        return (self._entries[place] for place in places)

    def _later(self, member: MemberId, after: Position) -> Iterator[Entry]:
        """Read what was written about a member, newest first, back to `after`."""
        about = reversed(self._about.get(member, ()))
        return takewhile(lambda entry: entry.event.header.position > after, about)

    def _records(self) -> Iterator[tuple[MemberId, PersonalRecord]]:
        for member in reversed(self._enrolled):
            record = self.record_of(member)
            if record is not None:
                yield member, record
