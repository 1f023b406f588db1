"""Events and what stands beside them, as rows, and back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from pos_loyalty.domain.booking import Account, AccountKind, Posting
from pos_loyalty.domain.events import Event, Header, Position, instant, microseconds
from pos_loyalty.domain.ids import EventId, MemberId, ShiftId, StaffId, TerminalId, Unit
from pos_loyalty.ports.journal import Entry, PrintJob, PrintState, SaltedRecord
from pos_loyalty.wire.records import read_record

Values = dict[str, int | str | bytes | None]


def day_text(day: date | None) -> str | None:
    """Write a day as a column."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """Read a day from a column."""
    return None if text is None else date.fromisoformat(text)


def event_row(entry: Entry) -> Values:
    """Write an event as its row."""
    event, header = entry.event, entry.event.header
    return {
        "epoch": header.position.epoch,
        "seq": header.position.seq,
        "event_id": header.event_id.bytes,
        "kind": header.kind,
        "version": header.version,
        "at_us": microseconds(header.at),
        "monotonic_ns": header.monotonic_ns,
        "boot_id": header.boot_id,
        "server_offset_ms": header.server_offset_ms,
        "actor": header.actor,
        "role": header.role,
        "shift": None if header.shift is None else header.shift.bytes,
        "approver": header.approver,
        "member": None if entry.member is None else entry.member.bytes,
        "body": event.body,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def event_of(row: Row[Any], terminal: TerminalId) -> Event:
    """Read an event from its row."""
    header = Header(
        terminal=terminal,
        position=Position(row.epoch, row.seq),
        event_id=EventId(UUID(bytes=row.event_id)),
        kind=row.kind,
        version=row.version,
        at=instant(row.at_us),
        monotonic_ns=row.monotonic_ns,
        boot_id=row.boot_id,
        server_offset_ms=row.server_offset_ms,
        actor=StaffId(row.actor),
        role=row.role,
        shift=None if row.shift is None else ShiftId(UUID(bytes=row.shift)),
        approver=None if row.approver is None else StaffId(row.approver),
    )
    return Event(header, row.body, row.prev_hash, row.hash)


def posting_rows(entry: Entry) -> list[Values]:
    """Write the legs of an event as rows."""
    position = entry.event.header.position
    return [
        {
            "epoch": position.epoch,
            "seq": position.seq,
            "leg": leg,
            "account": posting.account.kind.value,
            "owner": posting.account.owner.bytes,
            "unit": posting.account.unit,
            "points": posting.points,
            "lot": posting.lot.bytes,
            "expires_on": day_text(posting.expires_on),
            "usable_on": day_text(posting.usable_on),
        }
        for leg, posting in enumerate(entry.postings)
    ]


def posting_of(row: Row[Any]) -> Posting:
    """Read a leg from its row."""
    return Posting(
        Account(AccountKind(row.account), UUID(bytes=row.owner), Unit(row.unit)),
        row.points,
        EventId(UUID(bytes=row.lot)),
        day_of(row.expires_on),
        day_of(row.usable_on),
    )


def record_row(event_id: EventId, salted: SaltedRecord) -> Values:
    """Write a personal record as its row; its card stands apart, to be found by."""
    record = read_record(salted.record)
    return {
        "event_id": event_id.bytes,
        "member": salted.member.bytes,
        "record": salted.record,
        "salt": salted.salt,
        "card": "" if record is None else record.card,
    }


def record_of(row: Row[Any]) -> SaltedRecord | None:
    """Read a personal record. None: its row was not there, or is erased."""
    if row.record is None:
        return None
    return SaltedRecord(MemberId(UUID(bytes=row.record_member)), row.record, row.salt)


def slip_of(row: Row[Any]) -> PrintJob:
    """Read a slip from its row."""
    return PrintJob(EventId(UUID(bytes=row.event_id)), PrintState(row.state), row.slip)
