"""The till's time: the computer's clock, mended by the server, never before the last event."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class TrustedClock:
    """The last signed server time plus the time since; before that the computer's own.

    Any thread may ask.
    """

    def __init__(self, not_before: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self._not_before = not_before
        self._heard: tuple[datetime, int] | None = None  # Server time, and our monotonic then.
        self._boot_id = _boot_id()

    def now(self) -> datetime:
        """Tell the instant, in UTC, never going backwards."""
        with self._lock:
            told = self._told()
            if self._not_before is not None and told < self._not_before:
                return self._not_before
            self._not_before = told
            return told

    def _told(self) -> datetime:
        if self._heard is None:
            return datetime.now(UTC)
        at, monotonic_ns = self._heard
        return at + timedelta(microseconds=(self.monotonic_ns() - monotonic_ns) // 1000)

    def hear(self, server_at: datetime) -> None:
        """Believe the server. A time before the last event moves nothing backwards."""
        with self._lock:
            self._heard = (server_at.astimezone(UTC), self.monotonic_ns())

    def monotonic_ns(self) -> int:
        """Nanoseconds that never go backwards, sleep of the computer included where it can tell."""
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        return time.monotonic_ns()

    def boot_id(self) -> str:
        """Name this run of the computer."""
        return self._boot_id

    def server_offset_ms(self) -> int | None:
        """Server time − the computer's time. None: the server was never heard."""
        with self._lock:
            if self._heard is None:
                return None
            return (self._told() - datetime.now(UTC)) // timedelta(milliseconds=1)


def _boot_id() -> str:
    """Read the system's name of this boot; where it has none, this run of the till gets one."""
    if BOOT_ID.exists():
        return BOOT_ID.read_text(encoding="ascii").strip()
    return str(uuid.uuid4())
