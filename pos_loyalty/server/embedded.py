"""A real PostgreSQL of our own, started from the wheel's binaries and stopped with the server.

It outlives a killed server on purpose: the next start adopts the running cluster, or lets
PostgreSQL recover one that died too. Only one server owns a cluster at a time (a lock of the
operating system); commands use it beside the server.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql
from sqlalchemy import URL

from pos_loyalty.server.cluster_home import STATE_DIR, ClusterError, ClusterHome, find_home
from pos_loyalty.server.cluster_locks import Use, only_server, turn
from pos_loyalty.server.cluster_process import (
    PORT,
    ClusterProcess,
    make_private_dir,
    run_binary,
)

DATABASE = "pos_loyalty"
ROLE = "pos_loyalty"  # No superuser, so that a hole in our SQL is not one in the machine.


class EmbeddedPostgres:
    """The PostgreSQL of one data folder, as its only server has it."""

    def __init__(
        self, data_dir: Path, *, durable: bool = True, state_dir: Path = STATE_DIR
    ) -> None:
        """Describe the cluster; `durable=False` gives up fsync and is for tests only."""
        self._data_dir = data_dir
        self._durable = durable
        self._state_dir = state_dir
        self._held = ExitStack()
        self._socket_dir: Path | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Address of our database for SQLAlchemy, password included: never log it."""
        return self.database_url(DATABASE)

    def database_url(self, database: str, role: str = ROLE) -> str:
        """Address of any database of this cluster; the superuser is `postgres`."""
        if self._socket_dir is None:
            raise ClusterError(f"The PostgreSQL of {self._data_dir} is not started.")
        return _url(self._data_dir, self._socket_dir, database=database, role=role)

    def start(self) -> None:
        """Start or adopt the cluster and wait until it answers. Raises ClusterError."""
        home = find_home(self._data_dir, self._state_dir)
        with ExitStack() as undo:
            undo.enter_context(only_server(self._data_dir))
            self._socket_dir = undo.enter_context(_used(home, durable=self._durable))
            self._held = undo.pop_all()

    def stop(self) -> None:
        """Stop the cluster: running statements are broken off, what is committed stays.

        While a command is using it beside us it goes on; that command stops it then.
        """
        self._socket_dir = None
        self._held.close()


@contextmanager
def borrowed_cluster(data_dir: Path) -> Iterator[str]:
    """Use a cluster beside its server, or meanwhile without one; give its address."""
    with _used(find_home(data_dir), durable=True) as socket_dir:
        yield _url(data_dir, socket_dir, database=DATABASE, role=ROLE)


@contextmanager
def _used(home: ClusterHome, *, durable: bool) -> Iterator[Path]:
    """Have the cluster running, and give the folder of its socket."""
    process = ClusterProcess(home, durable=durable)
    use = Use(home.data_dir)
    try:
        with turn(home.data_dir):
            if use.is_alone():
                _make_cluster(home, durable=durable)
                process.start_or_adopt()
                _make_database(home.data_dir, process.socket_dir)
            else:
                process.wait_until_ready()
            use.share()
        yield process.socket_dir
    finally:
        with turn(home.data_dir):
            if use.is_alone():
                process.stop()
            else:
                process.leave()
            use.close()


def _make_cluster(home: ClusterHome, *, durable: bool) -> None:
    """Run initdb beside the final place: an interrupted one is never taken for a database."""
    if (home.cluster / "PG_VERSION").is_file():
        return
    unfinished = home.cluster.with_name(home.cluster.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, home.account.uid, home.account.gid)
    aside = make_private_dir(home.account)
    password_file = aside / "password"
    try:
        _write_private(password_file, _password(home.data_dir))
        os.chown(password_file, home.account.uid, home.account.gid)
        options = (
            f"--pgdata={unfinished}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        )
        made = run_binary(home, "initdb", *options, *(() if durable else ("--no-sync",)))
    finally:
        shutil.rmtree(aside)
    if made.returncode != 0:
        raise ClusterError(f"PostgreSQL could not make {home.cluster}: {made.stderr.strip()}")
    unfinished.rename(home.cluster)
    _flush_folder(home.cluster.parent)


def _flush_folder(folder: Path) -> None:
    """Make a rename durable: after a power cut it would be begun again, sales and all."""
    opened = os.open(folder, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)


def _password(data_dir: Path) -> str:
    file = data_dir / "password"
    if not file.exists():
        unfinished = data_dir / "password.unfinished"
        unfinished.unlink(missing_ok=True)
        _write_private(unfinished, secrets.token_urlsafe(24))
        unfinished.replace(file)
    return file.read_text(encoding="ascii")


def _write_private(file: Path, text: str) -> None:
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(made)


def _url(data_dir: Path, socket_dir: Path, *, database: str, role: str) -> str:
    address = URL.create(
        "postgresql+psycopg",
        username=role,
        password=_password(data_dir),
        database=database,
        query={"host": str(socket_dir), "port": str(PORT)},
    )
    return address.render_as_string(hide_password=False)


def _make_database(data_dir: Path, socket_dir: Path) -> None:
    """Make the server's role and database unless they are there."""
    password = _password(data_dir)
    with psycopg.connect(
        host=str(socket_dir),
        port=PORT,
        user="postgres",
        password=password,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone()
        if found is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password))
            )
        found = connection.execute(
            "SELECT FROM pg_database WHERE datname = %s", (DATABASE,)
        ).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
