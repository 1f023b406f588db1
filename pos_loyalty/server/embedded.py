"""A real PostgreSQL of our own, started from the wheel's binaries and stopped with the server.

It outlives a killed server on purpose: the next start adopts the running cluster, or lets
PostgreSQL recover one that died too. Only one server owns a cluster at a time (a lock of the
operating system); administration borrows it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql
from sqlalchemy import URL

from pos_loyalty.server.cluster_home import STATE_DIR, ClusterError, ClusterHome, find_home
from pos_loyalty.server.cluster_process import (
    PORT,
    ClusterProcess,
    make_private_dir,
    run_binary,
)

DATABASE = "pos_loyalty"
ROLE = "pos_loyalty"  # No superuser, so that a hole in our SQL is not one in the machine.


class ClusterInUseError(ClusterError):
    """Another server of this machine owns the cluster."""


class EmbeddedPostgres:
    """A PostgreSQL cluster that belongs to one data folder."""

    def __init__(
        self, data_dir: Path, *, durable: bool = True, state_dir: Path = STATE_DIR
    ) -> None:
        """Describe the cluster; `durable=False` gives up fsync and is for tests only."""
        self._data_dir = data_dir
        self._durable = durable
        self._state_dir = state_dir
        self._lock: int | None = None
        self._process: ClusterProcess | None = None

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
        if self._process is None:
            raise ClusterError(f"The PostgreSQL of {self._data_dir} is not started.")
        return _url(self._data_dir, self._process.socket_dir, database=database, role=role)

    def start(self) -> None:
        """Start or adopt the cluster and wait until it answers. Raises ClusterError."""
        home = find_home(self._data_dir, self._state_dir)
        self._lock = _own(home.data_dir)
        try:
            _make_cluster(home, durable=self._durable)
            process = ClusterProcess(home, durable=self._durable)
            process.start_or_adopt()
            self._process = process
            _make_database(home.data_dir, process.socket_dir)
        except BaseException:
            self._release()
            raise

    def stop(self) -> None:
        """Stop the cluster: running statements are broken off, what is committed stays."""
        try:
            if self._process is not None:
                self._process.stop()
        finally:
            self._process = None
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextmanager
def borrowed_cluster(data_dir: Path) -> Iterator[str]:
    """Give the address of a cluster, served by its owner if there is one, else by us meanwhile."""
    cluster = EmbeddedPostgres(data_dir)
    try:
        cluster.start()
    except ClusterInUseError:
        home = find_home(data_dir)
        process = ClusterProcess(home, durable=True)
        process.wait_until_ready()
        yield _url(data_dir, process.socket_dir, database=DATABASE, role=ROLE)
        return
    try:
        yield cluster.url
    finally:
        cluster.stop()


def _own(data_dir: Path) -> int:
    lock = os.open(data_dir / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise ClusterInUseError(
            f"Another server is using the database in {data_dir}. "
            "Stop it first, or choose another folder."
        ) from error
    return lock


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
