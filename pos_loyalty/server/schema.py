"""Bringing the database to the schema this version expects, and checking that it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from pos_loyalty.server import migrations
from pos_loyalty.server.identity import ensure_identity

MIGRATION_LOCK = 7_061_947  # Any number, the same in every server: two must not migrate at once.


class WrongSchema(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The database is not at the version this program expects."""


def migrate(engine: Engine) -> str:
    """Apply all missing steps in one transaction; answer the version that was reached."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        config = _config()
        config.attributes["connection"] = connection
        _check_not_newer(connection)
        command.upgrade(config, "head")
        ensure_identity(connection)
    return expected_version()


def prepare(engine: Engine) -> None:
    """Fill an empty database. Raises WrongSchema when one in use is not at our version."""
    with engine.connect() as connection:
        found = _found_version(connection)
    if found is None:
        migrate(engine)
    elif found != expected_version():
        raise WrongSchema(
            f"The database is at version {found}, this program needs {expected_version()}. "
            "Make a backup, then run `pos-loyalty server migrate`."
        )


def expected_version() -> str:
    """Name the last step this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or "none"


def _check_not_newer(connection: Connection) -> None:
    found = _found_version(connection)
    steps = ScriptDirectory.from_config(_config())
    known = {step.revision for step in steps.walk_revisions()}
    if found is not None and found not in known:
        raise WrongSchema(
            f"The database is at version {found}, which is newer than this program. "
            "Install the newer program; nothing was changed."
        )


def _found_version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    folder = str(Path(migrations.__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config
