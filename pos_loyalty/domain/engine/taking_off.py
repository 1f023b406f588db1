"""How much a benefit takes off each line of what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.engine.making_sets import sets_made, sets_off
from pos_loyalty.domain.engine.pieces import no_more_than, pieces_of, whole_pieces
from pos_loyalty.domain.engine.plan import rounded
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    Rounding,
    SetPrice,
)
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.settings import Prices


def taken_off(  # noqa: PLR0911 - one answer for each word
    benefit: Benefit, scene: Scene, times: int | None = None
) -> Sequence[int]:
    """Work out what `benefit` takes off each line; nothing where it cannot be used.

    `times` is how often at most; None: as often as it fits, for a rule. A share, or a price, is
    taken once, whatever `times` is.
    """
    match benefit:
        case PercentOff():
            return _percent(benefit, scene)
        case AmountOff(amount_minor, lines):
            amount = scene.in_basket_money(amount_minor) * (times or 1)
            return _shared(min(amount, scene.to_pay(lines)), lines, scene)
        case CheapestOff(rate, lines):
            return _cheapest(times or 1, rate, lines, scene)
        case BuyGet(buy, get, lines, rate):
            groups = whole_pieces(lines, scene) // (buy + get)
            return _cheapest(no_more_than(times, groups) * get, rate, lines, scene)
        case MemberPrice():
            return _member_price(benefit, scene)
        case SetPrice():
            return sets_off(benefit, scene, times)
        case FreeItem():
            return [0] * len(scene.lines)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(benefit)


def fits(benefit: CheapestOff | BuyGet | SetPrice, scene: Scene) -> int:
    """Tell how often a benefit that is about pieces can be used."""
    match benefit:
        case CheapestOff(_, lines):
            return whole_pieces(lines, scene)
        case BuyGet(buy, get, lines):
            return whole_pieces(lines, scene) // (buy + get)
        case SetPrice():
            return sets_made(benefit, scene)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(benefit)


def selections_of(benefit: Benefit) -> tuple[Selection, ...]:
    """Tell which lines a benefit is about."""
    return benefit.sets if isinstance(benefit, SetPrice) else (benefit.lines,)


def made_free(benefit: CheapestOff | BuyGet, off: Sequence[int], scene: Scene) -> Sequence[int]:
    """Count the whole pieces of each line that `off`, still to be taken, hands over for nothing."""
    counts = [0] * len(off)
    if benefit.rate == 1:
        for _, count, i in pieces_of(benefit.lines, scene):
            counts[i] = divide_half_up(off[i] * count, scene.remaining[i])
    return counts


def _percent(benefit: PercentOff, scene: Scene) -> Sequence[int]:
    part, whole = benefit.rate.as_integer_ratio()
    to_pay = scene.to_pay(benefit.lines)
    off = rounded(to_pay * part, whole, benefit.rounding)
    if benefit.cap_minor is not None:
        off = min(off, scene.in_basket_money(benefit.cap_minor))
    return _shared(off, benefit.lines, scene)


def _shared(off: int, lines: Selection, scene: Scene) -> Sequence[int]:
    if not off:
        return [0] * len(scene.lines)
    weights = [0] * len(scene.lines)
    for i in scene.chosen(lines):
        weights[i] = scene.remaining[i]
    return scene.share(off, weights)


def _cheapest(how_many: int, rate: Fraction, lines: Selection, scene: Scene) -> Sequence[int]:
    """Take a share off so many of the cheapest pieces."""
    off = [0] * len(scene.lines)
    part, whole = rate.as_integer_ratio()
    for _, count, i in reversed(pieces_of(lines, scene)):
        taken = min(how_many, count)
        off[i] = rounded(scene.remaining[i] * taken * part, count * whole, Rounding.HALF_UP)
        how_many -= taken
    return off


def _member_price(benefit: MemberPrice, scene: Scene) -> Sequence[int]:
    """Lower the price of every piece that is not free already."""
    off = [0] * len(scene.lines)
    price = scene.in_basket_money(benefit.price_minor)
    on_top = scene.program.settings.prices is Prices.TAX_ON_TOP
    for i in scene.chosen(benefit.lines):
        line = scene.lines[i]
        pieces = max(Decimal(0), line.quantity - scene.free[i])  # What is weighed is one piece.
        parts, whole = pieces.as_integer_ratio()
        if on_top:
            rate, divisor = line.tax_rate.as_integer_ratio()
            parts, whole = parts * (divisor + rate), whole * divisor
        off[i] = max(0, scene.remaining[i] - rounded(parts * price, whole, Rounding.HALF_UP))
    return off
