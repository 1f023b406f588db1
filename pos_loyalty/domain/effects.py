"""What a rule does when it holds: a closed vocabulary, matched exhaustively by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class EarnPerStep:
    """`points` for every whole `step_minor` of the receipt above `above_minor`, rounded down."""

    points: int
    step_minor: int
    above_minor: int = 0


@dataclass(frozen=True, slots=True)
class MultiplyCategory:
    """Lines of `category` (and of its sub-categories) earn `by` times as much as the steps give."""

    category: str
    by: Fraction


Effect = EarnPerStep | MultiplyCategory
