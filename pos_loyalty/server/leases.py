"""Leased prizes as rows: what was granted, what was drawn, and what is left of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, func, select

from pos_loyalty.domain.bodies import Acted, Body, LeaseReturned, Sold
from pos_loyalty.domain.chance import Lease
from pos_loyalty.domain.ids import LeaseId, ProgramId, TerminalId
from pos_loyalty.domain.prizes import PoolLease
from pos_loyalty.domain.programs.schemes import PoolPrize
from pos_loyalty.server.pool_tables import pool_draws, pool_leases
from pos_loyalty.wire.changes import PoolCommitted, PoolLeased, PrizesTold


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """A lease as it was granted, what was drawn from it, and what became of it."""

    granted: PoolLease
    commitment: bytes
    terminal: UUID
    epoch: int
    version: int
    given: Counter[str]
    issued_at: datetime
    wanted_back: bool
    closed: bool
    lost: bool
    revealed: bool

    @property
    def left(self) -> PoolLease:
        """What may still be drawn from it, as far as the server knows."""
        if self.closed:
            return self.granted.emptied
        return self.granted.without(self.given)

    @property
    def out(self) -> Counter[str]:
        """Prizes that nobody else may get: those given, and those the till may still give."""
        if self.closed and not self.lost:
            return self.given
        granted = Counter({prize.reward: prize.count for prize in self.granted.prizes.left})
        return granted | self.given  # The larger of the two, prize by prize.


def leases_named(bodies: Iterable[Body | None]) -> set[LeaseId]:
    """Name the leases that events draw from or give back."""
    drawn = {
        draw.lease
        for body in bodies
        if isinstance(body, Sold | Acted) and body.scored is not None
        for draw in body.scored.left.draws
    }
    returned = {body.lease for body in bodies if isinstance(body, LeaseReturned)}
    return {lease for lease in drawn | returned if lease is not None}


def leases_of_till(
    connection: Connection, terminal: TerminalId, wanted: Iterable[LeaseId]
) -> dict[LeaseId, PoolLease]:
    """Read what is left of leases that were granted to one till."""
    ids = tuple(wanted)
    if not ids:
        return {}
    found = read_leases(
        connection, (pool_leases.c.terminal == terminal) & pool_leases.c.lease.in_(ids)
    )
    return {row.granted.id: row.left for row in found}


def read_leases(connection: Connection, which: ColumnElement[bool]) -> tuple[LeaseRow, ...]:
    """Read leases, the oldest first."""
    rows = connection.execute(select(pool_leases).where(which).order_by(pool_leases.c.lease)).all()
    given = _given(connection, [row.lease for row in rows])
    return tuple(_lease_row(row, given[row.lease]) for row in rows)


def told_to_till(row: LeaseRow) -> PoolLeased:
    """Say to the till that holds it what a lease is."""
    lease = row.granted
    return PoolLeased(
        lease=lease.id,
        epoch=row.epoch,
        program=lease.program,
        pool=lease.prizes.pool,
        odds=str(lease.prizes.odds),
        prizes=_prizes_told(lease),
        secret=lease.secret.hex(),
        wanted_back=row.wanted_back or row.closed,
    )


def told_to_all(row: LeaseRow) -> PoolCommitted:
    """Say to everybody what the server committed itself to."""
    lease = row.granted
    return PoolCommitted(
        lease=lease.id,
        program=lease.program,
        pool=lease.prizes.pool,
        odds=str(lease.prizes.odds),
        prizes=_prizes_told(lease),
        commitment=row.commitment.hex(),
        secret=lease.secret.hex() if row.revealed else None,
    )


def _prizes_told(lease: PoolLease) -> tuple[PrizesTold, ...]:
    return tuple(PrizesTold(reward=one.reward, count=one.count) for one in lease.prizes.left)


def _given(connection: Connection, leases: Sequence[UUID]) -> defaultdict[UUID, Counter[str]]:
    """Count prizes that were given, rightly or not."""
    given: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    if leases:
        lease, reward = pool_draws.c.lease, pool_draws.c.reward
        query = select(lease, reward, func.count().label("times"))
        query = query.where(lease.in_(leases), reward.is_not(None)).group_by(lease, reward)
        for row in connection.execute(query):
            given[row.lease][row.reward] = row.times
    return given


def _lease_row(row: Row[Any], given: Counter[str]) -> LeaseRow:
    prizes = tuple(PoolPrize(reward, count) for reward, count in row.prizes)
    return LeaseRow(
        granted=PoolLease(
            LeaseId(row.lease),
            ProgramId(row.program),
            row.secret,
            Lease(row.pool, Fraction(row.odds), prizes),
        ),
        commitment=row.commitment,
        terminal=row.terminal,
        epoch=row.epoch,
        version=row.version,
        given=given,
        issued_at=row.issued_at,
        wanted_back=row.wanted_back_at is not None,
        closed=row.closed_at is not None,
        lost=row.lost,
        revealed=row.revealed_at is not None,
    )
