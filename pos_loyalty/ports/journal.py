"""The till's journal: append-only, durable, and at the same time the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import Event, Head, Position
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.scoring import PrizeDraw


@dataclass(frozen=True, slots=True)
class SaltedRecord:
    """A personal record beside the chain: the exact bytes hashed with `salt` (16 bytes)."""

    member: MemberId
    record: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What one append writes, in one transaction: an event, its effect, what stands beside it."""

    event: Event
    member: MemberId | None = None
    postings: tuple[Posting, ...] = ()
    record: SaltedRecord | None = None
    slip: bytes | None = None  # The document to print; None: nothing is printed.
    draws: tuple[PrizeDraw, ...] = ()  # As the event tells them.
    returned: LeaseId | None = None  # A lease that is given back by it.


class JournalFault(Exception):  # noqa: N818 - "fault" is the word of the trade
    """The journal cannot take an event; nothing of it was written unless `outcome_unknown`.

    `reason` is disk-full, read-only, damaged, io or moved (the file was removed under the till).
    """

    def __init__(self, reason: str, detail: str = "", *, outcome_unknown: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.outcome_unknown = outcome_unknown  # Look the event's id up before it is tried again.


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event on its way to the server, its personal record beside it (None: none, or erased)."""

    event: Event
    record: SaltedRecord | None


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What the server said of one own event."""

    seq: int
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far sending has come. `oldest_unsent_at` is None when everything is sent."""

    head: Head
    acknowledged: Position
    unsent: int
    oldest_unsent_at: datetime | None
    parked: int


class PrintState(Enum):
    """Where a slip is on its way to paper."""

    QUEUED = "queued"  # Nothing of it was sent.
    SENDING = "sending"
    DONE = "done"
    UNKNOWN = (
        "unknown"  # May or may not be on paper: only a person's word prints it again, as COPY.
    )


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A slip stored with its event."""

    event_id: EventId
    state: PrintState
    slip: bytes


ENROLLED_MAX = 1000  # Members enrolled here that are told at once.
BEFORE_EVERYTHING = Position(0, 0)


class Journal(Protocol):
    """The till's events. Used from one thread; a call returns after the data is on the disk."""

    def head(self) -> Head:
        """Tell the last event; `seq` 0 and the zero hash before the first."""

    def check_ready(self) -> None:
        """See that one more sale can be written; asked before tender. Raises JournalFault."""

    def append(self, entry: Entry) -> None:
        """Write one event. It is durable when this returns.

        It follows the head: next in its epoch, or first of the next one. Raises JournalFault.
        """

    def event(self, event_id: EventId) -> Event | None:
        """Find one event."""

    def last_of_kind(self, kind: str) -> Event | None:
        """Find the newest event of a kind in all epochs."""

    def hash_at(self, position: Position) -> bytes | None:
        """Tell an own event's hash; the zero hash for `seq` 0. None: no such event here."""

    def unsent(self, events_max: int, bytes_max: int) -> Sequence[Outgoing]:
        """Read the oldest unacknowledged events in order, of one epoch; at least one if any."""

    def acknowledge(self, through: Position, answers: Sequence[EventAnswer]) -> None:
        """Note that the server holds all through this event; a restored server holds less."""

    def progress(self) -> Progress:
        """Tell how far sending has come."""

    def postings_of(self, member: MemberId, after: Position) -> Sequence[Posting]:
        """Read what own events later than `after` did to a member's own accounts, oldest first."""

    def events_of(self, member: MemberId, after: Position) -> Sequence[Event]:
        """Read own events about a member that are later than `after`, oldest first."""

    def record_of(
        self, member: MemberId, after: Position = BEFORE_EVERYTHING
    ) -> PersonalRecord | None:
        """Tell what a member said of herself last at this till, by an event later than `after`.

        When she was enrolled, or since. None: nothing, or erased.
        """

    def member_by_card(self, card: str) -> MemberId | None:
        """Find a member enrolled at this till by the card handed over."""

    def enrolled_here(self) -> Sequence[tuple[MemberId, PersonalRecord]]:
        """Tell who was enrolled at this till and is not erased, newest first, at most 1,000."""

    def has_enrolled(self, member: MemberId) -> bool:
        """Whether a blank pass of this member was used at this till."""

    def prizes_given(self, lease: LeaseId) -> Mapping[str, int]:
        """Count the prizes that own events drew from a lease, by reward."""

    def has_returned(self, lease: LeaseId) -> bool:
        """Whether an own event gave this lease back."""

    def waiting_slips(self) -> Sequence[PrintJob]:
        """Read the slips that are not done, oldest first."""

    def slip(self, event_id: EventId) -> PrintJob | None:
        """Find the slip of one event."""

    def mark_slip(self, event_id: EventId, state: PrintState) -> None:
        """Note where a slip is."""

    def keep_note(self, name: str, value: str) -> None:
        """Keep a small text durably: the sale in progress, the back-off, the epoch's anchor."""

    def note(self, name: str) -> str | None:
        """Read a small text back."""
