"""The words by which programs select products, and what a product costs the shop."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

PRODUCTS = """
ALTER TABLE products ADD COLUMN brand text NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN labels text NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN unit text NOT NULL DEFAULT 'piece';
ALTER TABLE products ADD COLUMN cost_minor bigint;
"""


def upgrade() -> None:
    """Add the columns."""
    op.execute(PRODUCTS)
