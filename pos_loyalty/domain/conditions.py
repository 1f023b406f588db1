"""When a rule holds: a closed vocabulary, so that every answer can be explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MinimumAmount:
    """The receipt comes to at least so much."""

    amount_minor: int

    def __post_init__(self) -> None:
        if self.amount_minor < 0:
            raise ValueError(f"an amount is not negative: {self.amount_minor}")


Condition = MinimumAmount  # A union as soon as there is a second word.
