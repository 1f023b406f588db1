"""What is being bought: lines, tenders, and the basket they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.money import half_up

LINES_MAX = 500
QUANTITY_MAX = Decimal(100_000)
AMOUNT_MINOR_MAX = 10**12


@dataclass(frozen=True, slots=True)
class Line:
    """One product, or one amount, in a basket. `price_minor` is per unit, tax included."""

    name: str
    price_minor: int
    quantity: Decimal = Decimal(1)
    discount_minor: int = 0
    sku: str = ""  # Empty: an amount the cashier typed.
    category: str = ""  # A path, as in "grocery/coffee". Empty: none.
    tax_rate: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not 0 < self.quantity <= QUANTITY_MAX:
            raise ValueError(f"a quantity lies between 0 and {QUANTITY_MAX}, not {self.quantity}")
        if not 0 <= self.price_minor <= AMOUNT_MINOR_MAX:
            raise ValueError(
                f"a price lies between 0 and {AMOUNT_MINOR_MAX}, not {self.price_minor}"
            )
        if not 0 <= self.discount_minor <= self.gross_minor:
            raise ValueError(f"a discount lies between 0 and the line's {self.gross_minor}")
        if not 0 <= self.tax_rate <= 1:
            raise ValueError(f"a tax rate lies between 0 and 1, not {self.tax_rate}")

    @property
    def gross_minor(self) -> int:
        """Quantity × price, halves up, before the discount."""
        return half_up(Fraction(self.quantity) * self.price_minor)

    @property
    def net_minor(self) -> int:
        """What is paid for the line."""
        return self.gross_minor - self.discount_minor


class TenderKind(Enum):
    """How a part of the sale was paid."""

    CASH = "cash"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment towards the total; change is what cash exceeds it by."""

    kind: TenderKind
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything a quote depends on besides the member and the program."""

    at: datetime
    store: StoreId
    zone: str  # The store's IANA time zone.
    currency: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a basket's instant says its time zone")
        if len(self.lines) > LINES_MAX:
            raise ValueError(f"a basket holds at most {LINES_MAX} lines, not {len(self.lines)}")

    @property
    def total_minor(self) -> int:
        """What is to pay."""
        return sum(line.net_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax rate's share of a total: net base and the tax in it."""

    rate: Fraction
    base_minor: int
    tax_minor: int


def tax_of(lines: tuple[Line, ...]) -> tuple[TaxPart, ...]:
    """Split the lines' totals by tax rate, highest first; base + tax is the total to the cent."""
    totals: dict[Fraction, int] = {}
    for line in lines:
        totals[line.tax_rate] = totals.get(line.tax_rate, 0) + line.net_minor
    parts = []
    for rate, total in sorted(totals.items(), reverse=True):
        tax = half_up(total * rate / (1 + rate))
        parts.append(TaxPart(rate, total - tax, tax))
    return tuple(parts)
