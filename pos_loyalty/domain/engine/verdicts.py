"""What judging one condition comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that does not hold, with what is missing; or `unknown`: a fact is not here."""

    word: str
    value: str | int
    unknown: bool = False
    way: tuple[str, int] | None = None  # How far it is, beside what is missing. None: not told.


Verdict = Unmet | None
HOLDS: Final = None


def unknown(fact: str) -> Unmet:
    """Say that a fact of the member is not known at this till."""
    return Unmet(fact, "unknown", unknown=True)
