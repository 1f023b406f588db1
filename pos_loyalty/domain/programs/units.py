"""What a member collects: points, stars, stamps, money back; how long it lasts, when it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Annotated, Literal

from pos_loyalty.domain.programs.checks import DIVISOR_MAX, WrongValue, between, identifier, wording
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.wordings import Wording

PRECISION_MAX = 6
MONTHS_MAX = 1200
DAYS_MAX = 36500
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Months:
    """Each lot is gone so many months after its day."""

    months: int
    kind: Literal["months"] = "months"

    def __post_init__(self) -> None:
        between("months", self.months, 1, MONTHS_MAX)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """All lots are gone on this day of the year; those of the last `years` − 1 years stay."""

    month: int
    day: int
    years: int = 1
    kind: Literal["calendar_day"] = "calendar_day"

    def __post_init__(self) -> None:
        between("month", self.month, 1, 12)
        between("day", self.day, 1, DAYS_OF_MONTH[self.month - 1])
        between("years", self.years, 1, 100)


@dataclass(frozen=True, slots=True)
class Inactivity:
    """All lots are gone when nothing was bought for so many days."""

    days: int
    kind: Literal["inactivity"] = "inactivity"

    def __post_init__(self) -> None:
        between("days", self.days, 1, DAYS_MAX)


@dataclass(frozen=True, slots=True)
class ProgramEnd:
    """All lots are gone after the last day of redeeming."""

    kind: Literal["program_end"] = "program_end"


Expiry = Annotated[Months | CalendarDay | Inactivity | ProgramEnd, ByKind()]


class Usable(Enum):
    """When what was earned may be spent."""

    AT_ONCE = "at_once"  # Pays for the very receipt that earns it.
    NEXT_RECEIPT = "next_receipt"
    NEXT_DAY = "next_day"
    AFTER_DAYS = "after_days"
    ON_DELIVERY = "on_delivery"  # When the order is handed over.


@dataclass(frozen=True, slots=True)
class UnitOfAccount:
    """One thing that is counted. All figures are whole numbers of 10^-precision of it.

    `value_minor` is what one of its smallest steps is worth in money when spent; None: no money.
    """

    id: str = "points"
    name: Wording = field(default_factory=dict)
    precision: int = 0
    value_minor: Fraction | None = None
    status_only: bool = False  # Counts for tiers, is never spent.
    lasts: Expiry | None = None  # None: for ever.
    usable: Usable = Usable.NEXT_RECEIPT
    usable_after_days: int = 0

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("name", self.name)
        between("precision", self.precision, 0, PRECISION_MAX)
        if self.value_minor is not None:
            value, divisor = self.value_minor.as_integer_ratio()
            if value <= 0 or max(value, divisor) > DIVISOR_MAX:
                raise WrongValue("value_minor", str(self.value_minor), "more than 0")
        days = self.usable_after_days
        between("usable_after_days", days, 0, DAYS_MAX)
        if (days > 0) != (self.usable is Usable.AFTER_DAYS):
            raise WrongValue("usable_after_days", days, 'days with usable = "after_days", else 0')


POINTS = UnitOfAccount()
