"""Answering a pull: what the tills of one store may know and have not read yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, desc, select, text

from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.domain.past import NO_PAST
from pos_loyalty.server.contents import Reference, read_contents
from pos_loyalty.server.feed import EVERYWHERE, Cursor, Place, fence, read_cursor, scope_of
from pos_loyalty.server.tables import heads
from pos_loyalty.server.tills import Till
from pos_loyalty.wire.changes import (
    Change,
    IndexChanged,
    MemberChanged,
)
from pos_loyalty.wire.messages import (
    CHANGES_MAX,
    SNAPSHOT_ENTRIES_MAX,
    Pull,
    PullReply,
)

WEIGHT_MAX = 20_000  # Lots and days in a page, about 3 MB; it holds one member at least.

# Three index scans, one per scope, merged: never a sort of the whole feed.
REST = text("""
SELECT kind, key, xid::text::bigint AS xid, id FROM (
    (SELECT * FROM changes
     WHERE scope = :store AND (xid, id) > (CAST(:xid AS text)::xid8, :id)
       AND xid <= CAST(:fence AS text)::xid8
     ORDER BY xid, id LIMIT :lines)
    UNION ALL
    (SELECT * FROM changes
     WHERE scope = :till AND (xid, id) > (CAST(:xid AS text)::xid8, :id)
       AND xid <= CAST(:fence AS text)::xid8
     ORDER BY xid, id LIMIT :lines)
    UNION ALL
    (SELECT * FROM changes
     WHERE scope = :everywhere AND (xid, id) > (CAST(:xid AS text)::xid8, :id)
       AND xid <= CAST(:fence AS text)::xid8
     ORDER BY xid, id LIMIT :lines)
) AS scopes
ORDER BY xid, id LIMIT :lines
""")
INDEX = text("""
SELECT digest, member, status, c.xid::text::bigint AS xid, c.id
FROM credentials AS c JOIN members USING (member)
WHERE (c.xid, c.id) > (CAST(:xid AS text)::xid8, :id) AND c.xid <= CAST(:fence AS text)::xid8
ORDER BY c.xid, c.id LIMIT :lines
""")
WAITING = text("""
SELECT count(*) FROM (
    SELECT FROM credentials
    WHERE (xid, id) > (CAST(:xid AS text)::xid8, :id) AND xid <= CAST(:fence AS text)::xid8
    LIMIT :lines
) AS waiting
""")


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a feed, in order, and how far it reaches."""

    changes: tuple[Change, ...]
    reached: Place
    more: bool


def pull(
    connection: Connection, till: Till, message: Pull, server_epoch: int, now: datetime
) -> PullReply:
    """Answer with the next page. The transaction is to be REPEATABLE READ: one snapshot for all.

    Whoever is far behind in the compact index is sent to the snapshot; the cursor then stands
    where this very page does, so that what the snapshot may have missed follows.
    """
    cursor = read_cursor(message.cursor) or Cursor()
    if message.server_epoch != server_epoch and message.cursor:
        cursor = Cursor()  # Of a server that was restored; the till begins again.
    limit = fence(connection)
    rest = _read_rest(connection, till, cursor.rest, limit)
    room = CHANGES_MAX - len(rest.changes)
    snapshot_required = _is_far_behind(connection, cursor.index, limit)
    if snapshot_required:
        index = Page((), limit, more=False)
    else:
        index = _read_index(connection, cursor.index, limit, room)
    head = last_head(connection, till.terminal)
    return PullReply(
        server_epoch=server_epoch,
        changes=rest.changes + index.changes,
        cursor=str(Cursor(index.reached, rest.reached)),
        more=rest.more or index.more,
        includes_epoch=head.position.epoch,
        includes_seq=head.position.seq,
        at=now,
        snapshot_required=snapshot_required,
    )


def last_head(connection: Connection, terminal: TerminalId) -> Head:
    """Tell the last event of a till that the figures contain; sequence 0 before the first."""
    query = select(heads).where(heads.c.terminal == terminal).order_by(desc(heads.c.epoch))
    row = connection.execute(query.limit(1)).first()
    if row is None:
        return Head(Position(1, 0), GENESIS)
    return Head(Position(row.epoch, row.seq), row.hash)


def _read_rest(connection: Connection, till: Till, after: Place, limit: Place) -> Page:
    facts = _between(after, limit, CHANGES_MAX + 1)
    facts |= {"store": till.store, "till": scope_of(till.terminal), "everywhere": EVERYWHERE}
    rows = connection.execute(REST, facts).all()
    references = [Reference(row.kind, row.key) for row in rows[:CHANGES_MAX]]
    contents = read_contents(connection, till.store, references)
    taken, changes = _fit(contents)
    more = len(rows) > taken
    return Page(changes, _reached(rows[:taken], after), more)


def _fit(contents: Sequence[Change | None]) -> tuple[int, tuple[Change, ...]]:
    """Take as many as one page bears; what is no longer there (None) counts, and is left out."""
    weight = 0
    for taken, change in enumerate(contents):
        weight += _weight(change) if isinstance(change, MemberChanged) else 0
        if taken and weight > WEIGHT_MAX:
            return taken, tuple(c for c in contents[:taken] if c is not None)
    return len(contents), tuple(c for c in contents if c is not None)


def _weight(change: MemberChanged) -> int:
    past = change.past or NO_PAST
    return len(change.lots) + len(past.days) + len(past.activity) + len(past.vouchers)


def _read_index(connection: Connection, after: Place, limit: Place, room: int) -> Page:
    rows = connection.execute(INDEX, _between(after, limit, room + 1)).all()
    changes = tuple(
        IndexChanged(digest=row.digest.hex(), member=row.member, status=row.status)
        for row in rows[:room]
    )
    return Page(changes, _reached(rows[:room], after), more=len(rows) > room)


def _is_far_behind(connection: Connection, after: Place, limit: Place) -> bool:
    facts = _between(after, limit, SNAPSHOT_ENTRIES_MAX + 1)
    return int(connection.execute(WAITING, facts).scalar_one()) > SNAPSHOT_ENTRIES_MAX


def _between(after: Place, limit: Place, lines: int) -> dict[str, object]:
    return {"xid": str(after.xid), "id": after.id, "fence": str(limit.xid), "lines": lines}


def _reached(rows: Sequence[Row[tuple[object, ...]]], after: Place) -> Place:
    return Place(rows[-1].xid, rows[-1].id) if rows else after
