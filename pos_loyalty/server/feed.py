"""The feed of changes that tills pull: who wants to know, and how far each has read.

A position is (transaction, id). Ids are given before a transaction commits, so a reader who only
remembered the highest id would skip for ever what commits late. Readers therefore stop before the
oldest transaction that is still running (`pg_snapshot_xmin`): nothing can appear behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.server.database import insert_rows
from pos_loyalty.server.tables import changes

EVERYWHERE = "*"  # No store is called so, nor as a till's own scope is.
SEEN_HERE_FOR = timedelta(days=180)  # A store keeps the record of whom it saw since.
POSITION_MAX = 2**63 - 1
MOVE_TO_END = "(scope, kind, key) DO UPDATE SET xid = excluded.xid, id = excluded.id"
CURSOR = re.compile(r"(\d{1,19})\.(\d{1,19})-(\d{1,19})\.(\d{1,19})")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """How far a feed has been read."""

    xid: int = 0
    id: int = 0


START = Place()


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a till has read: the compact index, and everything else."""

    index: Place = START
    rest: Place = START

    def __str__(self) -> str:
        return f"{self.index.xid}.{self.index.id}-{self.rest.xid}.{self.rest.id}"


def read_cursor(told: str) -> Cursor | None:
    """Read what a till sent back; empty is the beginning. None: it is none of ours."""
    if not told:
        return Cursor()
    match = CURSOR.fullmatch(told)
    if match is None:
        return None
    numbers = [int(group) for group in match.groups()]
    if max(numbers) > POSITION_MAX:
        return None
    index_xid, index_id, rest_xid, rest_id = numbers
    return Cursor(Place(index_xid, index_id), Place(rest_xid, rest_id))


def fence(connection: Connection) -> Place:
    """Tell the place before which nothing can appear any more, in this transaction's snapshot."""
    oldest = connection.execute(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text"))
    return Place(int(oldest.scalar_one()) - 1, POSITION_MAX)


def scope_of(terminal: TerminalId) -> str:
    """Name the scope of what only one till may know."""
    return f"till:{terminal}"


def announce(connection: Connection, kind: str, keys: Iterable[str], scope: str) -> None:
    """Let the tills of `scope` (a store, EVERYWHERE, or one till's) pull these things again."""
    rows = [{"scope": scope, "kind": kind, "key": key} for key in sorted(set(keys))]
    insert_rows(connection, changes, rows, MOVE_TO_END)


# Sorted, so that two transactions take the lines they share in the same order.
ANNOUNCE_MEMBERS = text(f"""
INSERT INTO changes (scope, kind, key)
SELECT store, 'member', member::text FROM (
    SELECT home_store AS store, member FROM members
    WHERE member = ANY(:members) AND home_store IS NOT NULL
    UNION
    SELECT store, member FROM sightings WHERE member = ANY(:members) AND last_on >= :since
) AS concerned
ORDER BY store, member
ON CONFLICT {MOVE_TO_END}
""")  # noqa: S608 - a constant of this file


def announce_members(connection: Connection, members: Iterable[UUID], today: date) -> None:
    """Let the stores where these members shop pull them again."""
    found = sorted(set(members))
    if found:
        facts = {"members": found, "since": today - SEEN_HERE_FOR}
        connection.execute(ANNOUNCE_MEMBERS, facts)


def announce_status(connection: Connection, member: UUID) -> None:
    """Let all tills pull a member's cards again: her status has changed."""
    connection.execute(
        text(
            "UPDATE credentials SET xid = pg_current_xact_id(), id = nextval('change_ids') "
            "WHERE member = :member"
        ),
        {"member": member},
    )
