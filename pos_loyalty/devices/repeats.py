"""Telling a code that is still held in view from one that is scanned again."""

from __future__ import annotations

_HELD_S = 1.75  # Shorter, and a shaky hand scans twice; longer, and the next member waits.
_REMEMBERED_MAX = 16


class Repeats:
    """The codes seen a moment ago."""

    def __init__(self, held_s: float = _HELD_S) -> None:
        self._held_s = held_s
        self._seen_at: dict[str, float] = {}

    def is_new(self, text: str, now_s: float) -> bool:
        """Whether `text`, seen at `now_s` (seconds of any steady clock), is another scan."""
        last_s = self._seen_at.pop(text, None)
        self._seen_at[text] = now_s
        if len(self._seen_at) > _REMEMBERED_MAX:
            del self._seen_at[next(iter(self._seen_at))]  # The one seen longest ago.
        return last_s is None or now_s - last_s >= self._held_s
