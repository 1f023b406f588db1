"""A journal with a long past, written in few transactions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.events import Event, Head, Header, Kind, Position, seal
from pos_loyalty.domain.ids import EventId, StaffId, StoreId, TerminalId
from pos_loyalty.lab.bench.shop import KEY, ZONE
from pos_loyalty.ports.journal import Entry
from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.entries import write_entry
from pos_loyalty.store.folder import JOURNAL, open_journal
from pos_loyalty.terminal.identity import terminal_of
from pos_loyalty.wire.bodies import VERSION, write_body

SLICE = 5000
UNSENT = 500  # What a till has not sent yet after a morning without a line.
APART = timedelta(seconds=30)


def write_history(folder: Path, count: int) -> None:
    """Give the till in `folder` so many past sales, all but the last few of them sent."""
    terminal = terminal_of(folder)
    journal = open_journal(folder, KEY, terminal)
    head = journal.head()
    journal.close()
    body = write_body(Kind.SALE, _sold())
    first_at = datetime.now(UTC) - APART * count
    file = SqlFile(folder / JOURNAL, KEY, Durability.EVERY_COMMIT)
    for start in range(0, count, SLICE):
        with file.transaction() as connection:
            for number in range(start, min(start + SLICE, count)):
                event = _event(head, terminal, first_at + APART * number, body)
                write_entry(connection, Entry(event))
                head = event.head
    file.close()
    journal = open_journal(folder, KEY, terminal)
    last = journal.head().position
    journal.acknowledge(Position(last.epoch, max(0, last.seq - UNSENT)), ())
    journal.close()


def _event(head: Head, terminal: TerminalId, at: datetime, body: bytes) -> Event:
    position = Position(head.position.epoch, head.position.seq + 1)
    header = Header(
        terminal=terminal,
        position=position,
        event_id=EventId(UUID(int=0xE << 124 | position.seq)),
        kind=Kind.SALE.value,
        version=VERSION,
        at=at,
        monotonic_ns=position.seq,
        boot_id="bench",
        server_offset_ms=None,
        actor=StaffId("rosa"),
        role="cashier",
        shift=None,
        approver=None,
    )
    return seal(header, body, head.hash)


def _sold() -> Sold:
    return Sold(
        number="1.1",
        store=StoreId("centro"),
        zone=ZONE,
        currency="EUR",
        lines=tuple(Line(f"Product {number}", 250) for number in range(3)),
        tenders=(Tender(TenderKind.CASH, 750),),
    )
