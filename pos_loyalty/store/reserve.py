"""Room kept back on the disk, given up when it is full, so that the sale in progress can finish."""

from __future__ import annotations

import os
import shutil
from logging import getLogger
from pathlib import Path

log = getLogger(__name__)

RESERVE_BYTES = 1024 * 1024  # A sale takes some 20 KB of log; the largest body is 256 KB.


class Reserve:
    """A file that holds nothing but room."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def give_up(self) -> bool:
        """Free the room. False: it was given up before."""
        if not self._path.exists():
            return False
        self._path.unlink()
        log.warning("the disk is full: the reserve was given up for the sale in progress")
        return True

    def stand(self) -> bool:
        """Whether the room is there; it is taken back as soon as the disk allows."""
        if self._bytes() == RESERVE_BYTES:
            return True
        # Twice, so that taking the room back does not itself fill the disk.
        if shutil.disk_usage(self._path.parent).free < 2 * RESERVE_BYTES:
            return False
        try:
            with self._path.open("wb") as file:
                file.write(os.urandom(RESERVE_BYTES))  # Nothing a file system could fold away.
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            log.warning("no room for a reserve: %s", error.strerror)
            self._path.unlink(missing_ok=True)
            return False
        return True

    def _bytes(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0
