"""Writing a fact down: the one way any use case adds to the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from pos_loyalty.domain.bodies import KIND_OF, Acted, Body, LeaseReturned, Sold
from pos_loyalty.domain.booking import AccountKind, Posting, earning
from pos_loyalty.domain.events import Event, Header, Kind, Position, seal
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.ports.journal import Entry, SaltedRecord
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.wire.bodies import VERSION, write_body


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an event in its entry: never in the chain."""

    member: MemberId | None = None
    record: SaltedRecord | None = None
    slip: bytes | None = None


NOTHING = Beside()


class Companion(Enum):
    """Why an event is written beside another: which bit of the other's random half it turns."""

    RECOGNISED = 61
    JOINED = 60
    RATED = 59
    TOLD = 58


def companion_id(event_id: EventId, why: Companion) -> EventId:
    """Name the event that is written beside another, the same each time it is asked.

    So that it is written once, however often it is tried.
    """
    return EventId(UUID(int=event_id.int ^ (1 << why.value)))


def record(
    counter: Counter,
    who: SignedIn,
    event_id: EventId,
    body: Body,
    beside: Beside = NOTHING,
    at: datetime | None = None,
) -> Event:
    """Append one event. It is durable when this returns.

    `at` is the instant its body was worked out for, by which the server works it out again; None:
    now.

    Raises JournalFault when it cannot be, with nothing written unless the fault says otherwise.
    """
    kind = KIND_OF[type(body)]
    head = counter.journal.head()
    position = Position(head.position.epoch, head.position.seq + 1)
    header = _header(counter, who, event_id, kind, position, at or counter.clock.now())
    event = seal(header, write_body(kind, body), head.hash)
    counter.journal.append(_entry(event, body, beside))
    return event


def _entry(event: Event, body: Body, beside: Beside) -> Entry:
    """Gather what is written with an event: what it does, and what stands beside it."""
    entry = Entry(event, beside.member, (), beside.record, beside.slip)
    match body:
        case Sold() | Acted():
            draws = () if body.scored is None else body.scored.left.draws
            return replace(entry, postings=_own(earning(event.header.event_id, body)), draws=draws)
        case LeaseReturned(lease):
            return replace(entry, returned=lease)
        case _:
            return entry


def _header(
    counter: Counter, who: SignedIn, event_id: EventId, kind: Kind, position: Position, at: datetime
) -> Header:
    return Header(
        terminal=counter.till.terminal,
        position=position,
        event_id=event_id,
        kind=kind.value,
        version=VERSION,
        at=at,
        monotonic_ns=counter.clock.monotonic_ns(),
        boot_id=counter.clock.boot_id(),
        server_offset_ms=counter.clock.server_offset_ms(),
        actor=who.staff,
        role=who.role.value,
        shift=who.shift,
        approver=None,
    )


def _own(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Keep the members' legs: a till adds them to what it was told; totals are the server's."""
    return tuple(p for p in postings if p.account.kind is AccountKind.AVAILABLE)
