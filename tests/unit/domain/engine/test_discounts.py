"""Discounts: what each benefit takes off which line, and how several of them stack."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.engine.answer import FreeGoods
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Limited, Outcome
from pos_loyalty.domain.facts import STRANGER
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
from pos_loyalty.domain.programs.effects import Stacking
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.selection import Price, Selection
from pos_loyalty.domain.programs.settings import DEFAULTS, Prices, Settings
from tests.fakes.programs import COFFEE, VAT, basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import KNOWN, TEN_EURO, missing_in, ruled, stacked

HALF, TENTH, ALL = Fraction(1, 2), Fraction(1, 10), Fraction(1)
ON_TOP = Settings(prices=Prices.TAX_ON_TOP)
A, B, C = Selection(skus=("a",)), Selection(skus=("b",)), Selection(skus=("c",))


def off(benefit: Benefit, *lines: Line, settings: Settings = DEFAULTS) -> list[int]:
    """Tell what a rule takes off each line."""
    found = ruled(benefit, basket=basket_of(*lines), settings=settings)
    return [line.discount_minor for line in found.lines]


def coffee(price: int, quantity: str | int = 1) -> Line:
    return bought(price, quantity, category="grocery/coffee")


@pytest.mark.parametrize(
    ("benefit", "prices", "taken"),
    [
        (PercentOff(TENTH), (1000, 500), [100, 50]),
        (PercentOff(TENTH, cap_minor=90), (1000, 500), [60, 30]),
        (PercentOff(HALF), (3,), [2]),
        (PercentOff(HALF, rounding=Rounding.FLOOR), (3,), [1]),
        (PercentOff(TENTH, rounding=Rounding.CEIL), (1,), [1]),
        (PercentOff(ALL), (999, 1, 333), [999, 1, 333]),
        (AmountOff(300), (1000, 500), [200, 100]),
        (AmountOff(9999), (1000, 500), [1000, 500]),
        (CheapestOff(HALF), (1000, 501), [0, 251]),
        (CheapestOff(ALL), (1000, 500, 500), [0, 0, 500]),
        (BuyGet(2, 1), (300, 200, 100), [0, 0, 100]),
        (BuyGet(2, 1), (300, 200), [0, 0]),
        (BuyGet(1, 1, rate=HALF), (400, 300, 200, 100), [0, 0, 100, 50]),
        (MemberPrice(150, Selection(price=Price.REGULAR)), (200, 100), [50, 0]),
    ],
)
def test_each_benefit_takes_off_its_part(
    benefit: Benefit, prices: tuple[int, ...], taken: list[int]
) -> None:
    assert off(benefit, *[bought(price) for price in prices]) == taken


def test_a_cent_that_cannot_be_shared_lies_on_the_same_goods_in_any_order() -> None:
    a, b, c = (bought(100, sku=sku) for sku in "abc")

    assert off(AmountOff(100), a, b, c) == [34, 33, 33]
    assert off(AmountOff(100), c, b, a) == [33, 33, 34]


@pytest.mark.parametrize(
    ("benefit", "price", "quantity", "taken"),
    [
        (CheapestOff(ALL), 100, 3, 100),
        (CheapestOff(ALL), 100, "2.5", 250),
        (BuyGet(2, 1), 100, 7, 200),
        (BuyGet(1, 2), 100, 3, 200),
        (MemberPrice(80, COFFEE), 100, "1.5", 30),
    ],
)
def test_pieces_of_one_line_are_counted_singly(
    benefit: Benefit, price: int, quantity: str | int, taken: int
) -> None:
    assert off(benefit, coffee(price, quantity)) == [taken]


def test_free_pieces_of_a_reduced_line_leave_no_cent_behind() -> None:
    line = replace(coffee(100, 3), discount_minor=50)

    assert off(CheapestOff(ALL), line) == [83]
    assert off(BuyGet(1, 2), line) == [167]
    assert off(SetPrice(0, (COFFEE,)), line) == [250]


def test_a_piece_that_is_free_already_is_no_longer_the_cheapest() -> None:
    goods = basket_of(coffee(100, 3))

    found = ruled(BuyGet(2, 1), CheapestOff(ALL), MemberPrice(80, COFFEE), basket=goods)

    assert [one.discount_minor for one in found.reasons] == [100, 100, 20]


@pytest.mark.parametrize(
    ("prices", "taken"),
    [
        ({"a": 300, "b": 200}, {"a": 60, "b": 40}),
        ({"a": 300}, {"a": 0}),
        ({"a": 200, "b": 200}, {"a": 0, "b": 0}),
    ],
)
def test_a_set_costs_its_price_when_all_of_it_is_there(
    prices: dict[str, int], taken: dict[str, int]
) -> None:
    lines = [bought(price, sku=sku) for sku, price in prices.items()]

    assert off(SetPrice(400, (A, B)), *lines) == list(taken.values())


def test_sets_are_made_of_the_dearest_pieces_and_as_often_as_they_pay() -> None:
    lines = bought(500, 2, sku="a"), bought(300, 1, sku="a"), bought(100, 5, sku="b")

    assert sum(off(SetPrice(350, (A, B)), *lines)) == 2 * 250 + 50


def test_a_set_whose_places_overlap_is_found_in_any_order() -> None:
    either = Selection(skus=("a", "b"))
    lines = bought(900, sku="a"), bought(100, sku="b")

    for sets in ((either, A), (A, either)):
        assert sum(off(SetPrice(500, sets), *lines)) == 500


def test_three_for_a_price_take_a_hundred_thousand_pieces_at_once() -> None:
    benefit = SetPrice(200, (COFFEE, COFFEE, COFFEE))

    assert off(benefit, coffee(100, 100_000)) == [33_333 * 100]
    assert off(benefit, coffee(100, 2)) == [0]


def test_prices_without_tax_are_lowered_to_prices_without_tax() -> None:
    line = bought(1000, sku="a", tax_rate=VAT)

    found = ruled(MemberPrice(500, A), basket=basket_of(line), settings=ON_TOP)

    assert (found.total_minor, found.to_pay_minor) == (1220, 610)
    assert off(SetPrice(500, (A,)), line, settings=ON_TOP) == [610]
    assert off(SetPrice(500, (A, B)), line, bought(0, sku="b"), settings=ON_TOP) == [0, 0]


@pytest.mark.parametrize(
    ("rules", "discounts"),
    [
        (((PercentOff(HALF), None), (PercentOff(HALF), None)), [500, 250]),
        (((PercentOff(HALF), None), (PercentOff(HALF), Stacking.ADD)), [500, 500]),
        (((PercentOff(HALF), None), (PercentOff(ALL), Stacking.ADD)), [500, 500]),
        (((PercentOff(TENTH), Stacking.BEST), (AmountOff(300), Stacking.BEST)), [0, 300]),
        (((PercentOff(TENTH), Stacking.BEST), (AmountOff(300), None)), [100, 300]),
        (((PercentOff(TENTH), Stacking.EXCLUSIVE), (AmountOff(300), None)), [100, 0]),
        (((PercentOff(TENTH, COFFEE), Stacking.EXCLUSIVE), (AmountOff(300), None)), [0, 300]),
        (((PercentOff(TENTH, COFFEE), Stacking.BEST), (AmountOff(3), Stacking.BEST)), [0, 3]),
        (((PercentOff(TENTH, COFFEE), Stacking.BEST),), [0]),
        (((PercentOff(ALL), None), (PercentOff(HALF), None)), [1000, 0]),
    ],
)
def test_discounts_follow_each_other_add_compete_or_stand_alone(
    rules: tuple[tuple[Benefit, Stacking | None], ...], discounts: list[int]
) -> None:
    found = stacked(*rules)

    assert [one.discount_minor for one in found.reasons] == discounts


def test_a_discount_outdone_says_by_what_and_one_that_fits_nothing_says_so() -> None:
    found = stacked(
        (PercentOff(TENTH), Stacking.EXCLUSIVE),
        (AmountOff(300), None),
        (AmountOff(1, COFFEE), None),
    )

    assert (found.reasons[1].outcome, found.reasons[1].basis) == (
        Outcome.CAPPED,
        Limited("rule-0", 300),
    )
    assert missing_in(found.reasons[2]) == {"lines": "none"}


def test_a_discount_outdone_that_does_not_hold_says_what_is_missing() -> None:
    alone = Rule("alone", PercentOff(TENTH), stacking=Stacking.EXCLUSIVE)
    unmet = Rule("unmet", AmountOff(1), (MinimumAmount(2000),))

    found = quote(TEN_EURO, KNOWN, program_of(unmet, alone))

    assert missing_in(found.reasons[0]) == {"amount_minor": 1000}


@pytest.mark.parametrize(
    ("item", "quantity"),
    [
        (FreeItem(("mug", "cup"), 2), 2),
        (FreeItem(("mug",), every=Decimal(2)), 2),
        (FreeItem(("mug",), every=Decimal(6)), 0),
        (FreeItem(("mug",), lines=COFFEE), 1),
        (FreeItem(("mug",), lines=A), 0),
    ],
)
def test_a_free_product_is_handed_over_beside_the_basket(item: FreeItem, quantity: int) -> None:
    found = ruled(item, basket=basket_of(coffee(100, 5)))

    assert found.goods == ((FreeGoods("mug", quantity),) if quantity else ())
    assert found.reasons[0].outcome is (Outcome.APPLIED if quantity else Outcome.NOT_MATCHED)
    assert found.to_pay_minor == 500


@pytest.mark.parametrize(
    ("benefit", "taken", "goods"),
    [
        (BuyGet(1, 1), 100, 0),
        (SetPrice(150, (COFFEE, COFFEE)), 50, 0),
        (AmountOff(30), 30, 0),
        (FreeItem(("mug",), every=Decimal(1)), 0, 1),
    ],
)
def test_once_a_receipt_is_once_however_much_is_bought(
    benefit: Benefit, taken: int, goods: int
) -> None:
    once = Rule("once", benefit, limits=(Limit(1, Per.RECEIPT), Limit(9, Per.DAY)))

    found = quote(basket_of(coffee(100, 6)), KNOWN, program_of(once))

    assert found.discount_minor == taken
    assert sum(one.quantity for one in found.goods) == goods


def test_what_was_weighed_and_is_free_has_no_price_for_members() -> None:
    cheapest, price = Rule("cheapest", CheapestOff(ALL)), Rule("price", MemberPrice(100, COFFEE))

    found = quote(basket_of(coffee(200, "0.433")), KNOWN, program_of(cheapest, price))

    assert found.to_pay_minor == 0


def test_discounts_are_for_members_and_ask_for_what_they_chose() -> None:
    favourite = PercentOff(HALF, Selection(favourite=True))

    nobody = ruled(PercentOff(HALF), facts=None)
    stranger = ruled(favourite, facts=STRANGER)
    chosen = ruled(
        favourite, basket=basket_of(coffee(100)), facts=member(favourite_category="grocery")
    )

    assert missing_in(nobody.reasons[0]) == {"member": "none"}
    assert stranger.reasons[0].outcome is Outcome.UNKNOWN
    assert chosen.discount_minor == 50
