"""One till per folder: a lock the operating system gives up with the process, however that ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pos_loyalty.store.faults import StoreFault

PID_CHARACTERS_MAX = 20
LOCKED_AT = 1 << 20  # Behind the process id: on Windows nobody else can read what is locked.


class TillLock:
    """The lock of a till's folder, held until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises StoreFault when another till holds it."""
        self._fd = os.open(folder / "till.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._fd)
        except OSError as error:
            holder = os.read(self._fd, PID_CHARACTERS_MAX).decode("ascii", "replace").strip()
            os.close(self._fd)
            raise StoreFault(
                "second-instance",
                f"the till in {folder} is running already (process {holder or 'unknown'}): "
                "use its window, or end it first.",
            ) from error
        os.ftruncate(self._fd, 0)
        os.write(self._fd, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Let another process have the folder."""
        os.close(self._fd)


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(fd, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
