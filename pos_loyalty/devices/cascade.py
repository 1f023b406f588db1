"""Several decoders' efforts, from cheap to dear, spread over the pictures of a camera."""

from __future__ import annotations

from collections.abc import Sequence

from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.devices import Decoder, Frame

_PATIENCE = 2  # Frames that an effort which found something may miss.


class Cascade:
    """Tries the cheapest effort on every frame, and one of the dearer ones in turn.

    All of them at once take longer than the time between two frames. The effort that found
    something stays the second choice while it finds, so that two frames can agree.
    """

    def __init__(self, decoders: Sequence[Decoder]) -> None:
        efforts = [(decoder, step) for decoder in decoders for step in range(decoder.steps())]
        self._cheapest, self._dearer = efforts[0], efforts[1:]
        self._turn = 0
        self._patience = 0

    def look(self, frame: Frame) -> tuple[Scan, ...]:
        """Look for codes in the next frame."""
        decoder, step = self._cheapest
        found = decoder.decode(frame, step)
        if found or not self._dearer:
            return found
        decoder, step = self._dearer[self._turn]
        found = decoder.decode(frame, step)
        if found:
            self._patience = _PATIENCE
        elif self._patience:
            self._patience -= 1
        else:
            self._turn = (self._turn + 1) % len(self._dearer)
        return found
