"""How long to wait before trying a device again."""

from __future__ import annotations

_FIRST_S = 0.25
_LONGEST_S = 5.0  # A cashier who plugs the scanner in again looks at it for about so long.


def retry_after_s(failures: int, jitter: float) -> float:
    """Wait a quarter of a second at first, twice as long each time, 5 s at most.

    `jitter` in 0..1 shortens it by up to a half, so that devices on one hub do not try as one.
    """
    doublings = min(failures, 16)
    return min(_LONGEST_S, _FIRST_S * (1 << doublings)) * (1 - jitter / 2)
