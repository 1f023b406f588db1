"""Events as they travel, and back."""

from __future__ import annotations

from collections.abc import Iterator

from pos_loyalty.domain.events import Event, Header, Position, instant, microseconds, seal
from pos_loyalty.domain.ids import EventId, ShiftId, StaffId, TerminalId
from pos_loyalty.wire.messages import EventSent, Push, RecordSent


def event_sent(event: Event, record: RecordSent | None) -> EventSent:
    """Put an event on the line, its personal record beside it."""
    header = event.header
    return EventSent(
        event_id=header.event_id,
        kind=header.kind,
        version=header.version,
        at_us=microseconds(header.at),
        monotonic_ns=header.monotonic_ns,
        boot_id=header.boot_id,
        server_offset_ms=header.server_offset_ms,
        actor=header.actor,
        role=header.role,
        shift=header.shift,
        approver=header.approver,
        body=event.body.decode(),
        record=record,
    )


def events_of(push: Push) -> Iterator[Event]:
    """Seal the events of a batch again, in order; the last one's hash is to equal `push.head_hash`.

    Raises ValueError when a header cannot be (a text too long in bytes).
    """
    hash_ = bytes.fromhex(push.prev_hash)
    for seq, sent in enumerate(push.events, push.first_seq):
        header = Header(
            terminal=TerminalId(push.terminal),
            position=Position(push.epoch, seq),
            event_id=EventId(sent.event_id),
            kind=sent.kind,
            version=sent.version,
            at=instant(sent.at_us),
            monotonic_ns=sent.monotonic_ns,
            boot_id=sent.boot_id,
            server_offset_ms=sent.server_offset_ms,
            actor=StaffId(sent.actor),
            role=sent.role,
            shift=None if sent.shift is None else ShiftId(sent.shift),
            approver=None if sent.approver is None else StaffId(sent.approver),
        )
        event = seal(header, sent.body.encode(), hash_)
        hash_ = event.hash
        yield event
