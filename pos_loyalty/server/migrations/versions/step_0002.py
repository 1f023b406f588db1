"""Members' pasts, days from which points are usable, and figures about all members together."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

PASTS = """
ALTER TABLE postings ADD COLUMN usable_on date;
ALTER TABLE lots ADD COLUMN usable_on date;
CREATE TABLE pasts (
    member uuid PRIMARY KEY,
    past jsonb NOT NULL
);
"""

FIGURES = """
CREATE TABLE earned_days (
    day date,
    unit text,
    member uuid,
    points bigint NOT NULL,
    PRIMARY KEY (day, unit, member)
);
CREATE TABLE used_totals (
    name text,
    member uuid,
    times bigint NOT NULL,
    PRIMARY KEY (name, member)
);
CREATE TABLE figures (
    name text PRIMARY KEY,
    figure bigint NOT NULL
);
CREATE TABLE figures_worked_out (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    """Add the tables and columns."""
    for part in (PASTS, FIGURES):
        op.execute(part)
