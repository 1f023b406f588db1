"""What is bought, and how it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from pos_loyalty.domain.programs.checks import (
    SMALLEST,
    between,
    identifier,
    identifiers,
    measure,
    some,
)
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection


class Tax(Enum):
    """Whether an amount is taken with its tax."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class MinimumAmount:
    """The lines come to at least so much, and to less than `below_minor`; None: open.

    Counted on what is left to pay when the rule's turn comes.
    """

    amount_minor: int
    below_minor: int | None = None
    lines: Selection = ALL_LINES
    tax: Tax = Tax.INCLUDED
    kind: Literal["minimum_amount"] = "minimum_amount"

    def __post_init__(self) -> None:
        between("amount_minor", self.amount_minor, 0)
        if self.below_minor is not None:
            between("below_minor", self.below_minor, self.amount_minor + 1)


@dataclass(frozen=True, slots=True)
class MinimumQuantity:
    """At least so many pieces, kilograms or litres of the lines are in the basket."""

    quantity: Decimal
    lines: Selection = ALL_LINES
    kind: Literal["minimum_quantity"] = "minimum_quantity"

    def __post_init__(self) -> None:
        measure("quantity", self.quantity, SMALLEST)


@dataclass(frozen=True, slots=True)
class PaidWith:
    """Paid with one of these: wholly, or `partly` is enough."""

    any_of: tuple[str, ...]
    partly: bool = False
    kind: Literal["tender"] = "tender"

    def __post_init__(self) -> None:
        identifiers("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class CodeEntered:
    """One of these codes was said or typed."""

    any_of: tuple[str, ...]
    kind: Literal["code"] = "code"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class VoucherShown:
    """A voucher for this reward was shown."""

    reward: str
    kind: Literal["voucher"] = "voucher"

    def __post_init__(self) -> None:
        identifier("reward", self.reward)
