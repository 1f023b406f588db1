"""Why a quote is what it is: one fact per rule, matched or not; words are put to them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Outcome(Enum):
    """What became of a rule."""

    APPLIED = "applied"
    NOT_MATCHED = "not_matched"


@dataclass(frozen=True, slots=True)
class Steps:
    """So many points for each whole step of this amount, of which `above_minor` did not count."""

    points: int
    step_minor: int
    base_minor: int
    above_minor: int
    next_step_missing_minor: int  # How much more makes the next step.


@dataclass(frozen=True, slots=True)
class Multiplied:
    """Lines of this category for this amount count `by` times."""

    category: str
    by: Fraction
    base_minor: int


@dataclass(frozen=True, slots=True)
class AmountMissing:
    """The receipt is too small by so much."""

    missing_minor: int


@dataclass(frozen=True, slots=True)
class NothingOfCategory:
    """No line of the category is in the basket."""

    category: str


Cause = Steps | Multiplied | AmountMissing | NothingOfCategory


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule gave, and why."""

    rule: str
    outcome: Outcome
    earned: int
    cause: Cause
