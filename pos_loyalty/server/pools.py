"""Prize pools: leasing prizes to tills, taking back what is left, and proving what was drawn."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Connection, insert, select, true, update

from pos_loyalty.domain.chance import SECRET_BYTES, commitment
from pos_loyalty.domain.ids import LeaseId, ProgramId, TerminalId, uuid7
from pos_loyalty.domain.prizes import pool_named
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.schemes import Pool
from pos_loyalty.server.contents import COMMITMENT, LEASE
from pos_loyalty.server.feed import EVERYWHERE, announce, scope_of
from pos_loyalty.server.leases import LeaseRow, read_leases
from pos_loyalty.server.pool_tables import pool_leases
from pos_loyalty.server.pull import last_head
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.tables import programs
from pos_loyalty.server.tills import Till, find_till
from pos_loyalty.wire.program_document import read_program

RANDOM_BYTES = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """Prizes to lease of one pool: so many of each, or a share of all the pool has."""

    program: str
    pool: str
    prizes: Mapping[str, int] | None = None
    share: Fraction | None = None  # Neither: all that nobody has.


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """One line of the list of leases."""

    lease: UUID
    till: str
    program: str
    pool: str
    odds: str
    prizes: Mapping[str, int]
    given: Mapping[str, int]
    state: str  # in use, wanted back, returned or lost
    commitment: str
    issued_at: datetime


def lease_prizes(
    connection: Connection, terminal: UUID, wanted: Wanted, now: datetime
) -> LeaseLine:
    """Lease prizes to a till, which alone may give them until it gives them back.

    All tills and all versions of a program share one pool, and together never get more than it
    has. Raises Refusal.
    """
    till = _till(connection, terminal)
    program = _newest(connection, wanted.program)
    pool = pool_named(program, wanted.pool)
    if pool is None:
        raise Refusal(
            "unknown_pool",
            f"{program.id} version {program.version} has no pool {wanted.pool!r}. "
            f"It has: {', '.join(one.id for one in program.pools) or 'none'}.",
        )
    free = _free(connection, program, pool)
    prizes = _chosen(pool, free, wanted)
    lease = LeaseId(uuid7(now, secrets.token_bytes(RANDOM_BYTES)))
    secret = secrets.token_bytes(SECRET_BYTES)
    row = {
        "lease": lease,
        "terminal": till.terminal,
        "epoch": last_head(connection, till.terminal).position.epoch,
        "program": program.id,
        "version": program.version,
        "pool": pool.id,
        "odds": str(pool.odds),
        "prizes": [[reward, count] for reward, count in prizes.items()],
        "secret": secret,
        "commitment": commitment(secret),
        "issued_at": now,
        "lost": False,
    }
    connection.execute(insert(pool_leases).values(row))
    announce(connection, COMMITMENT, [str(lease)], EVERYWHERE)
    announce(connection, LEASE, [str(lease)], scope_of(till.terminal))
    return _line(connection, _lease(connection, lease))


def list_leases(connection: Connection) -> tuple[LeaseLine, ...]:
    """List all leases, the oldest first."""
    return tuple(_line(connection, row) for row in read_leases(connection, true()))


def want_back(connection: Connection, terminal: UUID, lease: UUID, now: datetime) -> LeaseLine:
    """Ask a till to give back what is left of a lease; it does so when it hears of it.

    What a till that was shut out still held is lost: nobody will ever know what it gave of it.
    Raises Refusal.
    """
    row = _lease(connection, lease)
    if row.terminal != terminal:
        raise Refusal("unknown_lease", f"{terminal} holds no lease {lease}. See `pool list`.")
    this = update(pool_leases).where(pool_leases.c.lease == lease)
    if not row.closed:
        till = find_till(connection, terminal)
        if till is None or till.revoked:
            connection.execute(this.values(wanted_back_at=now, closed_at=now, lost=True))
        elif not row.wanted_back:
            connection.execute(this.values(wanted_back_at=now))
            announce(connection, LEASE, [str(lease)], scope_of(till.terminal))
    return _line(connection, _lease(connection, lease))


def reveal(connection: Connection, lease: UUID, now: datetime) -> LeaseRow:
    """Tell everybody the secret of a lease that is used up or given back. Raises Refusal."""
    row = _lease(connection, lease)
    if row.left.prizes.left:
        raise Refusal(
            "lease_in_use",
            "Whoever knew the secret now could tell what is won next. Take the lease back first: "
            f"pool return {row.terminal} {lease}.",
        )
    if not row.revealed:
        known = pool_leases.c.lease == lease
        connection.execute(update(pool_leases).where(known).values(revealed_at=now))
        announce(connection, COMMITMENT, [str(lease)], EVERYWHERE)
    return row


def _till(connection: Connection, terminal: UUID) -> Till:
    till = find_till(connection, terminal)
    if till is None or till.revoked:
        raise Refusal("unknown_till", f"There is no till {terminal} to lease to. See `till list`.")
    return till


def _newest(connection: Connection, name: str) -> Program:
    """Read the newest version, and let nobody else lease prizes of it meanwhile."""
    query = select(programs.c.document).where(programs.c.program == name)
    rows = query.order_by(programs.c.version.desc()).with_for_update()
    document = connection.execute(rows).scalars().first()
    if document is None:
        raise Refusal("unknown_program", f"No program {name!r} is published. See `program list`.")
    return read_program(document, f"{name}.json")


def _free(connection: Connection, program: Program, pool: Pool) -> dict[str, int]:
    """Tell what no till has, reward by reward."""
    shared = (pool_leases.c.program == program.id) & (pool_leases.c.pool == pool.id)
    out: Counter[str] = Counter()
    for row in read_leases(connection, shared):
        out += row.out
    total = _total(pool)
    return {reward: max(0, count - out[reward]) for reward, count in total.items()}


def _total(pool: Pool) -> dict[str, int]:
    total: dict[str, int] = {}
    for prize in pool.prizes:
        total[prize.reward] = total.get(prize.reward, 0) + prize.count
    return total


def _chosen(pool: Pool, free: Mapping[str, int], wanted: Wanted) -> dict[str, int]:
    """Decide what to lease. Raises Refusal for what is not there."""
    if wanted.prizes is not None:
        chosen = dict(wanted.prizes)
    elif wanted.share is not None:
        chosen = {reward: int(count * wanted.share) for reward, count in _total(pool).items()}
    else:
        chosen = dict(free)
    for reward, count in chosen.items():
        if count < 0 or count > free.get(reward, 0):
            left = ", ".join(f"{name}={number}" for name, number in free.items())
            raise Refusal(
                "too_many_prizes",
                f"{reward}={count} cannot be leased: the pool {pool.id} has {left} that no till "
                "holds.",
            )
    chosen = {reward: count for reward, count in chosen.items() if count}
    if not chosen:
        raise Refusal("no_prizes", f"That is no prize at all of the pool {pool.id}.")
    return {reward: chosen[reward] for reward in free if reward in chosen}


def _lease(connection: Connection, lease: UUID) -> LeaseRow:
    found = read_leases(connection, pool_leases.c.lease == lease)
    if not found:
        raise Refusal("unknown_lease", f"There is no lease {lease}. See `pool list`.")
    return found[0]


def _line(connection: Connection, row: LeaseRow) -> LeaseLine:
    till = find_till(connection, TerminalId(row.terminal))
    lease = row.granted
    return LeaseLine(
        lease=lease.id,
        till="" if till is None else f"{till.store} {till.name}",
        program=ProgramId(lease.program),
        pool=lease.prizes.pool,
        odds=str(lease.prizes.odds),
        prizes={prize.reward: prize.count for prize in lease.prizes.left},
        given=dict(row.given),
        state=_state(row),
        commitment=row.commitment.hex(),
        issued_at=row.issued_at,
    )


def _state(row: LeaseRow) -> str:
    if row.lost:
        return "lost"
    if row.closed:
        return "returned"
    return "wanted back" if row.wanted_back else "in use"
