"""What an order at the counter of a case comes to: wishes and payments made exact, then quoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pos_loyalty.domain.basket import Basket, Tender, TenderKind, Wish
from pos_loyalty.domain.engine.affording import purse
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import InsufficientPoints, Refused
from pos_loyalty.lab.cases.goods import TenderSaid, WishSaid
from pos_loyalty.lab.cases.standing import known

NOBODY = ""
NO_CODE = "none"  # Of a voucher that nobody has.
Points = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Order:
    """A basket as it stands at the counter. `kept` was granted before, `wishes` are new."""

    program: Program
    basket: Basket
    member: str = NOBODY
    kept: tuple[Wish, ...] = ()
    wishes: tuple[WishSaid, ...] = ()
    tenders: tuple[TenderSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """An order with everything exact, what it comes to, and what stored value pays of it."""

    order: Order
    quote: Quote
    paid: Points


def work_out(order: Order, facts: MemberFacts | None) -> WorkedOut:
    """Quote an order. What was granted before and can no longer be had falls off the bill.

    Raises Refused for what is wished for anew, and for more stored value than there is.
    """
    program = order.program
    total = order.basket.total_minor
    paying = tuple(
        Tender(one.kind, one.amount_minor if one.amount_minor is not None else total, one.unit)
        for one in order.tenders
    )
    basket = replace(order.basket, tenders=paying, redeem=())
    basket = granted(basket, order.kept, facts, program)
    for said in order.wishes:
        basket = _wishing(basket, said, facts, program)
    answer = quote(basket, facts, program)
    exact = _exact(order.tenders, answer.to_pay_minor)
    if exact != paying:
        basket = replace(basket, tenders=exact)
        answer = quote(basket, facts, program)
    paid = _from_stored_value(basket, facts, program)
    return WorkedOut(replace(order, basket=basket, kept=basket.redeem, wishes=()), answer, paid)


def granted(
    basket: Basket, wishes: Sequence[Wish], facts: MemberFacts | None, program: Program
) -> Basket:
    """Wish for what can be had of `wishes`, one after the other."""
    for wish in wishes:
        wishing = replace(basket, redeem=(*basket.redeem, wish))
        if _is_granted(wishing, facts, program):
            basket = wishing
    return basket


def _is_granted(basket: Basket, facts: MemberFacts | None, program: Program) -> bool:
    try:
        quote(basket, facts, program)
    except Refused:
        return False
    return True


def _wishing(basket: Basket, said: WishSaid, facts: MemberFacts | None, program: Program) -> Basket:
    """Add a wish; one for no times at all is none."""
    code = said.voucher
    if said.own_voucher:
        held = known(facts.vouchers_held) if facts is not None else ()
        code = next((one.code for one in held if one.reward == said.reward), NO_CODE)

    def wishing(times: int) -> Basket:
        wish = Wish(said.reward, times, said.choice, code)
        return replace(basket, redeem=(*basket.redeem, wish))

    if said.times is not None:
        return wishing(said.times) if said.times else basket
    states = quote(basket, facts, program).rewards
    most = next((one.affordable_times for one in states if one.id == said.reward), 0)
    times = _largest(most, lambda times: _is_granted(wishing(times), facts, program))
    return wishing(times) if times else basket


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """Find the largest number up to `most` that fits; if one fits all below it do."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if fits(middle):
            least = middle
        else:
            most = middle - 1
    return least


def _exact(tenders: Sequence[TenderSaid], to_pay_minor: int) -> tuple[Tender, ...]:
    """Let payments of no told amount pay the rest, the first all of it."""
    rest = to_pay_minor - sum(one.amount_minor or 0 for one in tenders)
    exact = []
    for one in tenders:
        amount = one.amount_minor
        if amount is None:
            amount, rest = max(0, rest), 0
        exact.append(Tender(one.kind, amount, one.unit))
    return tuple(exact)


def _from_stored_value(basket: Basket, facts: MemberFacts | None, program: Program) -> Points:
    """Tell what stored value pays, in points of its units. Raises Refused."""
    paid = paid_of(basket, basket.total_minor, program)
    scene = Scene(basket, facts, program)
    for name, wanted in paid.items():
        unit = program.unit_named(name)
        usable = 0 if unit is None else purse(unit, scene, 0).usable or 0
        if wanted > usable:
            raise Refused(InsufficientPoints("stored-value", name, wanted, usable))
    return paid


def paid_of(basket: Basket, to_pay_minor: int, program: Program) -> Points:
    """Tell what stored value pays of so much, in points of its units."""
    paid: dict[str, int] = {}
    for tender in basket.tenders:
        if tender.kind != TenderKind.STORED_VALUE:
            continue
        name = tender.unit or program.main_unit.id
        unit = program.unit_named(name)
        value = Fraction(1) if unit is None or unit.value_minor is None else unit.value_minor
        amount = min(tender.amount_minor, to_pay_minor)
        to_pay_minor -= amount
        paid[name] = paid.get(name, 0) + -int(-amount // value)  # A part of a step is a whole one.
    return paid
