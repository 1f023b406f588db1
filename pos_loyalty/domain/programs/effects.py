"""What a rule does when it holds: a closed vocabulary, matched exhaustively by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Literal

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    Rounding,
    SetPrice,
)
from pos_loyalty.domain.programs.checks import (
    DIVISOR_MAX,
    SMALLEST,
    WrongValue,
    between,
    identifier,
    identifiers,
    measure,
)
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection

BANDS_MAX = 50
VALID_DAYS_MAX = 3660


class Of(Enum):
    """What a rule counts."""

    AMOUNT = "amount"  # Money, in minor units.
    QUANTITY = "quantity"  # Pieces, kilograms, litres.
    RECEIPT = "receipt"  # One for each receipt or event.


class Discounts(Enum):
    """Whether discounts and rewards have been taken from an amount."""

    AFTER = "after"  # What is paid.
    BEFORE = "before"  # What it cost before this program gave anything.


class BandsMode(Enum):
    """How bands are read."""

    WHOLE = "whole"  # The band that the whole lies in counts for all of it.
    MARGINAL = "marginal"  # Each band counts for the part that lies in it.


@dataclass(frozen=True, slots=True)
class Band:
    """From so much on, `points` for every whole `step`, instead of what counted below.

    `since` and `step` count what the rule counts: minor units of money, or quantity.
    """

    since: Decimal
    points: Fraction
    step: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        check_pace(self.points, self.step)
        measure("since", self.since, SMALLEST)


@dataclass(frozen=True, slots=True)
class Earn:
    """`points` for every whole `step` of what is counted above a threshold.

    `step` is in minor units of money (100 is one euro), or a quantity. `bands` earn otherwise from
    some amount on. What is left of a step is dropped, or with `carry` waits for the member's next
    receipt.
    """

    points: Fraction
    step: Decimal = Decimal(1)
    bands: tuple[Band, ...] = ()
    unit: str = "points"
    of: Of = Of.AMOUNT
    lines: Selection = ALL_LINES
    above: Decimal = Decimal(0)
    mode: BandsMode = BandsMode.WHOLE
    rounding: Rounding = Rounding.FLOOR
    carry: bool = False
    tax: Tax = Tax.INCLUDED
    discounts: Discounts | None = None  # None: as the program's settings say.
    kind: Literal["earn"] = "earn"

    def __post_init__(self) -> None:
        check_pace(self.points, self.step)
        identifier("unit", self.unit)
        between("bands", len(self.bands), 0, BANDS_MAX)
        for i, (lower, upper) in enumerate(zip(self.bands, self.bands[1:], strict=False), 1):
            if upper.since <= lower.since:
                raise WrongValue(
                    f"bands[{i}].since",
                    str(upper.since),
                    f"more than the band before it ({lower.since}): bands do not overlap",
                )
        measure("above", self.above, Decimal(0))
        if not self.points and not any(band.points for band in self.bands):
            raise WrongValue("points", "0", "more than 0, here or in a band")
        if self.carry and (self.bands or self.rounding is not Rounding.FLOOR):
            raise WrongValue("carry", found=True, allowed="false with bands or another rounding")


def check_pace(points: Fraction, step: Decimal) -> None:
    """Check what is given for each step."""
    value, divisor = points.as_integer_ratio()
    if value < 0 or max(value, divisor) > DIVISOR_MAX:
        raise WrongValue("points", str(points), f"0 to {DIVISOR_MAX}")
    measure("step", step, SMALLEST)


class Stacking(Enum):
    """What becomes of several multipliers, or several discounts, that hold at once."""

    ADD = "add"  # Each on what there was before any of them.
    MULTIPLY = "multiply"  # Each on what the ones before it made.
    BEST = "best"  # Only the one that gives most.
    EXCLUSIVE = "exclusive"  # This one alone, when it gives anything.


@dataclass(frozen=True, slots=True)
class Multiply:
    """The lines earn `by` times what the earning rules give, rounded down once.

    The lines are taken together, as if they were a receipt of their own. What does not count of a
    receipt (a threshold) is taken from its other lines first. `rules`: only what these earn;
    none named: all that earn `unit`.
    """

    by: Fraction
    unit: str = "points"
    lines: Selection = ALL_LINES
    rules: tuple[str, ...] = ()
    kind: Literal["multiply"] = "multiply"

    def __post_init__(self) -> None:
        value, divisor = self.by.as_integer_ratio()
        if value < 0 or max(value, divisor) > DIVISOR_MAX:
            raise WrongValue("by", str(self.by), f"0 to {DIVISOR_MAX}")
        identifier("unit", self.unit)
        if self.rules:
            identifiers("rules", self.rules)


@dataclass(frozen=True, slots=True)
class Give:
    """So many points, added after everything was multiplied."""

    points: int
    unit: str = "points"
    kind: Literal["give"] = "give"

    def __post_init__(self) -> None:
        between("points", self.points, 1)
        identifier("unit", self.unit)


@dataclass(frozen=True, slots=True)
class IssueVoucher:
    """A code for the member, good once for a reward, after `after_days` for `valid_days`.

    One for every whole `every_minor` of what is paid for the receipt; None: one.
    """

    reward: str
    valid_days: int = 30
    after_days: int = 0
    every_minor: int | None = None
    kind: Literal["issue_voucher"] = "issue_voucher"

    def __post_init__(self) -> None:
        identifier("reward", self.reward)
        between("valid_days", self.valid_days, 1, VALID_DAYS_MAX)
        between("after_days", self.after_days, 0, VALID_DAYS_MAX)
        if self.every_minor is not None:
            between("every_minor", self.every_minor, 1)


@dataclass(frozen=True, slots=True)
class DrawPrize:
    """A chance to win out of a pool of prizes leased to the till.

    One for every whole `every_minor` of what is paid for the receipt; None: one.
    """

    pool: str
    every_minor: int | None = None
    kind: Literal["draw_prize"] = "draw_prize"

    def __post_init__(self) -> None:
        identifier("pool", self.pool)
        if self.every_minor is not None:
            between("every_minor", self.every_minor, 1)


def check_only_once(field: str, gives: object) -> None:
    """Check that what is given for something else than a sale's money does not count it."""
    every = gives.every_minor if isinstance(gives, IssueVoucher | DrawPrize) else None
    if every is not None:
        raise WrongValue(f"{field}.every_minor", every, "nothing: only rules count money")


Effect = Annotated[
    Earn
    | Multiply
    | Give
    | IssueVoucher
    | DrawPrize
    | PercentOff
    | AmountOff
    | CheapestOff
    | BuyGet
    | MemberPrice
    | SetPrice
    | FreeItem,
    ByKind(),
]
