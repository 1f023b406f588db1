"""When to try again after the line failed: full jitter up to five minutes, kept over a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_loyalty.domain.events import instant, microseconds

FIRST_S = 2
LONGEST_S = 300
DOUBLINGS_MAX = 8
HOURLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often in a row it failed, and when to try next. `not_before` None: at once."""

    failures: int = 0
    not_before: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether to try now. A clock set back does not make the till wait longer than an hour."""
        if self.not_before is None:
            return True
        return now >= self.not_before or self.not_before - now > HOURLY


def after_failure(
    backoff: Backoff, now: datetime, chance: float, at_least_s: int | None = None
) -> Backoff:
    """Wait a random part of a doubling time. `chance` is from [0, 1).

    A server may ask for more: then the random part comes on top, so that not all tills of a chain
    are back in the same second.
    """
    failures = backoff.failures + 1
    longest = min(LONGEST_S, FIRST_S * 2 ** min(failures - 1, DOUBLINGS_MAX))
    wait_s = (at_least_s or 0) + longest * chance
    return Backoff(failures, now + timedelta(seconds=min(wait_s, HOURLY.total_seconds())))


def write_backoff(backoff: Backoff) -> str:
    """Write it as a note."""
    not_before = None if backoff.not_before is None else microseconds(backoff.not_before)
    return json.dumps([backoff.failures, not_before])


def read_backoff(note: str | None) -> Backoff:
    """Read a note; anything unreadable is a fresh start."""
    try:
        failures, not_before = json.loads(note or "[0, null]")
        return Backoff(int(failures), None if not_before is None else instant(not_before))
    except (ValueError, TypeError, OverflowError):
        return Backoff()
