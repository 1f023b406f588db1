"""A lock file that the operating system lets go of when its holders are gone, however they went."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from workshop.faults import SetUpError

WAIT_S_MAX = 1800.0  # A first set-up on a slow line; after that somebody should look.
POLL_S = 0.2
LOCKED_BYTE = 4096  # Behind the content: Windows lets nobody else read what is locked.


@contextmanager
def sole_lock(path: Path) -> Iterator[BinaryIO]:
    """Hold `path`, open for reading and writing; wait while another process holds it.

    Raises SetUpError when the other one does not end.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+b", buffering=0) as lock:
        _wait_for(lock, path)
        yield lock


def _wait_for(lock: BinaryIO, path: Path) -> None:
    deadline = time.monotonic() + WAIT_S_MAX
    told = False
    while not _take(lock.fileno()):
        if not told:
            print("Another start is setting up this clone; waiting for it.", file=sys.stderr)
            told = True
        if time.monotonic() > deadline:
            raise SetUpError(
                f"Another start has been setting up this clone for {WAIT_S_MAX / 60:.0f} minutes. "
                f"End it (it holds {path}) and start again."
            )
        time.sleep(POLL_S)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
