"""Runs the steps on the connection that `pos_loyalty.server.schema` hands over."""

from __future__ import annotations

from alembic import context


def run_steps() -> None:
    """Apply what Alembic has chosen."""
    context.configure(connection=context.config.attributes["connection"])
    context.run_migrations()


if __name__ == "env_py":  # So Alembic calls it; importing does nothing.
    run_steps()
