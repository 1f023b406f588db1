"""Events of one till, sealed in a row, as a shop's day would make them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pos_loyalty.domain.booking import Account, AccountKind, Posting
from pos_loyalty.domain.events import GENESIS, Event, Head, Header, Kind, Position, seal
from pos_loyalty.domain.ids import EventId, MemberId, StaffId, TerminalId, Unit
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import Entry, Journal, SaltedRecord
from pos_loyalty.wire.records import write_record

TILL = TerminalId(UUID(int=7))
OPENING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
POINTS = Unit("bottega/points")
ANNA = MemberId(UUID(int=0xA11A))
BORIS = MemberId(UUID(int=0xB0B))


def event_id(number: int) -> EventId:
    return EventId(UUID(int=0x7000_0000_0000 + number))


def event_after(head: Head, kind: Kind = Kind.SALE, body: bytes = b'{"sold": 1}') -> Event:
    position = Position(head.position.epoch, head.position.seq + 1)
    header = Header(
        terminal=TILL,
        position=position,
        event_id=event_id(position.epoch * 1_000_000 + position.seq),
        kind=kind.value,
        version=1,
        at=OPENING + timedelta(minutes=position.seq),
        monotonic_ns=position.seq * 10**9,
        boot_id="boot",
        server_offset_ms=None,
        actor=StaffId("rosa"),
        role="cashier",
        shift=None,
        approver=None,
    )
    return seal(header, body, head.hash if position.seq > 1 else GENESIS)


def sale(head: Head, member: MemberId | None = None, points: int = 0) -> Entry:
    event = event_after(head)
    postings: tuple[Posting, ...] = ()
    if member is not None:
        account = Account(AccountKind.AVAILABLE, member, POINTS)
        expires_on, usable_on = date(2027, 3, 2), date(2026, 3, 3)
        postings = (Posting(account, points, event.header.event_id, expires_on, usable_on),)
    return Entry(event, member, postings, slip=b"receipt %d" % event.header.position.seq)


def enrolment(head: Head, member: MemberId, record: PersonalRecord) -> Entry:
    salted = SaltedRecord(member, write_record(record), b"s" * 16)
    return Entry(event_after(head, Kind.ENROL, b"{}"), member, (), salted)


def profile_change(head: Head, member: MemberId, record: PersonalRecord) -> Entry:
    salted = SaltedRecord(member, write_record(record), b"t" * 16)
    return Entry(event_after(head, Kind.PROFILE_CHANGE, b"{}"), member, (), salted)


def sell(journal: Journal, times: int) -> None:
    for _ in range(times):
        journal.append(sale(journal.head()))
