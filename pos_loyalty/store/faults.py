"""What SQLite says when the world fails, in the words of the shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pos_loyalty.ports.journal import JournalFault

PRIMARY = 0xFF  # The low byte of an extended result code. Source: sqlite.org/rescode.html
READ_ONLY_MOVED = 1032  # SQLITE_READONLY_DBMOVED
NOT_A_DATABASE = 26
LOCKED = (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED
REASONS = {
    8: "read-only",  # SQLITE_READONLY
    10: "io",  # SQLITE_IOERR
    11: "damaged",  # SQLITE_CORRUPT
    13: "disk-full",  # SQLITE_FULL
    14: "moved",  # SQLITE_CANTOPEN
    NOT_A_DATABASE: "damaged",
}


class StoreFault(Exception):  # noqa: N818 - "fault" is the word of the trade
    """The till's folder cannot be used; nothing in it was touched.

    `reason` is second-instance, place, no-key, wrong-key, newer, missing or foreign; `detail` is a
    sentence for the person who has to put it right.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@contextmanager
def told_as_faults() -> Iterator[None]:
    """Raise JournalFault for what is the disk's fault; what is a bug stays what it is."""
    try:
        yield
    except DBAPIError as error:
        code = code_of(error)
        reason = "moved" if code == READ_ONLY_MOVED else REASONS.get(code & PRIMARY)
        if reason is None:
            raise
        raise JournalFault(reason, str(error.orig)) from error


def code_of(error: DBAPIError) -> int:
    """Tell SQLite's extended result code; 0 when it gave none."""
    return int(getattr(error.orig, "sqlite_errorcode", 0))
