"""What the till's own journal tells of members, as functions on its connection."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, exists, select, tuple_

from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import Event, Kind, Position
from pos_loyalty.domain.ids import MemberId, TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import ENROLLED_MAX
from pos_loyalty.store.entries import NEWEST_FIRST, OLDEST_FIRST
from pos_loyalty.store.rows import event_of, posting_of
from pos_loyalty.store.tables import events, postings, records
from pos_loyalty.wire.records import read_record

TOLD = (
    select(records.c.member, records.c.record)
    .join(events, events.c.event_id == records.c.event_id)
    .order_by(*NEWEST_FIRST)
)
enrolment = events.alias("enrolment")
ENROLLED = TOLD.where(
    exists().where(enrolment.c.member == records.c.member, enrolment.c.kind == Kind.ENROL.value)
)


def events_of(
    connection: Connection, terminal: TerminalId, member: MemberId, after: Position
) -> Sequence[Event]:
    """Read the events about a member that are later than `after`, oldest first."""
    query = (
        select(events)
        .where(events.c.member == member.bytes)
        .where(tuple_(events.c.epoch, events.c.seq) > (after.epoch, after.seq))
        .order_by(*OLDEST_FIRST)
    )
    return tuple(event_of(row, terminal) for row in connection.execute(query))


def postings_of(connection: Connection, member: MemberId, after: Position) -> Sequence[Posting]:
    """Read what events later than `after` did to a member's accounts, oldest first."""
    query = (
        select(postings)
        .where(postings.c.owner == member.bytes)
        .where(tuple_(postings.c.epoch, postings.c.seq) > (after.epoch, after.seq))
        .order_by(postings.c.epoch, postings.c.seq, postings.c.leg)
    )
    return tuple(posting_of(row) for row in connection.execute(query))


def record_of(connection: Connection, member: MemberId, after: Position) -> PersonalRecord | None:
    """Read what a member said of herself last, by an event later than `after`."""
    later = tuple_(events.c.epoch, events.c.seq) > (after.epoch, after.seq)
    query = TOLD.where(records.c.member == member.bytes, later).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else read_record(row.record)


def member_by_card(connection: Connection, card: str) -> MemberId | None:
    """Find a member enrolled here by her card."""
    query = ENROLLED.where(records.c.card == card, records.c.card != "").limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else MemberId(UUID(bytes=row.member))


def enrolled_here(connection: Connection) -> Sequence[tuple[MemberId, PersonalRecord]]:
    """Read who was enrolled here, as she said last, newest first."""
    told: dict[MemberId, PersonalRecord] = {}
    for row in connection.execute(ENROLLED.limit(ENROLLED_MAX)):
        record = read_record(row.record)
        if record is not None:
            told.setdefault(MemberId(UUID(bytes=row.member)), record)
    return tuple(told.items())


def has_enrolled(connection: Connection, member: MemberId) -> bool:
    """Whether this member was enrolled here."""
    enrolled = (events.c.member == member.bytes) & (events.c.kind == Kind.ENROL.value)
    query = select(events.c.seq).where(enrolled).limit(1)
    return connection.execute(query).one_or_none() is not None
