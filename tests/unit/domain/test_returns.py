"""Goods brought back: money, tax and points of what came back, and nothing to gain by it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, TaxPart, Wish
from pos_loyalty.domain.engine.answer import FreeGoods
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts, Voucher
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.lots import Draw
from pos_loyalty.domain.programs.benefits import AmountOff, BuyGet, FreeItem, PercentOff
from pos_loyalty.domain.programs.effects import Earn, Give, IssueVoucher
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Donate, Reward
from pos_loyalty.domain.programs.settings import EarnAndRedeem, Returns, Settings
from pos_loyalty.domain.returns import BroughtBack, SoldThen, TakenBack, owed, refill, take_back
from tests.fakes.programs import PER_EURO, VAT, basket_of, bought, member, program_of
from tests.fakes.random_programs import some_basket, some_member, some_program

RICH = member(balances={"points": 9000})
VOUCHER = Reward("voucher-27", AmountOff(2700), 3000)
NONE, ONE = Decimal(0), Decimal(1)


def back(program: Program | None, basket: Basket, *returned: str | int) -> TakenBack:
    """Bring back so much of each line."""
    quantities = [Decimal(one) for one in returned]
    return take_back(SoldThen(basket, RICH, program), quantities)


def test_half_of_a_hundred_euro_takes_back_fifty_points() -> None:
    basket = basket_of(bought(5000, 2, tax_rate=VAT))

    taken = back(program_of(PER_EURO), basket, 1)

    assert (taken.amount_minor, taken.points_taken) == (5000, {"points": 50})
    assert taken.tax == (TaxPart(VAT, 4098, 902),)


@pytest.mark.parametrize(
    ("rule", "amount", "returned", "points"),
    [
        (PER_EURO, 2000, 1, 10),
        (Rule("above", Earn(Fraction(2), Decimal(100), above=Decimal(500))), 1000, 1, 10),
        (Rule("from-20", Earn(Fraction(1), Decimal(100)), (MinimumAmount(2000),)), 2000, 1, 20),
        (Rule("flat", Give(7), (MinimumAmount(1000),)), 2000, 1, 0),
        (Rule("flat", Give(7), (MinimumAmount(1001),)), 2000, 1, 7),
    ],
)
def test_points_are_those_by_which_what_remains_earns_less(
    rule: Rule, amount: int, returned: int, points: int
) -> None:
    basket = basket_of(bought(amount // 2, 2))

    taken = back(program_of(rule), basket, returned)

    assert taken.points_taken == ({"points": points} if points else {})


def test_a_discount_that_is_no_longer_earned_is_kept_back() -> None:
    rule = Rule("ten", AmountOff(1000), (MinimumAmount(5000),))

    taken = back(program_of(rule), basket_of(bought(3000), bought(2000)), 0, 1)

    assert taken.amount_minor == 1000
    assert taken.lines_minor == (0, 1000)


def test_the_piece_that_was_free_is_paid_when_the_others_come_back() -> None:
    rule = Rule("third", BuyGet(2, 1))

    taken = back(program_of(rule), basket_of(bought(300), bought(200), bought(100)), 1, 1, 0)

    assert taken.amount_minor == 400


def test_a_weighed_and_reduced_line_comes_back_in_part() -> None:
    line = bought(1000, "1.5", discount_minor=300)

    taken = back(None, basket_of(line), "0.5")

    assert (taken.amount_minor, taken.points_taken) == (400, {})


def test_points_that_paid_for_what_came_back_are_given_back_whole_rewards_at_a_time() -> None:
    program = program_of(PER_EURO, rewards=(VOUCHER,))
    lines = bought(5000), bought(5000)
    basket = replace(basket_of(*lines), redeem=(Wish("voucher-27", 3),))

    half, all_of_it = back(program, basket, 1, 0), back(program, basket, 1, 1)

    assert half.points_returned == {"points": 3000}
    assert half.amount_minor == 1900
    assert all_of_it.points_returned == {"points": 9000}
    assert (all_of_it.amount_minor, all_of_it.points_taken) == (1900, {"points": 19})


def test_points_stay_spent_where_the_program_says_so() -> None:
    keeps = Settings(returns=Returns.KEEP)
    program = program_of(PER_EURO, rewards=(VOUCHER,), settings=keeps)
    basket = replace(basket_of(bought(5000)), redeem=(Wish("voucher-27"),))

    assert back(program, basket, 1).points_returned == {}


def test_a_gift_does_not_come_back_with_the_goods() -> None:
    program = program_of(rewards=(Reward("tree", Donate("trees"), 40), VOUCHER))
    basket = replace(basket_of(bought(5000)), redeem=(Wish("tree"), Wish("voucher-27")))

    assert back(program, basket, 1).points_returned == {"points": 3000}


def test_a_voucher_that_paid_is_good_again_and_one_that_was_earned_is_withdrawn() -> None:
    earned = Rule("come-again", IssueVoucher("free"), (MinimumAmount(1000),))
    free = Reward("free", AmountOff(500), voucher_only=True, when=(MinimumAmount(3000),))
    program = program_of(earned, rewards=(free,))
    basket = replace(basket_of(bought(2000), bought(2000)), vouchers=(Voucher("V1", "free"),))

    half, all_of_it = back(program, basket, 1, 0), back(program, basket, 1, 1)

    assert (half.vouchers_returned, half.vouchers) == (("V1",), ())
    assert all_of_it.vouchers_returned == ("V1",)
    assert [one.reward for one in all_of_it.vouchers] == ["free"]


def test_a_present_that_is_no_longer_earned_is_asked_back() -> None:
    program = program_of(Rule("mugs", FreeItem(("mug",), every=Decimal(2))))

    taken = back(program, basket_of(bought(100, 4)), 2)

    assert taken.goods == (FreeGoods("mug", 1),)


def test_a_sale_without_a_program_gives_back_its_price() -> None:
    assert back(None, basket_of(bought(300), bought(200)), 0, 1).amount_minor == 200


@pytest.mark.parametrize("returned", [-1, 3])
def test_no_more_comes_back_than_was_sold(returned: int) -> None:
    with pytest.raises(ValueError, match="cannot come back"):
        back(None, basket_of(bought(100, 2)), returned)


def test_what_came_back_before_is_not_paid_twice() -> None:
    sold = SoldThen(basket_of(bought(1000, 3)), RICH, program_of(PER_EURO))

    before = BroughtBack((Decimal(2),), 2000)

    second = take_back(sold, [ONE], before)

    assert (second.amount_minor, second.points_taken) == (1000, {"points": 10})
    with pytest.raises(ValueError, match="cannot come back"):
        take_back(sold, [Decimal(2)], before)


def test_what_remains_never_earns_more_than_the_sale_did() -> None:
    either = Settings(earn_and_redeem=EarnAndRedeem.EITHER)
    half = Reward("half", PercentOff(Fraction(1, 2)), 10, when=(MinimumAmount(2000),))
    program = program_of(PER_EURO, rewards=(half,), settings=either)
    basket = replace(basket_of(bought(1000), bought(1000)), redeem=(Wish("half"),))

    taken = back(program, basket, 1, 0)

    assert (taken.points_taken, taken.points_returned) == ({}, {"points": 10})
    assert taken.amount_minor == 0  # What is kept costs its full price: as much as was paid.


@settings(max_examples=80)
@given(some_basket, some_member, some_program, st.data())
def test_nobody_gains_by_bringing_goods_back_piece_by_piece(
    basket: Basket, facts: MemberFacts, program: Program, data: st.DataObject
) -> None:
    sold = SoldThen(basket, facts, program)
    first = [data.draw(_some_of(line)) for line in basket.lines]
    rest = [line.quantity - back for line, back in zip(basket.lines, first, strict=True)]

    some = take_back(sold, first)
    others = take_back(sold, rest, BroughtBack(tuple(first), some.amount_minor))

    found = quote(basket, facts, program)
    assert some.amount_minor + others.amount_minor <= found.to_pay_minor
    for unit, points in found.earned.items():
        taken = some.points_taken.get(unit, 0) + others.points_taken.get(unit, 0)
        assert taken == (points if basket.lines else 0)


def _some_of(line: Line) -> st.SearchStrategy[Decimal]:
    return st.sampled_from((NONE, line.quantity, min(ONE, line.quantity)))


@pytest.mark.parametrize(("taken", "available", "left"), [(10, 10, 0), (10, 4, 6), (10, -3, 10)])
def test_points_spent_before_their_sale_came_back_are_owed(
    taken: int, available: int, left: int
) -> None:
    assert owed(taken, available) == left


def test_redeemed_points_go_back_into_the_lots_drawn_last() -> None:
    a, b = (EventId(f"lot-{one}") for one in "ab")  # type: ignore[arg-type] # any id will do
    draws = (Draw(a, 100), Draw(b, 50))

    assert refill(draws, 70) == (Draw(b, 50), Draw(a, 20))
    assert refill(draws, 50) == (Draw(b, 50),)
    with pytest.raises(ValueError, match="more than was drawn"):
        refill(draws, 151)
