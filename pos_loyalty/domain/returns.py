"""What a sale comes to once goods of it are brought back: what remains is scored again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from pos_loyalty.domain.basket import Basket, Line, TaxPart, Wish, tax_of
from pos_loyalty.domain.engine.answer import FreeGoods, IssuedVoucher, Quote
from pos_loyalty.domain.engine.quoting import score
from pos_loyalty.domain.engine.redeeming import wishes_of
from pos_loyalty.domain.engine.scene import charged
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.lots import Draw
from pos_loyalty.domain.money import divide_half_up, share
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.settings import Returns
from pos_loyalty.domain.refusals import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SoldThen:
    """A sale, with what was known of its member, and the program in force, when it was made."""

    basket: Basket
    facts: MemberFacts | None
    program: Program | None


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came back of a sale earlier: how much of each line, and what was paid for it."""

    quantities: tuple[Decimal, ...]
    amount_minor: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What goods brought back give and take. Points are by unit; what is 0 is left out."""

    amount_minor: int  # Back to the buyer.
    lines_minor: tuple[int, ...]  # For each line of the sale; their sum is the amount.
    tax: tuple[TaxPart, ...]
    points_taken: Mapping[str, int]  # Earned by what came back.
    points_returned: Mapping[str, int]  # Redeemed for what came back.
    vouchers_returned: tuple[str, ...]  # Codes of those that paid for what came back.
    vouchers: tuple[IssuedVoucher, ...]  # No longer earned: withdrawn where not used yet.
    goods: tuple[FreeGoods, ...]  # No longer earned: to be brought back too.


@dataclass(frozen=True, slots=True)
class _Remains:
    """What is left of a sale after something came back."""

    lines_minor: Sequence[int]  # What the part of each line costs that came back.
    to_pay_minor: int
    earned: Mapping[str, int]
    redeemed: Mapping[str, int]
    vouchers: tuple[IssuedVoucher, ...]
    shown: tuple[str, ...]
    goods: tuple[FreeGoods, ...]


def take_back(
    sold: SoldThen, returned: Sequence[Decimal], before: BroughtBack | None = None
) -> TakenBack:
    """Work out what `returned`, a quantity for each line of the sale, gives back and takes.

    What remains is scored as it would have been scored then: a threshold that is no longer crossed
    gives nothing, and what is kept costs what it would have cost alone. Rewards are whole: as many
    as what remains still bears stay redeemed, the points of the others are given back where the
    program says so. No more money comes back than was paid, nor than the goods cost.

    Raises ValueError for more than was sold.
    """
    earlier = before or BroughtBack((Decimal(0),) * len(sold.basket.lines), 0)
    together = [a + b for a, b in zip(earlier.quantities, returned, strict=True)]
    for line, back, whole in zip(sold.basket.lines, returned, together, strict=True):
        if back < 0 or whole > line.quantity:
            raise ValueError(f"{whole} cannot come back of {line.quantity}")
    scored = score(sold.basket, sold.facts, sold.program)
    was, left = _remains(sold, scored, earlier.quantities), _remains(sold, scored, together)
    most = [b - a for a, b in zip(was.lines_minor, left.lines_minor, strict=True)]
    less = max(0, was.to_pay_minor - left.to_pay_minor)
    amount = min(sum(most), less, max(0, scored.to_pay_minor - earlier.amount_minor))
    lines = share(amount, most)
    keeps = sold.program is not None and sold.program.settings.returns is Returns.KEEP
    return TakenBack(
        amount_minor=amount,
        lines_minor=lines,
        tax=tuple([part for part in tax_of(sold.basket.lines, lines) if part.base_minor]),
        points_taken=_less(was.earned, left.earned),
        points_returned={} if keeps else _less(was.redeemed, left.redeemed),
        vouchers=_gone(was.vouchers, left.vouchers),
        vouchers_returned=_gone(was.shown, left.shown),
        goods=_gone_goods(was.goods, left.goods),
    )


def owed(taken: int, available: int) -> int:
    """Tell what of points taken back was spent already: the next earns pay for it."""
    return max(0, taken - max(0, available))


def refill(draws: Sequence[Draw], points: int) -> tuple[Draw, ...]:
    """Tell into which lots redeemed points go back, with the expiry they had: the last drawn first.

    Raises ValueError for more than was drawn.
    """
    back: list[Draw] = []
    for one in reversed(draws):
        if points > 0:
            into = min(points, one.points)
            back.append(Draw(one.event_id, into))
            points -= into
    if points > 0:
        raise ValueError(f"{points} more than was drawn")
    return tuple(back)


def _remains(sold: SoldThen, scored: Quote, returned: Sequence[Decimal]) -> _Remains:
    """Score what is left once so much came back of each line."""
    lines = sold.basket.lines
    costs = [_part(*one) for one in zip(_charged(sold), returned, lines, strict=True)]
    kept = [_kept(line, back) for line, back in zip(lines, returned, strict=True)]
    rest = replace(sold.basket, lines=tuple([line for line in kept if line is not None]))
    if not rest.lines:
        return _nothing_left(costs, scored)
    again = _again(rest, sold) if any(returned) else scored
    return _Remains(
        lines_minor=costs,
        to_pay_minor=again.to_pay_minor,
        earned={unit: min(points, scored.earned[unit]) for unit, points in again.earned.items()},
        redeemed=again.redeemed,
        vouchers=again.vouchers_issued,
        shown=tuple([one.voucher for one in again.redemptions if one.voucher]),
        goods=again.goods,
    )


def _nothing_left(costs: Sequence[int], scored: Quote) -> _Remains:
    """Keep only rewards that took nothing off: a gift is not brought back with the goods."""
    apart = [one for one in scored.redemptions if not one.discount_minor]
    redeemed: dict[str, int] = {}
    for one in apart:
        for unit, cost in one.cost.items():
            redeemed[unit] = redeemed.get(unit, 0) + cost
    bought = {one.reward for one in apart}
    vouchers = tuple([one for one in scored.vouchers_issued if one.rule in bought])
    return _Remains(
        lines_minor=costs,
        to_pay_minor=sum([one.pay_minor for one in apart]),
        earned={},
        redeemed=redeemed,
        vouchers=vouchers,
        shown=tuple([one.voucher for one in apart if one.voucher]),
        goods=(),
    )


def _charged(sold: SoldThen) -> Sequence[int]:
    if sold.program is None:
        return [line.net_minor for line in sold.basket.lines]
    return charged(sold.basket.lines, sold.program)


def _part(amount: int, back: Decimal, line: Line) -> int:
    """Tell what so much of a line comes to."""
    over, under = (Fraction(back) / Fraction(line.quantity)).as_integer_ratio()
    return divide_half_up(amount * over, under)


def _kept(line: Line, back: Decimal) -> Line | None:
    """Tell what stays of a line, its discount in proportion. None: all of it came back."""
    quantity = line.quantity - back
    if not quantity:
        return None
    whole = replace(line, quantity=quantity, discount_minor=0)
    discount = line.discount_minor - _part(line.discount_minor, back, line)
    return replace(whole, discount_minor=min(discount, whole.gross_minor))


def _again(rest: Basket, sold: SoldThen) -> Quote:
    """Score what remains with as many of the rewards as it bears, in the order of the wishes."""
    granted: tuple[Wish, ...] = ()
    best = _wishing(granted, rest, sold)
    for wish in () if sold.program is None else wishes_of(rest, sold.program):
        low, high = 0, wish.times
        while low < high:  # Halves what is left: at most 20 times.
            times = (low + high + 1) // 2
            try:
                best = _wishing((*granted, replace(wish, times=times)), rest, sold)
                low = times
            except Refused:
                high = times - 1
        if low:
            granted = (*granted, replace(wish, times=low))
    return best


def _wishing(wishes: tuple[Wish, ...], rest: Basket, sold: SoldThen) -> Quote:
    """Score what remains with these wishes alone: a voucher that is shown would be another."""
    codes = {wish.voucher for wish in wishes}
    shown = tuple([one for one in rest.vouchers if one.code in codes])
    return score(replace(rest, redeem=wishes, vouchers=shown), sold.facts, sold.program)


def _less(had: Mapping[str, int], left: Mapping[str, int]) -> Mapping[str, int]:
    """Tell by how much each is less than it was; what is not is left out."""
    return {
        unit: points - left.get(unit, 0)
        for unit, points in had.items()
        if points > left.get(unit, 0)
    }


def _gone_goods(had: Sequence[FreeGoods], left: Sequence[FreeGoods]) -> tuple[FreeGoods, ...]:
    pieces = [Counter[str](), Counter[str]()]
    for counts, goods in zip(pieces, (had, left), strict=True):
        for one in goods:
            counts[one.sku] += one.quantity
    return tuple([FreeGoods(sku, count) for sku, count in (pieces[0] - pieces[1]).items()])


def _gone(had: Sequence[T], left: Sequence[T]) -> tuple[T, ...]:
    """Tell what is no longer there, as often as it is not."""
    return tuple((Counter(had) - Counter(left)).elements())
