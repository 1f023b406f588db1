"""One quote while it is worked out: the lines, what is left to pay for each, and who buys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.engine.choosing import selected
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.facts import UNKNOWN, MemberFacts
from pos_loyalty.domain.money import divide_half_up, share_ranked
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.domain.programs.settings import Prices


class Scene:
    """What the parts of the engine look at, and take from, in their turn."""

    __slots__ = (
        "_found",
        "_ranks",
        "basket",
        "charged",
        "day",
        "discounted",
        "facts",
        "free",
        "lines",
        "order_wide",
        "order_wide_by_rules",
        "program",
        "rate",
        "remaining",
    )

    def __init__(self, basket: Basket, facts: MemberFacts | None, program: Program) -> None:
        self.basket = basket
        self.facts = facts
        self.program = program
        self.day: date = basket.at.date()
        self.rate = _rate(basket, program, self.day)  # Of a basket's money to the program's.
        self.lines: Sequence[Line] = basket.lines
        self.charged = charged(basket.lines, program)
        self.remaining = list(self.charged)  # To pay for each line so far, tax included.
        self.discounted = self.charged  # To pay once rules have taken off, before rewards have.
        self.free = [0] * len(self.charged)  # Whole pieces of each line that cost nothing now.
        self.order_wide = [0] * len(self.charged)  # Taken off by what concerns all lines.
        self.order_wide_by_rules = self.order_wide  # The part of it that rules took.
        self._found: dict[int, Sequence[int]] = {}
        self._ranks: Sequence[int] | None = None

    def chosen(self, selection: Selection) -> Sequence[int]:
        """Tell the places of the lines that `selection`, a part of the program, is about."""
        found = self._found.get(id(selection))
        if found is None:
            if selection is ALL_LINES or selection == ALL_LINES:
                found = range(len(self.lines))
            else:
                found = selected(selection, self.lines, self.favourite())
            self._found[id(selection)] = found
        return found

    def means_all(self, selection: Selection) -> bool:
        """Whether a selection is about every line, whatever is bought."""
        return isinstance(self.chosen(selection), range)

    def favourite(self) -> str:
        """Tell the category the member chose; empty when there is none, or nobody knows."""
        chosen = None if self.facts is None else self.facts.favourite_category
        return chosen if isinstance(chosen, str) else ""

    def asks_unknown_favourite(self, selection: Selection) -> bool:
        """Whether the selection needs the member's choice, and the till does not know it."""
        if not selection.favourite:
            return False
        return self.facts is None or self.facts.favourite_category is UNKNOWN

    def to_pay(self, selection: Selection) -> int:
        """Sum what is left to pay for the lines of a selection."""
        chosen, remaining = self.chosen(selection), self.remaining
        if len(chosen) == len(remaining):
            return sum(remaining)
        return sum([remaining[i] for i in chosen])

    def without_tax(self, i: int, amount_minor: int) -> int:
        """Take the tax out of an amount that is paid for a line."""
        rate, divisor = self.lines[i].tax_rate.as_integer_ratio()
        return amount_minor - divide_half_up(amount_minor * rate, divisor + rate)

    def quantity(self, selection: Selection) -> Decimal:
        """Sum the quantities of the lines of a selection."""
        return sum((self.lines[i].quantity for i in self.chosen(selection)), Decimal(0))

    def in_program_money(self, amount_minor: int) -> Fraction | int:
        """Turn the basket's money into the program's."""
        over, under = self.rate
        return amount_minor if over == under else Fraction(amount_minor * over, under)

    def in_basket_money(self, amount_minor: int) -> int:
        """Turn an amount of the program into the basket's money, halves up."""
        over, under = self.rate
        return amount_minor if over == under else divide_half_up(amount_minor * under, over)

    def needed_for(self, amount_minor: Decimal | int) -> int:
        """Tell the least of the basket's money that comes to an amount of the program's."""
        over, under = self.rate
        parts, whole = amount_minor.as_integer_ratio()
        return -(-parts * under // (whole * over))

    def share(self, total: int, weights: Sequence[int]) -> tuple[int, ...]:
        """Share out over the lines, alike in whatever order they were scanned."""
        return share_ranked(total, weights, self.ranks)

    def ranks(self) -> Sequence[int]:
        """Rank the lines by what they are: for ties that must not depend on the order."""
        if self._ranks is None:
            lines = self.lines
            order = sorted(range(len(lines)), key=lambda i: _identity(lines[i]))
            ranks = [0] * len(lines)
            for rank, i in enumerate(order):
                ranks[i] = rank
            self._ranks = ranks
        return self._ranks


def charged(lines: Sequence[Line], program: Program) -> list[int]:
    """Tell what each line costs before the program takes anything off, tax included."""
    if program.settings.prices is Prices.TAX_ON_TOP:
        return [with_tax(line, line.net_minor) for line in lines]
    return [line.net_minor for line in lines]


def with_tax(line: Line, amount_minor: int) -> int:
    """Add a line's tax to an amount."""
    rate, divisor = line.tax_rate.as_integer_ratio()
    return divide_half_up(amount_minor * (divisor + rate), divisor)


def _identity(line: Line) -> tuple[object, ...]:
    return (
        line.sku,
        line.name,
        line.category,
        line.brand,
        line.labels,
        line.price_minor,
        line.quantity,
        line.discount_minor,
        line.tax_rate,
        line.unit,
    )


def _rate(basket: Basket, program: Program, day: date) -> tuple[int, int]:
    change = program.currency_change
    if change is not None and day >= change.on:
        if basket.currency != change.currency:
            raise CurrencyMismatch(expected=change.currency, found=basket.currency)
        return change.rate.as_integer_ratio()
    if basket.currency != program.currency:
        raise CurrencyMismatch(expected=program.currency, found=basket.currency)
    return 1, 1
