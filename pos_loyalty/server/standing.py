"""A member's standing for the shop's other channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Connection, select

from pos_loyalty.server.contents import read_lots
from pos_loyalty.server.tables import accounts, channels, members
from pos_loyalty.wire.changes import (
    LotTold,
)


class StandingTold(BaseModel):
    """GET /v1/members/{id}/standing: balances per unit and the lots they are made of."""

    member: UUID
    status: str
    balances: dict[str, int]
    lots: tuple[LotTold, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A door beside the tills: a web shop, an app."""

    name: str


def find_channel(connection: Connection, key: str) -> Channel | None:
    """Find the channel that a key belongs to. None: no key of ours, or a revoked one."""
    digest = sha256(key.encode(errors="replace")).digest()
    known = (channels.c.key_digest == digest) & channels.c.revoked_at.is_(None)
    name = connection.execute(select(channels.c.channel).where(known)).scalar()
    return None if name is None else Channel(name)


def read_standing(connection: Connection, member: UUID, now: datetime) -> StandingTold | None:
    """Read a member's standing. None: nobody was ever given that id."""
    query = select(members.c.status).where(members.c.member == member)
    status = connection.execute(query).scalar()
    if status is None:
        return None
    own = select(accounts).where(accounts.c.member == member, accounts.c.kind == "available")
    return StandingTold(
        member=member,
        status=status,
        balances={row.unit: row.balance for row in connection.execute(own)},
        lots=tuple(read_lots(connection, [member])[member]),
        at=now,
    )
