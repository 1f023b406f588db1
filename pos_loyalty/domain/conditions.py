"""When a rule holds: a closed vocabulary, so that every answer can be explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MinimumAmount:
    """The receipt comes to at least so much."""

    amount_minor: int


Condition = MinimumAmount  # A union as soon as there is a second word.
