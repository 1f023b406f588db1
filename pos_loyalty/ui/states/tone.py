"""What a colour means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """Colour is meaning, and never the only sign of it."""

    PLAIN = "plain"
    GOOD = "good"  # Do this, or: it is done, or: gained.
    WAIT = "wait"  # Not yet, or: offline.
    BAD = "bad"  # Refused or broken.
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Remark:
    """A few words with a tone."""

    text: str
    tone: Tone = Tone.PLAIN
