"""The journal's file as functions on its connection: writing an entry, finding where it ends."""

from __future__ import annotations

from logging import getLogger

from sqlalchemy import Connection, insert, select

from pos_loyalty.domain.events import GENESIS, Event, Head, Position
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.ports.journal import Entry, JournalFault, PrintState
from pos_loyalty.store.chain import FIRST_EPOCH, beginning, check_follows
from pos_loyalty.store.draws import write_draws
from pos_loyalty.store.rows import event_of, event_row, posting_rows, record_row
from pos_loyalty.store.tables import acknowledged, events, postings, records, slips

log = getLogger(__name__)

OLDEST_FIRST = (events.c.epoch, events.c.seq)
NEWEST_FIRST = (events.c.epoch.desc(), events.c.seq.desc())


def write_entry(connection: Connection, entry: Entry) -> None:
    """Write an event, its legs, and what stands beside it."""
    event_id = entry.event.header.event_id
    connection.execute(insert(events), event_row(entry))
    if entry.postings:
        connection.execute(insert(postings), posting_rows(entry))
    write_draws(connection, entry)
    if entry.record is not None:
        connection.execute(insert(records), record_row(event_id, entry.record))
    if entry.slip is not None:
        slip = {"event_id": event_id.bytes, "state": PrintState.QUEUED.value, "slip": entry.slip}
        connection.execute(insert(slips), slip)


def go_on(connection: Connection, anchored: Head | None) -> Head:
    """Tell what the next event follows.

    When more was written than the file holds, or something else, it is an older copy: the next
    event begins a new epoch, because the server may know the lost ones.
    """
    query = select(events.c.epoch, events.c.seq, events.c.hash).order_by(*NEWEST_FIRST).limit(1)
    row = connection.execute(query).one_or_none()
    head = beginning(FIRST_EPOCH) if row is None else Head(Position(row.epoch, row.seq), row.hash)
    if anchored is None or hash_at(connection, anchored.position) == anchored.hash:
        return head
    log.warning(
        "the journal ends at %s, but %s was written: it is an older copy, a new epoch begins",
        head.position,
        anchored.position,
    )
    return beginning(max(head.position.epoch, anchored.position.epoch) + 1)


def hash_at(connection: Connection, position: Position) -> bytes | None:
    """Tell an event's hash; the zero hash for `seq` 0. None: there is no such event."""
    if position.seq == 0:
        return GENESIS
    at = (events.c.epoch == position.epoch) & (events.c.seq == position.seq)
    found: bytes | None = connection.execute(select(events.c.hash).where(at)).scalar_one_or_none()
    return found


def acknowledged_through(connection: Connection) -> tuple[int, int]:
    """Tell the epoch and sequence the server has confirmed."""
    row = connection.execute(select(acknowledged.c.epoch, acknowledged.c.seq)).one_or_none()
    return (FIRST_EPOCH, 0) if row is None else (row.epoch, row.seq)


def check_chain(connection: Connection, terminal: TerminalId, events_max: int) -> None:
    """Compute the newest `events_max` hashes again. Raises JournalFault where one is wrong."""
    query = select(events).order_by(*NEWEST_FIRST).limit(events_max)
    later: Event | None = None
    for row in connection.execute(query):
        event = event_of(row, terminal)
        if later is not None:
            _check_link(later, event, terminal)
        later = event
    if later is not None and later.header.position.seq == 1:
        _check_link(later, None, terminal)


def _check_link(event: Event, before: Event | None, terminal: TerminalId) -> None:
    """Check one event against the one before it; None: it is the first of all."""
    head = beginning(event.header.position.epoch) if before is None else before.head
    try:
        check_follows(event, head, terminal)
    except ValueError as error:
        raise JournalFault("damaged", f"journal.db: {error}") from error
