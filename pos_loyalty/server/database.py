"""The database: connections with limits, transactions that are tried again, rows in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["Connection", "Engine", "NoDatabase", "in_transaction", "open_engine", "opened"]

T = TypeVar("T")

CONNECTIONS_MAX = 20
CONNECTION_WAIT_S = 10
TRIES_MAX = 5
# Serialization failure, deadlock, and a key that another transaction took a moment earlier.
TRIED_AGAIN = frozenset({"40001", "40P01", "23505"})
SESSION = """
SELECT set_config('statement_timeout', '30s', false),
       set_config('lock_timeout', '20s', false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('timezone', 'UTC', false),
       CASE WHEN current_setting('synchronous_commit') = 'off'
            THEN set_config('synchronous_commit', 'on', false) END
"""  # I6: an acknowledgement follows the flushed commit, whatever the database's owner has set.


class NoDatabase(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """There is no database at the address given, or it does not answer."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a pool for a while. Raises NoDatabase, also while it is used."""
    try:
        engine = open_engine(url)
    except ArgumentError as error:
        sentence = "This is no address such as postgresql://user:password@host/database."
        raise NoDatabase("wrong_url", sentence) from error
    try:
        yield engine
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise NoDatabase("no_database", f"The database does not answer: {reason}") from error
    finally:
        engine.dispose()


def open_engine(url: str) -> Engine:
    """Open a pool of connections to a PostgreSQL; nothing is connected yet."""
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        pool_size=CONNECTIONS_MAX,
        max_overflow=0,
        pool_timeout=CONNECTION_WAIT_S,
        pool_pre_ping=True,
        hide_parameters=True,  # They hold personal data, and errors are logged.
    )
    event.listen(engine, "connect", _set_session)
    return engine


def _set_session(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(SESSION)
    cursor.close()
    connection.commit()


def in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do `work` in one transaction; again, from the start, when it lost a race."""
    for tries_left in reversed(range(TRIES_MAX)):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if tries_left == 0 or getattr(error.orig, "sqlstate", None) not in TRIED_AGAIN:
                raise
    raise AssertionError("the last try returns or raises")


def in_snapshot(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Read in one snapshot: every statement sees the same moment."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        return work(connection)


Row = Mapping[str, object]


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Row], conflict: str = ""
) -> None:
    """Add many rows in one statement; all have the keys of the first.

    `conflict` is what follows ON CONFLICT. One array per column travels, not one statement per
    row: 500 events with their postings are a handful of statements.
    """
    if not rows:
        return
    names = list(rows[0])
    arrays = ", ".join(f"%s::{_type(table, name)}[]" for name in names)
    columns = ", ".join(names)
    statement = f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays})"  # noqa: S608 - names are our own
    if conflict:
        statement += f" ON CONFLICT {conflict}"
    values = tuple([row[name] for row in rows] for name in names)
    connection.exec_driver_sql(statement, values)


def _type(table: Table, column: str) -> str:
    return str(table.c[column].type.compile(dialect=_DIALECT))


_DIALECT = make_url("postgresql+psycopg://").get_dialect()()
