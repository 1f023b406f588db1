"""A sale as the screen holds it: immutable, one step at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.basket import LINES_MAX, QUANTITY_MAX, Line, Tender
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.usecases.act import ActDone
from pos_loyalty.usecases.greet import Greeting
from pos_loyalty.usecases.open_sale import OpenSale
from pos_loyalty.usecases.quote import Offer
from pos_loyalty.usecases.sell import SaleDone
from pos_loyalty.usecases.standing import MemberSeen


class Paper(Enum):
    """Where the receipt of the sale just done is."""

    PRINTING = "printing"
    PRINTED = "printed"
    WAITS = "waits"
    DOUBTFUL = "doubtful"
    NO_PRINTER = "no-printer"


@dataclass(frozen=True, slots=True)
class ClosedSale:
    """The sale just done, shown until the next begins. `rated` None: not yet."""

    done: SaleDone
    tenders: tuple[Tender, ...]
    paper: Paper = Paper.PRINTING
    rating: bool = False  # A mark is being given.
    rated: ActDone | None = None


@dataclass(frozen=True, slots=True)
class SaleModel:
    """Everything the sale screen is drawn from."""

    sale: OpenSale
    member: MemberSeen | None = None
    greeting: Greeting | None = None
    asked: bool = False  # A question was put to her on this visit: no second one is.
    offer: Offer | None = None
    typed: str = ""
    suggestions: tuple[ProductTold, ...] = ()
    searched: bool = False  # Whether `suggestions` are the answer to what is typed.
    chosen: int = 0
    current: int | None = None
    looking_up: bool = False
    giving: bool = False  # The typed text is the cash given.
    paying: bool = False
    by_card: int | None = None  # What it comes to when it is paid so, in minor units, if other.
    closed: ClosedSale | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The basket."""
        return self.sale.lines

    @property
    def quoted(self) -> bool:
        """Whether the offer is of this very basket and member."""
        offer = self.offer
        if offer is None or self.waits_for_member:
            return False
        return offer.asked.seen is self.member and offer.asked.lines == self.sale.lines

    @property
    def waits_for_member(self) -> bool:
        """Whether the sale names a member who is still being looked up."""
        return self.sale.member is not None and self.member is None

    @property
    def total_minor(self) -> int:
        """What is to pay; what members save is known with the quote only."""
        if self.quoted and self.offer is not None:
            return self.offer.quote.to_pay_minor
        return sum([line.net_minor for line in self.sale.lines])

    @property
    def empty(self) -> bool:
        """Whether there is nothing to lose."""
        return not self.sale.lines and self.sale.member is None


def with_typed(model: SaleModel, text: str) -> SaleModel:
    """Put something into the line for typing; what was found for other words goes."""
    return replace(model, typed=text, suggestions=(), searched=False, chosen=0)


def with_lines(model: SaleModel, lines: tuple[Line, ...], current: int | None) -> SaleModel:
    """Put other lines into the basket; the quote follows, and cash is counted anew.

    An amount half typed stays.
    """
    sale = replace(model.sale, lines=lines)
    changed = replace(model, sale=sale, current=current, giving=False, by_card=None)
    return with_typed(changed, "") if model.giving else changed


def with_member(model: SaleModel, seen: MemberSeen | None) -> SaleModel:
    """Let somebody else stand at the counter, or nobody; the basket stays."""
    member = None if seen is None else seen.member
    sale = replace(model.sale, member=member)
    if member == model.sale.member:  # Looked at again: what was asked stays asked.
        return replace(model, member=seen, sale=sale, by_card=None)
    sale = replace(sale, suggestion="", suggestion_answered=False)
    return replace(model, member=seen, sale=sale, greeting=None, asked=False, by_card=None)


def moved(model: SaleModel, step: int) -> SaleModel:
    """Go up or down: among suggestions while there are any, else among the lines."""
    if model.suggestions:
        return replace(model, chosen=(model.chosen + step) % len(model.suggestions))
    if model.lines:
        current = len(model.lines) - 1 if model.current is None else model.current + step
        return replace(model, current=current % len(model.lines))
    return model


def taken_back(model: SaleModel) -> SaleModel:
    """Take back one step of what is being typed: the text, then the cash given."""
    if model.typed:
        return with_typed(model, "")
    return replace(model, giving=False)


def add_line(model: SaleModel, line: Line) -> SaleModel:
    """Put a line into the basket; a product that is there already becomes one more of it."""
    if len(model.lines) >= LINES_MAX:
        return model
    for index, held in enumerate(model.lines):
        same = held.sku and held.sku == line.sku and held.price_minor == line.price_minor
        if same and held.quantity + line.quantity <= QUANTITY_MAX:
            more = replace(held, quantity=held.quantity + line.quantity)
            return with_lines(model, _replaced(model.lines, index, more), index)
    return with_lines(model, (*model.lines, line), len(model.lines))


def change_quantity(model: SaleModel, index: int, by: int) -> SaleModel:
    """Take more or less of a line; none left removes it."""
    if not 0 <= index < len(model.lines):
        return model
    held = model.lines[index]
    quantity = held.quantity + by
    if quantity <= 0:
        return remove_line(model, index)
    if quantity > QUANTITY_MAX:
        return model
    return with_lines(model, _replaced(model.lines, index, replace(held, quantity=quantity)), index)


def remove_line(model: SaleModel, index: int) -> SaleModel:
    """Take a line out."""
    if not 0 <= index < len(model.lines):
        return model
    lines = model.lines[:index] + model.lines[index + 1 :]
    return with_lines(model, lines, min(index, len(lines) - 1) if lines else None)


def product_line(product: ProductTold) -> Line:
    """One piece of a product."""
    return Line(
        name=product.name,
        price_minor=product.price_minor,
        quantity=Decimal(1),
        sku=product.sku,
        category=product.category,
        tax_rate=Fraction(product.tax_rate),
        brand=product.brand,
        labels=product.labels,
        unit=product.unit,
        cost_minor=product.cost_minor,
    )


def _replaced(lines: tuple[Line, ...], index: int, line: Line) -> tuple[Line, ...]:
    return (*lines[:index], line, *lines[index + 1 :])
