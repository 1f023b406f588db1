"""Writing what tills drew from their leases, and which leases they gave back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from pos_loyalty.server.database import Row, insert_rows
from pos_loyalty.server.judge import DUPLICATE, Judged
from pos_loyalty.server.pool_tables import pool_draws, pool_leases


def write_draws(connection: Connection, judged: Sequence[Judged], now: datetime) -> None:
    """Write the draws of new events in order, and close what was given back."""
    rows: list[Row] = [
        {
            "lease": one.draw.lease,
            "event_id": event.event.header.event_id,
            "number": one.number,
            "epoch": event.event.header.position.epoch,
            "seq": event.event.header.position.seq,
            "reward": one.draw.reward,
            "wrong": one.wrong,
        }
        for event in judged
        for one in event.draws
    ]
    insert_rows(connection, pool_draws, rows)
    for one in judged:
        if one.returned is not None and one.outcome != DUPLICATE:
            _close(connection, one, now)


def _close(connection: Connection, judged: Judged, now: datetime) -> None:
    """Let what is left of a lease be leased again.

    Not if the till's journal began a new epoch since: it may not know all that was given.
    """
    header = judged.event.header
    held = (pool_leases.c.lease == judged.returned) & (pool_leases.c.terminal == header.terminal)
    lost = pool_leases.c.epoch != header.position.epoch
    closed = update(pool_leases).where(held & pool_leases.c.closed_at.is_(None))
    connection.execute(closed.values(closed_at=now, lost=lost))
