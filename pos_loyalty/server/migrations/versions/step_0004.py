"""Prize pools: what is leased to which till, and what was drawn from it."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

LEASES = """
CREATE TABLE pool_leases (
    lease uuid PRIMARY KEY,
    terminal uuid NOT NULL REFERENCES tills,
    epoch bigint NOT NULL,
    program text NOT NULL,
    version integer NOT NULL,
    pool text NOT NULL,
    odds text NOT NULL,
    prizes jsonb NOT NULL,
    secret bytea NOT NULL CHECK (length(secret) = 32),
    commitment bytea NOT NULL CHECK (commitment = sha256(secret)),
    issued_at timestamptz NOT NULL,
    wanted_back_at timestamptz,
    closed_at timestamptz,
    lost boolean NOT NULL DEFAULT false,
    revealed_at timestamptz
);
CREATE INDEX pool_leases_of_pool ON pool_leases (program, pool);
"""

DRAWS = """
CREATE TABLE pool_draws (
    lease uuid REFERENCES pool_leases,
    event_id uuid,
    number integer,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    reward text,
    wrong text NOT NULL,
    PRIMARY KEY (lease, event_id, number)
);
CREATE TRIGGER pool_draws_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON pool_draws
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    """Add the tables."""
    for part in (LEASES, DRAWS):
        op.execute(part)
