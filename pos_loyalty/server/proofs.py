"""Proving what was drawn from a lease: its secret, and every draw made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from pos_loyalty.domain.chance import commitment, draw
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.prizes import PoolLease, proof
from pos_loyalty.server.pool_tables import pool_draws
from pos_loyalty.server.pools import reveal


@dataclass(frozen=True, slots=True)
class DrawProof:
    """One draw as the till made it, and as it comes out again. Rewards: None is no prize."""

    event_id: UUID
    number: int
    epoch: int
    seq: int
    reward: str | None
    again: str | None
    right: bool
    text: str  # Its HMAC by the secret decides whether the draw wins.
    hmac: str


@dataclass(frozen=True, slots=True)
class LeaseProof:
    """A lease with its secret, and all draws made from it, in their order."""

    lease: UUID
    terminal: UUID
    program: str
    version: int
    pool: str
    odds: str
    prizes: Mapping[str, int]
    commitment: str
    secret: str
    right: bool
    draws: tuple[DrawProof, ...]


def prove(connection: Connection, lease: UUID, now: datetime) -> LeaseProof:
    """Reveal a lease's secret to everybody, and make every draw again. Raises Refusal."""
    row = reveal(connection, lease, now)
    granted = row.granted
    draws = _draws(connection, granted)
    kept = commitment(granted.secret) == row.commitment
    return LeaseProof(
        lease=lease,
        terminal=row.terminal,
        program=granted.program,
        version=row.version,
        pool=granted.prizes.pool,
        odds=str(granted.prizes.odds),
        prizes={prize.reward: prize.count for prize in granted.prizes.left},
        commitment=row.commitment.hex(),
        secret=granted.secret.hex(),
        right=kept and all(one.right for one in draws),
        draws=draws,
    )


def _draws(connection: Connection, lease: PoolLease) -> tuple[DrawProof, ...]:
    columns = pool_draws.c
    query = select(pool_draws).where(columns.lease == lease.id)
    found: list[DrawProof] = []
    for row in connection.execute(query.order_by(columns.epoch, columns.seq, columns.number)):
        event = EventId(row.event_id)
        again = draw(lease.secret, event, row.number, lease.prizes)
        text, digest = proof(lease, event, row.number)
        found.append(
            DrawProof(
                event_id=event,
                number=row.number,
                epoch=row.epoch,
                seq=row.seq,
                reward=row.reward,
                again=again,
                right=again == row.reward and not row.wrong,
                text=text,
                hmac=digest,
            )
        )
        if row.reward is not None:
            lease = lease.without({row.reward: 1})
    return tuple(found)
