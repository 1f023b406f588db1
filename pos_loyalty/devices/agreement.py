"""When to believe what a camera read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from pos_loyalty.domain.scans import Scan

_FRAMES = 3
_SIGHTINGS = 2


class Agreement:
    """What the last three frames agree on.

    A code is believed when `sure` says that it proves itself (a check digit, a signature), or when
    it is seen in two of three frames: a decoder misreads a blurred code now and then, never twice.
    """

    def __init__(self, sure: Callable[[Scan], bool]) -> None:
        self._sure = sure
        self._seen: deque[frozenset[str]] = deque(maxlen=_FRAMES)

    def see(self, scans: Iterable[Scan]) -> tuple[Scan, ...]:
        """Take what one frame showed; give what is believed of it."""
        by_text = {scan.text: scan for scan in scans}  # Two decoders may find the same code.
        self._seen.append(frozenset(by_text))
        return tuple(
            scan
            for text, scan in by_text.items()
            if self._sure(scan) or sum(text in frame for frame in self._seen) >= _SIGHTINGS
        )
