"""A clock that is set by hand, and ids that come in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pos_loyalty.domain.ids import UUID7_RANDOM_BYTES, uuid7

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    """A Clock that stands still until it is told to go on."""

    def __init__(self, at: datetime = MORNING) -> None:
        self._at = at
        self._monotonic_ns = 0
        self.offset_ms: int | None = None  # What the server was heard to differ by.

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Set the clock, also back; the computer's own count of time goes on."""
        self._at = at
        self._monotonic_ns += 1

    def go_on(self, by: timedelta) -> None:
        self._at += by
        self._monotonic_ns += by // timedelta(microseconds=1) * 1000

    def monotonic_ns(self) -> int:
        return self._monotonic_ns

    def boot_id(self) -> str:
        return "boot-1"

    def server_offset_ms(self) -> int | None:
        return self.offset_ms


class TickingClock(FakeClock):
    """A clock on which every look takes a while."""

    def __init__(self, at: datetime, tick: timedelta) -> None:
        super().__init__(at)
        self._tick = tick

    def now(self) -> datetime:
        at = super().now()
        self.go_on(self._tick)
        return at


class FixedIds:
    """Ids and salts that come in order, the same at every run; `till` keeps two tills apart."""

    def __init__(self, till: int = 1) -> None:
        self._made = till << 32

    def new(self, at: datetime) -> UUID:
        self._made += 1
        return uuid7(at, self._made.to_bytes(UUID7_RANDOM_BYTES, "big"))

    def salt(self) -> bytes:
        self._made += 1
        return self._made.to_bytes(8, "big") + self._made.to_bytes(8, "little")
