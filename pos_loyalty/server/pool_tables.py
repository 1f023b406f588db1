"""The tables of prize pools: what is leased to which till, and what was drawn from it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from pos_loyalty.server.tables import INSTANT, metadata

pool_leases = Table(
    "pool_leases",
    metadata,
    Column("lease", Uuid, primary_key=True),
    Column("terminal", Uuid, nullable=False),
    Column("epoch", BigInteger, nullable=False),  # Of the till's journal when it was granted.
    Column("program", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("pool", Text, nullable=False),
    Column("odds", Text, nullable=False),
    Column("prizes", JSONB, nullable=False),  # [[reward, count], …], in the document's order.
    Column("secret", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("issued_at", INSTANT, nullable=False),
    Column("wanted_back_at", INSTANT),
    Column("closed_at", INSTANT),  # The till draws no more: what it gave is known.
    Column("lost", Boolean, nullable=False),  # What it gave will never be known: all counts.
    Column("revealed_at", INSTANT),
)

pool_draws = Table(
    "pool_draws",
    metadata,
    Column("lease", Uuid, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("reward", Text),  # Null: no prize.
    Column("wrong", Text, nullable=False),  # What is wrong with it; empty: nothing.
)
