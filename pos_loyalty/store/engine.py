"""One encrypted database file: opened once, used from one thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.faults import told_as_faults

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.pool import ConnectionPoolEntry

KEY_BYTES = 32
WAIT_FOR_LOCK_S = 2
WITHOUT_TRANSACTION = {"without_transaction": True}
WAL_BYTES_MAX = 8 * 1024 * 1024  # What is kept of the log after a checkpoint.


class Durability(Enum):
    """What a power cut may take."""

    EVERY_COMMIT = "FULL"  # Nothing that was committed.
    REBUILDABLE = "NORMAL"  # The last commits, never the file.


class SqlFile:
    """An SQLCipher file and the one connection to it, which it locks against everybody else."""

    def __init__(self, path: Path, key: bytes, durability: Durability) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a raw key has {KEY_BYTES} bytes, not {len(key)}")
        self.path = path
        self._durability = durability
        url = URL.create(
            "sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path.absolute())
        )
        self._engine = create_engine(
            url,
            poolclass=StaticPool,
            hide_parameters=True,  # They hold personal data.
            connect_args={"isolation_level": None, "timeout": WAIT_FOR_LOCK_S},
        )
        event.listen(self._engine, "connect", self._set_up)
        event.listen(self._engine, "begin", _begin)
        self._plain = self._engine.execution_options(**WITHOUT_TRANSACTION)
        self._places: tuple[tuple[int, int], ...] = ()
        self.is_open = False

    def open(self) -> None:
        """Open, recover what a crash left, and bring it all to the file itself.

        A log that could not be synced once is not trusted to a second sync: its pages are written
        again, into the file. Raises JournalFault.
        """
        if self._places and self._places[0] != _identity(self.path):
            raise JournalFault("moved", f"{self.path.name} was removed or replaced")
        try:
            self._checkpoint()
        except JournalFault as fault:
            # With no room for it, a first start goes on: the next sale is refused before tender.
            if self._places or fault.reason != "disk-full":
                raise
        self._places = tuple(_identity(path) for path in self._paths())
        self.is_open = True

    def close(self) -> None:
        """Close; what the log holds goes into the file."""
        self.is_open = False
        self._engine.dispose()

    def remove(self) -> None:
        """Close and delete the file."""
        self.close()
        for path in self._paths():
            path.unlink(missing_ok=True)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction; all of it or nothing. Raises JournalFault."""
        if not self.is_open:
            self.open()
        with told_as_faults(), self._engine.begin() as connection:
            yield connection

    def check_in_place(self) -> None:
        """See that what is written still goes to the files that have these names.

        Raises JournalFault when they were removed or replaced: SQLite would go on writing to files
        nobody can find again.
        """
        if self.is_open and self._places != tuple(_identity(path) for path in self._paths()):
            raise JournalFault("moved", f"{self.path.name} was removed or replaced")

    def check_writable(self) -> None:
        """See that the next event can be written, if that can be told. Raises JournalFault."""
        if not self.is_open:
            self.open()
        self.check_in_place()
        if not os.access(self.path, os.W_OK):
            raise JournalFault("read-only", f"{self.path.name} cannot be written any more")

    def copy_to(self, path: Path) -> None:
        """Write a whole copy, encrypted with the same key, that is there entirely or not at all."""
        part = path.with_name(path.name + ".part")
        part.unlink(missing_ok=True)
        with told_as_faults(), self._plain.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(part.absolute()),))
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)

    def _checkpoint(self) -> None:
        with told_as_faults(), self._plain.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _paths(self) -> tuple[Path, Path]:
        return self.path, self.path.with_name(self.path.name + "-wal")

    def _set_up(self, raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        """Set what holds for a connection; a wrong key shows with the first page that is read."""
        with ExitStack() as when_it_fails:
            when_it_fails.callback(raw.close)
            self._run_pragmas(raw.cursor())
            when_it_fails.pop_all()

    def _run_pragmas(self, cursor: DBAPICursor) -> None:
        for pragma in (
            "cipher_log_level = NONE",  # It would write to the screen of a shop.
            "locking_mode = EXCLUSIVE",  # Before WAL: then no shared memory is used at all.
            "journal_mode = WAL",
            f"synchronous = {self._durability.value}",
            f"journal_size_limit = {WAL_BYTES_MAX}",
            "recursive_triggers = ON",  # Else INSERT OR REPLACE deletes past the triggers.
            "foreign_keys = ON",
            "secure_delete = ON",
            "cell_size_check = ON",
            "trusted_schema = OFF",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("BEGIN IMMEDIATE")  # From here on the file is locked.
        cursor.execute("COMMIT")
        cursor.close()


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system has a call for it."""
    if os.name == "posix":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().keys() & WITHOUT_TRANSACTION.keys():
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _identity(path: Path) -> tuple[int, int]:
    """Tell which file has this name now; zeros: none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino
