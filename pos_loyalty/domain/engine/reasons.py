"""Why a quote is what it is: one fact per rule, matched or not; words are put to them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.programs.conditions import Condition


class Outcome(Enum):
    """What became of a rule."""

    APPLIED = "applied"
    NOT_MATCHED = "not_matched"
    UNKNOWN = "unknown"  # A fact it asks for is not known at this till.
    CAPPED = "capped"  # A limit took it away, wholly or in part, or a better rule was taken.


@dataclass(frozen=True, slots=True)
class Missing:
    """What a rule or reward still asks for: a word and its value.

    `condition` is the one that does not hold, or that asks for a fact nobody knows here; None: no
    condition of the document, but points, a step, a limit.
    """

    word: str
    value: str | int
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What an earning rule counted, and how much more gives the next step.

    `base` and `next_step` are minor units of money, or a quantity; None: no next step here.
    """

    base: Decimal
    points: Fraction
    step: Decimal
    next_step: Decimal | None


@dataclass(frozen=True, slots=True)
class Multiplied:
    """For how much money, or how many points, a multiplier was worked out."""

    base: int


@dataclass(frozen=True, slots=True)
class Limited:
    """What held a rule back: a limit of its own, a cap, or a better rule; and what remained."""

    by: str  # The id of the cap or of the better rule; its own id: its own limit.
    wanted: int


Basis = Counted | Multiplied | Limited


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule gave, and why."""

    rule: str
    outcome: Outcome
    unit: str = ""  # Of what it earned. Empty: it earns nothing of any unit.
    earned: int = 0
    discount_minor: int = 0
    missing: tuple[Missing, ...] = ()
    basis: Basis | None = None
