"""What is being bought: lines, tenders, and the basket they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.texts import check_text

LINES_MAX = 500
QUANTITY_MAX = Decimal(100_000)
QUANTITY_DECIMALS_MAX = 6  # A gram in tonnes.
AMOUNT_MINOR_MAX = 10**12
TAX_RATE_DIVISOR_MAX = 10**6


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
        for text in (self.name, self.sku, self.category):
            check_text(text)
        decimals = self.quantity.as_tuple().exponent
        if not (isinstance(decimals, int) and decimals >= -QUANTITY_DECIMALS_MAX):
            raise ValueError(f"a quantity has at most {QUANTITY_DECIMALS_MAX} decimals")
        if not 0 < self.quantity <= QUANTITY_MAX:
            raise ValueError(f"a quantity lies between 0 and {QUANTITY_MAX}, not {self.quantity}")
        if not 0 <= self.price_minor <= AMOUNT_MINOR_MAX:
            raise ValueError(
                f"a price lies between 0 and {AMOUNT_MINOR_MAX}, not {self.price_minor}"
            )
        gross = self.gross_minor
        if gross > AMOUNT_MINOR_MAX:
            raise ValueError(f"a line comes to at most {AMOUNT_MINOR_MAX}, not {gross}")
        if not 0 <= self.discount_minor <= gross:
            raise ValueError(f"a discount lies between 0 and the line's {gross}")
        rate, divisor = self.tax_rate.as_integer_ratio()
        if not 0 <= rate <= divisor <= TAX_RATE_DIVISOR_MAX:
            raise ValueError(f"a tax rate lies between 0 and 1, not {self.tax_rate}")

    @property
    def gross_minor(self) -> int:
        """Quantity × price, halves up, before the discount."""
        if self.quantity == 1:  # Most lines; asked for often.
            return self.price_minor
        parts, whole = self.quantity.as_integer_ratio()
        return divide_half_up(parts * self.price_minor, whole)

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

    def __post_init__(self) -> None:
        if not 0 <= self.amount_minor <= AMOUNT_MINOR_MAX:
            raise ValueError(f"a payment lies between 0 and {AMOUNT_MINOR_MAX}")


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
        return sum([line.net_minor for line in self.lines])


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax rate's share of a total: net base and the tax in it."""

    rate: Fraction
    base_minor: int
    tax_minor: int


def tax_of(lines: tuple[Line, ...]) -> tuple[TaxPart, ...]:
    """Split the lines' totals by tax rate, highest first; base + tax is the total to the cent."""
    totals: dict[tuple[int, int], int] = {}  # By rate in lowest terms: hashing a Fraction is slow.
    for line in lines:
        rate = line.tax_rate.as_integer_ratio()
        totals[rate] = totals.get(rate, 0) + line.net_minor
    return tuple([_tax_part(*rate, totals[rate]) for rate in sorted(totals, key=_rank)])


def _rank(rate: tuple[int, int]) -> int:
    """Put high rates first: two that differ do so by at least 1 / TAX_RATE_DIVISOR_MAX²."""
    parts, whole = rate
    return -(parts * TAX_RATE_DIVISOR_MAX**2 // whole)


def _tax_part(rate: int, divisor: int, total_minor: int) -> TaxPart:
    tax = divide_half_up(total_minor * rate, divisor + rate)
    return TaxPart(Fraction(rate, divisor), total_minor - tax, tax)
