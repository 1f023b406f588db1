"""Numbered schema files, applied once each; at every start the file is compared with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.engine import SqlFile
from pos_loyalty.store.faults import StoreFault

SCHEMA = Path(__file__).with_name("schema")
OBJECTS = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"


def bring_up(file: SqlFile, steps: Path, *, through: int | None = None) -> None:
    """Apply the steps a file does not have yet, and see that it then is what they make.

    `steps` is a folder of .sql files in the order of their names; `through` leaves out the last.

    Raises StoreFault for a file of a newer program, JournalFault for one that was tampered with.
    """
    scripts = _scripts(steps)[:through]
    with file.transaction() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > len(scripts):
            raise StoreFault(
                "newer",
                f"{file.path.name} was written by a newer version of this program (form {version}, "
                f"this one knows {len(scripts)}): start the newer version again.",
            )
        for number, script in enumerate(scripts[version:], version + 1):
            _apply(connection, script, number)
        _compare(file, connection, _expected(steps, len(scripts)))


def bring_up_after_a_copy(file: SqlFile, steps: Path) -> None:
    """Bring a file up that cannot be told again: what it was is kept beside it.

    Raises as `bring_up` does.
    """
    version = version_of(file)
    if 0 < version < len(_scripts(steps)):
        file.copy_to(file.path.with_name(f"{file.path.stem}.form-{version:04}.db"))
    bring_up(file, steps)


def version_of(file: SqlFile) -> int:
    """Tell how many steps a file has. 0: it is new."""
    with file.transaction() as connection:
        version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def steps_of(kind: str) -> Path:
    """Tell the folder of a kind of file: journal, members or index."""
    return SCHEMA / kind


def _apply(connection: Connection, script: str, number: int) -> None:
    for statement in _statements(script):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _statements(script: str) -> list[str]:
    """Split a script where statements end; the body of a trigger is no end."""
    found, open_lines = [], ""
    for line in script.splitlines(keepends=True):
        open_lines += line
        if sqlite3.complete_statement(open_lines):
            found.append(open_lines)
            open_lines = ""
    return found


@cache
def _scripts(steps: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(steps.glob("*.sql")))


@cache
def _expected(steps: Path, count: int) -> Mapping[str, str]:
    """Make what the steps make, in memory, and read it back."""
    with closing(sqlite3.connect(":memory:")) as scratch:
        for script in _scripts(steps)[:count]:
            scratch.executescript(script)
        return dict(scratch.execute(OBJECTS).fetchall())


def _compare(file: SqlFile, connection: Connection, expected: Mapping[str, str]) -> None:
    found = {str(name): sql for name, sql in connection.exec_driver_sql(OBJECTS)}
    wrong = sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
    if wrong:
        raise JournalFault("damaged", f"{file.path.name}: not as it should be: {', '.join(wrong)}")
