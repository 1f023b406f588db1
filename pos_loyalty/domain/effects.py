"""What a rule does when it holds: a closed vocabulary, matched exhaustively by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class EarnPerStep:
    """`points` for every whole `step_minor` of the receipt above `above_minor`; no parts."""

    points: int
    step_minor: int
    above_minor: int = 0

    def __post_init__(self) -> None:
        if self.points < 1 or self.step_minor < 1 or self.above_minor < 0:
            raise ValueError(f"no step earns anything: {self}")


@dataclass(frozen=True, slots=True)
class MultiplyCategory:
    """The lines of `category` and of what lies below it earn `by` times what the steps give.

    The lines of the category are taken together, as if they were a receipt of their own: for them
    every step rule that held gives its whole steps `by` − 1 times more, rounded down once. What
    does not count of a receipt (`above_minor`) is taken from its other lines first. Several
    multipliers add.
    """

    category: str
    by: Fraction

    def __post_init__(self) -> None:
        if not self.category or self.by < 1:
            raise ValueError(f"a multiplier takes nothing away: {self}")


Effect = EarnPerStep | MultiplyCategory
