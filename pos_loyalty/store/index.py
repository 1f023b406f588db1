"""The compact index: card digest → member, in a file of its own, and one that is built aside.

Its own file, because a whole new index then takes the place of the old one by a rename, in an
instant, whatever its size, and a half-built one is never in the way of a sale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, func, select, update

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.packed import CODES, STATUSES, best, unpack
from pos_loyalty.store.rows import Values
from pos_loyalty.store.schema import bring_up, steps_of, version_of
from pos_loyalty.store.tables import extent, lines
from pos_loyalty.wire.changes import (
    IndexChanged,
)
from pos_loyalty.wire.messages import (
    SnapshotReply,
)

STEPS_WHILE_BUILT = 1
STEPS_FINISHED = 2


class SqlIndex:
    """The index in use. Used from the ledger thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = SqlFile(path, key, Durability.EVERY_COMMIT)  # The pull cursor trusts it.
        bring_up(self._file, steps_of("index"))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def remove(self) -> None:
        """Close and delete the file."""
        self._file.remove()

    def find(self, digest: bytes) -> tuple[MemberId, MemberStatus] | None:
        """Look a card up."""
        query = select(lines.c.member, lines.c.status).where(lines.c.digest == digest)
        with self._file.transaction() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (MemberId(UUID(bytes=row.member)), STATUSES[row.status])

    def status(self, member: MemberId) -> MemberStatus | None:
        """Tell what a member is by her lines. None: she has none."""
        query = select(lines.c.status).where(lines.c.member == member.bytes)
        with self._file.transaction() as connection:
            return best(STATUSES[code] for code in connection.execute(query).scalars())

    def count(self) -> int:
        """Tell how many lines there are."""
        with self._file.transaction() as connection:
            count: int = connection.execute(select(extent.c.lines)).scalar_one()
        return count

    def take_over(self, changes: Sequence[IndexChanged]) -> None:
        """Write changed lines, durably."""
        if not changes:
            return
        rows = {
            bytes.fromhex(change.digest): (change.member.bytes, CODES[MemberStatus(change.status)])
            for change in changes
        }
        with self._file.transaction() as connection:
            known = select(func.count()).select_from(lines).where(lines.c.digest.in_(rows))
            new = len(rows) - connection.execute(known).scalar_one()
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO lines VALUES (?, ?, ?)",
                [(digest, member, code) for digest, (member, code) in rows.items()],
            )
            connection.execute(update(extent).values(lines=extent.c.lines + new))


@dataclass(frozen=True, slots=True)
class _Built:
    """How far a build has come."""

    after: bytes
    lines: int
    server_epoch: int
    cursor: str
    finished: bool


class SqlSnapshot:
    """An index being built aside. Each call opens the file and closes it: any thread may call."""

    def __init__(self, path: Path, key: bytes, cursor: str) -> None:
        self.path = path
        self._key = key
        self._cursor = cursor  # Of a build that begins now.
        self._built: _Built | None = None  # None: to be read from the file.

    def after(self) -> str:
        """Tell the digest to ask the next page behind."""
        return self._state().after.hex()

    def loaded(self) -> int:
        """Tell how many lines are there."""
        return self._state().lines

    def cursor(self) -> str:
        """Tell where pulling goes on."""
        built = self._state()
        return built.cursor if built.lines else self._cursor

    def finished(self) -> bool:
        """Whether the last page is in."""
        return self._state().finished

    def add(self, page: SnapshotReply) -> None:
        """Take one page over; one of another server epoch begins the build again."""
        built = self._state()
        self._built = None
        if built.lines and built.server_epoch != page.server_epoch:
            SqlFile(self.path, self._key, Durability.REBUILDABLE).remove()
            return
        with self._opened() as file:
            if not built.finished:
                with file.transaction() as connection:
                    _add(connection, page, built, self._cursor)
            if not page.more:
                bring_up(file, steps_of("index"))

    def _state(self) -> _Built:
        if self._built is None:
            with self._opened() as file:
                finished = version_of(file) == STEPS_FINISHED
                with file.transaction() as connection:
                    row = connection.execute(select(extent)).one()
                    last = connection.execute(select(func.max(lines.c.digest))).scalar_one()
            self._built = _Built(last or b"", row.lines, row.server_epoch, row.cursor, finished)
        return self._built

    @contextmanager
    def _opened(self) -> Iterator[SqlFile]:
        """Open the file; one that is damaged is given up, so that the next try begins again."""
        file = SqlFile(self.path, self._key, Durability.REBUILDABLE)
        try:
            if version_of(file) < STEPS_FINISHED:
                bring_up(file, steps_of("index"), through=STEPS_WHILE_BUILT)
            yield file
        except JournalFault as fault:
            if fault.reason == "damaged":
                file.remove()
            raise
        finally:
            file.close()


def _add(connection: Connection, page: SnapshotReply, built: _Built, cursor: str) -> None:
    rows = unpack(page, built.after)
    if rows:
        connection.exec_driver_sql("INSERT INTO lines VALUES (?, ?, ?)", rows)
    now: Values = {"server_epoch": page.server_epoch, "lines": built.lines + len(rows)}
    if not built.lines:
        now["cursor"] = cursor
    connection.execute(update(extent).values(now))
