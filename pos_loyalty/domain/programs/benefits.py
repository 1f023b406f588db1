"""What a reward or an offer takes off the bill, or puts into the bag."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Annotated, Literal

from pos_loyalty.domain.programs.checks import (
    DIVISOR_MAX,
    SMALLEST,
    WrongValue,
    at_most,
    between,
    measure,
    some,
)
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection

SETS_MAX = 20  # Pieces of one set.


class Rounding(Enum):
    """What becomes of a part of the smallest unit."""

    FLOOR = "floor"
    HALF_UP = "half_up"
    CEIL = "ceil"


def check_rate(field: str, rate: Fraction) -> None:
    """Check a share of the whole: more than nothing, at most all of it."""
    part, whole = rate.as_integer_ratio()
    if not 0 < part <= whole <= DIVISOR_MAX:
        raise WrongValue(field, str(rate), "more than 0, at most 1 (0.10 is ten percent)")


@dataclass(frozen=True, slots=True)
class PercentOff:
    """A share off what is left to pay for the lines, at most `cap_minor`."""

    rate: Fraction
    lines: Selection = ALL_LINES
    cap_minor: int | None = None
    rounding: Rounding = Rounding.HALF_UP  # Of the discount: "ceil" is in the buyer's favour.
    kind: Literal["percent_off"] = "percent_off"

    def __post_init__(self) -> None:
        check_rate("rate", self.rate)
        if self.cap_minor is not None:
            between("cap_minor", self.cap_minor, 1)


@dataclass(frozen=True, slots=True)
class AmountOff:
    """A fixed amount off the lines; never more than is left to pay for them."""

    amount_minor: int
    lines: Selection = ALL_LINES
    kind: Literal["amount_off"] = "amount_off"

    def __post_init__(self) -> None:
        between("amount_minor", self.amount_minor, 1)


@dataclass(frozen=True, slots=True)
class CheapestOff:
    """A share off the cheapest piece among the lines that is not free already."""

    rate: Fraction
    lines: Selection = ALL_LINES
    kind: Literal["cheapest_off"] = "cheapest_off"

    def __post_init__(self) -> None:
        check_rate("rate", self.rate)


@dataclass(frozen=True, slots=True)
class BuyGet:
    """Of every `buy` + `get` whole pieces in the basket the cheapest `get` are reduced."""

    buy: int
    get: int
    lines: Selection = ALL_LINES
    rate: Fraction = Fraction(1)
    kind: Literal["buy_get"] = "buy_get"

    def __post_init__(self) -> None:
        between("buy", self.buy, 1, 1000)
        between("get", self.get, 1, 1000)
        check_rate("rate", self.rate)


@dataclass(frozen=True, slots=True)
class MemberPrice:
    """Each piece of the lines costs `price_minor`, where it cost more."""

    price_minor: int
    lines: Selection
    kind: Literal["member_price"] = "member_price"

    def __post_init__(self) -> None:
        between("price_minor", self.price_minor, 0)
        if self.lines == ALL_LINES:
            raise WrongValue("lines", "all lines", "the lines that have this price")


@dataclass(frozen=True, slots=True)
class SetPrice:
    """One whole piece out of each of the selections together cost `price_minor`."""

    price_minor: int
    sets: tuple[Selection, ...]
    kind: Literal["set_price"] = "set_price"

    def __post_init__(self) -> None:
        between("price_minor", self.price_minor, 0)
        some("sets", self.sets)
        at_most("sets", self.sets, SETS_MAX)


@dataclass(frozen=True, slots=True)
class FreeItem:
    """So many of a product are handed over, beside what is paid; one of them when several.

    `every`: once for each so many whole pieces of the lines in the basket; None: once.
    """

    skus: tuple[str, ...]
    quantity: int = 1
    every: Decimal | None = None
    lines: Selection = ALL_LINES
    kind: Literal["free_item"] = "free_item"

    def __post_init__(self) -> None:
        some("skus", self.skus)
        between("quantity", self.quantity, 1, 10000)
        if self.every is not None:
            measure("every", self.every, SMALLEST)


Benefit = Annotated[
    PercentOff | AmountOff | CheapestOff | BuyGet | MemberPrice | SetPrice | FreeItem, ByKind()
]
