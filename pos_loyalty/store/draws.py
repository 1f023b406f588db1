"""Draws and returned leases in the journal's file, written with their event."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.ports.journal import Entry
from pos_loyalty.store.rows import Values
from pos_loyalty.store.tables import draws, returns


def write_draws(connection: Connection, entry: Entry) -> None:
    """Write what an event drew from leases, and the lease it gives back."""
    position = entry.event.header.position
    rows: list[Values] = [
        {
            "epoch": position.epoch,
            "seq": position.seq,
            "number": number,
            "lease": draw.lease.bytes,
            "reward": draw.reward,
        }
        for number, draw in enumerate(entry.draws)
        if draw.lease is not None
    ]
    if rows:
        connection.execute(insert(draws), rows)
    if entry.returned is not None:
        lease = entry.returned.bytes
        row: Values = {"lease": lease, "epoch": position.epoch, "seq": position.seq}
        connection.execute(insert(returns).prefix_with("OR IGNORE"), row)


def prizes_given(connection: Connection, lease: LeaseId) -> Mapping[str, int]:
    """Count the prizes drawn from a lease, by reward."""
    won = (draws.c.lease == lease.bytes) & draws.c.reward.is_not(None)
    query = select(draws.c.reward, func.count().label("times")).where(won)
    rows = connection.execute(query.group_by(draws.c.reward))
    return {row.reward: row.times for row in rows}


def has_returned(connection: Connection, lease: LeaseId) -> bool:
    """Whether a lease was given back."""
    query = select(returns.c.lease).where(returns.c.lease == lease.bytes)
    return connection.execute(query).one_or_none() is not None
