"""What is being bought: lines, tenders, and the basket they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.texts import check_text

LINES_MAX = 500
LABELS_MAX = 20
PIECE = "piece"
CODES_MAX = 50
TIMES_MAX = 10**6
FIGURES_MAX = 1000
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
    brand: str = ""
    labels: tuple[str, ...] = ()
    unit: str = PIECE  # What is counted: piece, kg, litre …
    cost_minor: int | None = None  # What one costs the shop. None: not told.

    def __post_init__(self) -> None:
        for text in (self.name, self.sku, self.category, self.brand, self.unit, *self.labels):
            check_text(text)
        if len(self.labels) > LABELS_MAX:
            raise ValueError(f"a line has at most {LABELS_MAX} labels, not {len(self.labels)}")
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


class TenderKind(StrEnum):
    """How a part of the sale was paid."""

    CASH = "cash"
    CARD = "card"
    MEMBER_CARD = "member_card"
    PARTNER_CARD = "partner_card"
    STORED_VALUE = "stored_value"  # Money on the member's account or on a gift card.


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment towards the total; change is what cash exceeds it by.

    `kind` is a TenderKind or a shop's own word; `unit` is the account that stored value is on.
    """

    kind: str
    amount_minor: int
    unit: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.amount_minor <= AMOUNT_MINOR_MAX:
            raise ValueError(f"a payment lies between 0 and {AMOUNT_MINOR_MAX}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A reward to be redeemed; `choice` is the product when there are several to choose from."""

    reward: str
    times: int = 1
    choice: str = ""
    voucher: str = ""  # The code of a voucher that pays for it. Empty: points do.

    def __post_init__(self) -> None:
        if not 1 <= self.times <= TIMES_MAX:
            raise ValueError(f"a reward is redeemed 1 to {TIMES_MAX} times, not {self.times}")


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything a quote depends on besides the member and the program.

    `at` is told in the store's own time zone: its date is the business day.
    """

    at: datetime
    store: StoreId
    currency: str
    lines: tuple[Line, ...]
    channel: str = "till"
    event: str = "sale"
    tenders: tuple[Tender, ...] = ()
    codes: tuple[str, ...] = ()
    vouchers: tuple[Voucher, ...] = ()  # Shown at the counter, found good by whoever issued them.
    redeem: tuple[Wish, ...] = ()
    figures: Mapping[str, int] = field(
        default_factory=dict
    )  # What the server publishes about all members.

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a basket's instant says its time zone")
        if len(self.lines) > LINES_MAX:
            raise ValueError(f"a basket holds at most {LINES_MAX} lines, not {len(self.lines)}")
        for many in (self.codes, self.vouchers, self.redeem, self.tenders):
            if len(many) > CODES_MAX:
                raise ValueError(f"at most {CODES_MAX} codes, vouchers, wishes or tenders")
        if len(self.figures) > FIGURES_MAX:
            raise ValueError(f"at most {FIGURES_MAX} figures")

    @property
    def day(self) -> date:
        """The business day."""
        return self.at.date()

    @property
    def total_minor(self) -> int:
        """What the lines come to before any program."""
        return sum([line.net_minor for line in self.lines])


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax rate's share of a total: net base and the tax in it."""

    rate: Fraction
    base_minor: int
    tax_minor: int


def tax_of(lines: Sequence[Line], paid_minor: Sequence[int] | None = None) -> tuple[TaxPart, ...]:
    """Split what is paid by tax rate, highest first; base + tax is the total to the cent.

    `paid_minor` is what is paid for each line, tax included; None: their own net.
    """
    paid = [line.net_minor for line in lines] if paid_minor is None else paid_minor
    if not lines:
        return ()
    first = lines[0].tax_rate
    if all(line.tax_rate is first for line in lines):  # Most baskets have one rate.
        return (_tax_part(first, *first.as_integer_ratio(), sum(paid)),)
    totals: dict[tuple[int, int], int] = {}  # By rate in lowest terms: hashing a Fraction is slow.
    rates: dict[tuple[int, int], Fraction] = {}
    for line, amount in zip(lines, paid, strict=True):
        rate = line.tax_rate.as_integer_ratio()
        totals[rate] = totals.get(rate, 0) + amount
        rates[rate] = line.tax_rate
    highest_first = sorted(totals, key=_rank) if len(totals) > 1 else totals
    return tuple([_tax_part(rates[rate], *rate, totals[rate]) for rate in highest_first])


def _rank(rate: tuple[int, int]) -> int:
    """Put high rates first: two that differ do so by at least 1 / TAX_RATE_DIVISOR_MAX²."""
    parts, whole = rate
    return -(parts * TAX_RATE_DIVISOR_MAX**2 // whole)


def _tax_part(rate: Fraction, parts: int, whole: int, total_minor: int) -> TaxPart:
    tax = divide_half_up(total_minor * parts, whole + parts)
    return TaxPart(rate, total_minor - tax, tax)
