"""The members that a batch is about: locked, and what is kept of them that rules may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from pos_loyalty.domain.bodies import Acted, Body, Sold, member_of
from pos_loyalty.domain.completing import by_stranger
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.server.tables import members, records
from pos_loyalty.wire.records import read_record


def lock_members(
    connection: Connection, bodies: Iterable[Body | None]
) -> dict[MemberId, MemberStatus]:
    """Lock the touched members in one order, so that two batches never wait for each other."""
    touched = {member for body in bodies if (member := member_of(body)) is not None}
    if not touched:
        return {}
    rows = connection.execute(
        select(members.c.member, members.c.status)
        .where(members.c.member.in_(touched))
        .order_by(members.c.member)
        .with_for_update()
    )
    return {MemberId(row.member): MemberStatus(row.status) for row in rows}


def read_birthdays(
    connection: Connection, bodies: Iterable[Body | None]
) -> dict[MemberId, date | None]:
    """Read the birthdays of those whom a till did not know; their rows are to be locked."""
    strangers = {member for body in bodies if (member := _stranger(body)) is not None}
    if not strangers:
        return {}
    query = select(records.c.member, records.c.record).where(records.c.member.in_(strangers))
    told = {row.member: read_record(row.record) for row in connection.execute(query)}
    return {MemberId(m): record.birthday for m, record in told.items() if record is not None}


def _stranger(body: Body | None) -> MemberId | None:
    if not isinstance(body, Sold | Acted) or body.scored is None or not by_stranger(body.scored):
        return None
    return body.member
