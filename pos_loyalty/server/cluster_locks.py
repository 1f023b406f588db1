"""Who uses a cluster: one server at most, any number of commands beside it, the last one stops it.

The locks are the operating system's: whoever is killed holds them no more.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pos_loyalty.server.cluster_home import ClusterError

TURN_S: Final = 120.0  # Longer than the longest start or stop that another may be at.
POLL_S: Final = 0.05


class ClusterInUseError(ClusterError):
    """Another server of this machine has the cluster."""


@contextmanager
def only_server(data_dir: Path) -> Iterator[None]:
    """Be the folder's only server meanwhile. Raises ClusterInUseError when there is one."""
    lock = _open(data_dir / "server.lock")
    try:
        if not _take(lock, fcntl.LOCK_EX):
            raise ClusterInUseError(
                f"Another server is using the database in {data_dir}. "
                "Stop it first, or choose another folder."
            )
        yield
    finally:
        os.close(lock)


@contextmanager
def turn(data_dir: Path) -> Iterator[None]:
    """Start or stop the cluster while nobody else does. Raises ClusterError after `TURN_S`."""
    lock = _open(data_dir / "turn.lock")
    try:
        deadline = time.monotonic() + TURN_S
        while not _take(lock, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise ClusterError(f"Somebody is starting or stopping the database in {data_dir}.")
            time.sleep(POLL_S)
        yield
    finally:
        os.close(lock)


class Use:
    """One user's hold on a cluster. Asked for and given up within a `turn` only."""

    def __init__(self, data_dir: Path) -> None:
        self._lock = _open(data_dir / "use.lock")

    def is_alone(self) -> bool:
        """Whether nobody else uses the cluster."""
        return _take(self._lock, fcntl.LOCK_EX)

    def share(self) -> None:
        """Use it from now on, beside others."""
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def close(self) -> None:
        """Use it no more."""
        os.close(self._lock)


def _open(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
