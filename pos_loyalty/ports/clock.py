"""Time and ids as a use case gets them: as values, from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    """What the till holds for the time."""

    def now(self) -> datetime:
        """Tell the instant in UTC: never before the last event, mended by what the server said."""

    def monotonic_ns(self) -> int:
        """Nanoseconds since the computer started, never backwards within `boot_id`."""

    def boot_id(self) -> str:
        """Name this run of the computer."""

    def server_offset_ms(self) -> int | None:
        """Server time − till time. None: the server was never heard."""


class Ids(Protocol):
    """New names for new things."""

    def new(self, at: datetime) -> UUID:
        """Make a version 7 id."""

    def salt(self) -> bytes:
        """Make 16 random bytes."""
