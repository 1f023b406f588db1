"""How much a benefit takes off each line of what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.engine.plan import rounded
from pos_loyalty.domain.engine.scene import Scene
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

Pieces = list[tuple[int, int, int]]  # (price of one in minor units, how many, place of the line)
ALL_SETS = 10**6


def taken_off(  # noqa: PLR0911 - one answer for each word
    benefit: Benefit, scene: Scene, times: int | None = None
) -> Sequence[int]:
    """Work out what `benefit` takes off each line; nothing where it cannot be used.

    `times` is how often it was redeemed; None: as often as it fits, for a rule.
    """
    match benefit:
        case PercentOff():
            return _percent(benefit, scene)
        case AmountOff(amount_minor, lines):
            amount = scene.in_basket_money(amount_minor) * (times or 1)
            return _shared(min(amount, scene.to_pay(lines)), lines, scene)
        case CheapestOff(rate, lines):
            return _cheapest(rate, lines, scene)
        case BuyGet():
            return _buy_get(benefit, scene, times)
        case MemberPrice(price_minor, lines):
            return _member_price(scene.in_basket_money(price_minor), lines, scene)
        case SetPrice():
            return _sets(benefit, scene, times)
        case FreeItem():
            return [0] * len(scene.lines)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(benefit)


def selections_of(benefit: Benefit) -> tuple[Selection, ...]:
    """Tell which lines a benefit is about."""
    return benefit.sets if isinstance(benefit, SetPrice) else (benefit.lines,)


def _percent(benefit: PercentOff, scene: Scene) -> Sequence[int]:
    part, whole = benefit.rate.as_integer_ratio()
    off = rounded(scene.to_pay(benefit.lines) * part, whole, benefit.rounding)
    if benefit.cap_minor is not None:
        off = min(off, scene.in_basket_money(benefit.cap_minor))
    return _shared(min(off, scene.to_pay(benefit.lines)), benefit.lines, scene)


def _shared(off: int, lines: Selection, scene: Scene) -> Sequence[int]:
    if not off:
        return [0] * len(scene.lines)
    weights = [0] * len(scene.lines)
    for i in scene.chosen(lines):
        weights[i] = scene.remaining[i]
    return scene.share(off, weights)


def _cheapest(rate: Fraction, lines: Selection, scene: Scene) -> Sequence[int]:
    off = [0] * len(scene.lines)
    pieces = _pieces(lines, scene)
    if pieces:
        price, _count, i = pieces[-1]
        part, whole = rate.as_integer_ratio()
        off[i] = rounded(price * part, whole, Rounding.HALF_UP)
    return off


def _pieces(lines: Selection, scene: Scene) -> Pieces:
    """List whole pieces that still cost something, dearest first; what is weighed is one piece."""
    found: list[tuple[int, int, int]] = []
    for i in scene.chosen(lines):
        quantity, remaining = scene.lines[i].quantity, scene.remaining[i]
        count = int(quantity) if quantity == int(quantity) else 1
        if remaining // count:
            found.append((remaining // count, count, i))
    ranks = scene.ranks()
    return sorted(found, key=lambda piece: (-piece[0], ranks[piece[2]]))


def _buy_get(benefit: BuyGet, scene: Scene, times: int | None) -> Sequence[int]:
    off = [0] * len(scene.lines)
    pieces = _pieces(benefit.lines, scene)
    groups = sum([count for _, count, _ in pieces]) // (benefit.buy + benefit.get)
    free = min(groups, times or groups) * benefit.get
    part, whole = benefit.rate.as_integer_ratio()
    for price, count, i in reversed(pieces):
        taken = min(free, count)
        off[i] = rounded(price * taken * part, whole, Rounding.HALF_UP)
        free -= taken
    return off


def _member_price(price_minor: int, lines: Selection, scene: Scene) -> Sequence[int]:
    off = [0] * len(scene.lines)
    for i in scene.chosen(lines):
        parts, whole = scene.lines[i].quantity.as_integer_ratio()
        off[i] = max(0, scene.remaining[i] - rounded(parts * price_minor, whole, Rounding.HALF_UP))
    return off


def _sets(benefit: SetPrice, scene: Scene, times: int | None) -> Sequence[int]:
    """Make sets of the dearest pieces, while each costs more than the set's price."""
    off = [0] * len(scene.lines)
    left = {i: count for one in benefit.sets for _, count, i in _pieces(one, scene)}
    choices = [_pieces(one, scene) for one in benefit.sets]
    price = scene.in_basket_money(benefit.price_minor)
    for _ in range(min(times or ALL_SETS, sum(left.values()))):
        picked: list[tuple[int, int]] = []
        for pieces in choices:
            piece = next(((each, i) for each, _, i in pieces if left[i]), None)
            if piece is None:
                return off
            left[piece[1]] -= 1
            picked.append(piece)
        saved = sum([each for each, _ in picked]) - price
        if saved <= 0:
            return off
        weights = [0] * len(off)
        for each, i in picked:
            weights[i] += each
        for i, part in enumerate(scene.share(saved, weights)):
            off[i] += part
    return off
