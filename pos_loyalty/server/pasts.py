"""Members' pasts in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection, Text, cast, select

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.past import Past
from pos_loyalty.server.database import insert_rows
from pos_loyalty.server.tables import pasts
from pos_loyalty.wire.pasts import read_past, write_past

REPLACE = "(member) DO UPDATE SET past = excluded.past"


def read_pasts(connection: Connection, wanted: Iterable[UUID]) -> dict[MemberId, Past]:
    """Read the pasts of those members who have one."""
    members = list(wanted)
    if not members:
        return {}
    query = select(pasts.c.member, cast(pasts.c.past, Text)).where(pasts.c.member.in_(members))
    return {MemberId(member): read_past(text) for member, text in connection.execute(query)}


def write_pasts(connection: Connection, changed: Mapping[MemberId, Past]) -> None:
    """Write pasts whole. The members' rows are to be locked."""
    rows = [{"member": member, "past": write_past(changed[member])} for member in sorted(changed)]
    insert_rows(connection, pasts, rows, REPLACE)
