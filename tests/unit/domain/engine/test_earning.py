"""Earning: steps, bands, thresholds, rests, rounding, and what multiplies them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.reasons import Counted, Limited, Outcome
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.domain.programs.benefits import PercentOff, Rounding
from pos_loyalty.domain.programs.effects import (
    Band,
    BandsMode,
    Discounts,
    Earn,
    Of,
)
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.selection import Price, Selection
from pos_loyalty.domain.programs.settings import BaseRules, Settings, Spread
from tests.fakes.programs import COFFEE, VAT, basket_of, bought, member
from tests.unit.domain.engine.asked import BASE, EURO, ONE, missing_in, reason_of, ruled


def earned(effect: Earn, basket: Basket) -> int:
    return ruled(effect, basket=basket).earned["points"]


BANDS = (Band(Decimal(55500), ONE, Decimal(1000)),)


@pytest.mark.parametrize(
    ("effect", "amount", "points"),
    [
        (BASE, 99, 0),
        (BASE, 199, 1),
        (Earn(Fraction(1, 2), EURO), 300, 1),
        (Earn(Fraction(2), EURO, above=Decimal(500)), 599, 0),
        (Earn(Fraction(2), EURO, above=Decimal(500)), 1000, 10),
        (Earn(ONE, EURO, rounding=Rounding.HALF_UP), 150, 2),
        (Earn(ONE, EURO, rounding=Rounding.HALF_UP), 149, 1),
        (Earn(ONE, EURO, rounding=Rounding.CEIL), 101, 2),
        (Earn(ONE, EURO, rounding=Rounding.CEIL), 0, 0),
        (Earn(ONE, Decimal(2000), BANDS), 54000, 27),
        (Earn(ONE, Decimal(2000), BANDS), 56000, 56),
        (Earn(ONE, Decimal(2000), BANDS, mode=BandsMode.MARGINAL), 56000, 27),
        (Earn(ONE, Decimal(2000), BANDS, mode=BandsMode.MARGINAL), 56500, 28),
        (Earn(ONE, Decimal(2000), BANDS, mode=BandsMode.MARGINAL), 54000, 27),
    ],
)
def test_points_come_by_steps_bands_and_thresholds(effect: Earn, amount: int, points: int) -> None:
    assert earned(effect, basket_of(bought(amount))) == points


@pytest.mark.parametrize(
    ("effect", "amount", "more"),
    [
        (BASE, 0, 100),
        (BASE, 99, 1),
        (Earn(Fraction(1, 2), EURO), 50, 150),
        (Earn(Fraction(2), EURO, above=Decimal(500)), 499, 101),
        (Earn(ONE, EURO, rounding=Rounding.HALF_UP), 49, 1),
        (Earn(Fraction(1, 2), EURO, rounding=Rounding.HALF_UP), 49, 1),
        (Earn(Fraction(1, 3), EURO, rounding=Rounding.HALF_UP), 0, 150),
        (Earn(ONE, EURO, rounding=Rounding.CEIL), 0, 1),
        (Earn(ONE, Decimal("0.5")), 0, 1),
    ],
)
def test_what_is_missing_to_the_first_point_is_told_to_the_cent(
    effect: Earn, amount: int, more: int
) -> None:
    reason = reason_of(ruled(effect, basket=basket_of(bought(amount))), "rule-0")

    assert (reason.outcome, missing_in(reason)) == (Outcome.NOT_MATCHED, {"amount_minor": more})
    assert earned(effect, basket_of(bought(amount + more))) > 0
    assert earned(effect, basket_of(bought(amount + more - 1))) == 0


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("points", [ONE, Fraction(2, 3), Fraction(5, 2)])
def test_the_next_step_is_where_more_points_begin(rounding: Rounding, points: Fraction) -> None:
    effect = Earn(points, Decimal(70), rounding=rounding)
    basis = reason_of(ruled(effect, basket=basket_of(bought(333))), "rule-0").basis

    assert isinstance(basis, Counted)
    assert basis.next_step is not None
    more = int(basis.next_step)
    now = earned(effect, basket_of(bought(333)))
    assert earned(effect, basket_of(bought(333 + more))) > now
    assert earned(effect, basket_of(bought(333 + more - 1))) == now


def test_a_band_of_nothing_still_tells_its_next_step() -> None:
    effect = Earn(Fraction(0), EURO, (Band(Decimal(500), ONE, EURO),))
    marginal = replace(effect, mode=BandsMode.MARGINAL)

    assert missing_in(reason_of(ruled(effect, basket=basket_of(bought(10))), "rule-0"))
    basis = reason_of(ruled(marginal, basket=basket_of(bought(650))), "rule-0").basis
    assert isinstance(basis, Counted)
    assert basis.next_step == 50


@pytest.mark.parametrize(
    ("of", "lines", "points"),
    [
        (Of.QUANTITY, Selection(), 4),
        (Of.QUANTITY, Selection(units=("kg",)), 1),
        (Of.RECEIPT, Selection(), 1),
        (Of.RECEIPT, COFFEE, 1),
        (Of.RECEIPT, Selection(skus=("none",)), 0),
    ],
)
def test_quantities_and_receipts_are_counted_too(of: Of, lines: Selection, points: int) -> None:
    goods = bought(100, 3, category="grocery/coffee"), bought(100, "1.5", unit="kg")

    assert earned(Earn(ONE, of=of, lines=lines), basket_of(*goods)) == points


def test_what_is_missing_of_a_quantity_or_of_lines_is_told() -> None:
    weighed = basket_of(bought(100, "0.75"))
    of_quantity, of_receipt = Earn(ONE, of=Of.QUANTITY), Earn(ONE, of=Of.RECEIPT, lines=COFFEE)

    found = ruled(of_quantity, of_receipt, basket=weighed)

    assert missing_in(found.reasons[0]) == {"quantity": "0.25"}
    assert missing_in(found.reasons[1]) == {"lines": "none"}


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        (Selection(skus=("a",)), 10),
        (Selection(categories=("grocery",)), 10),
        (Selection(brands=("coop",)), 20),
        (Selection(labels=("own", "bio")), 20),
        (Selection(units=("kg",)), 30),
        (Selection(price=Price.REDUCED), 20),
        (Selection(price=Price.REGULAR), 40),
        (Selection(favourite=True), 30),
        (Selection(except_skus=("a",)), 50),
        (Selection(except_categories=("grocery", "wine")), 20),
        (Selection(except_brands=("coop",)), 40),
        (Selection(except_labels=("own",)), 40),
        (Selection(skus=("a", "b"), brands=("coop",)), 20),
    ],
)
def test_lines_are_chosen_by_every_word_of_a_selection(lines: Selection, points: int) -> None:
    basket = basket_of(
        bought(1000, sku="a", category="grocery/tea"),
        bought(2500, sku="b", brand="coop", labels=("own",), discount_minor=500),
        bought(3000, sku="c", category="wine", unit="kg"),
    )

    found = ruled(
        Earn(ONE, EURO, lines=lines), basket=basket, facts=member(favourite_category="wine")
    )

    assert found.earned == {"points": points}


def test_a_favourite_category_that_is_not_known_earns_nothing_yet() -> None:
    effect = Earn(ONE, EURO, lines=Selection(favourite=True))

    found = ruled(effect, BASE, facts=STRANGER)

    assert (found.reasons[0].outcome, found.earned["points"]) == (Outcome.UNKNOWN, 10)


def test_tax_and_discounts_are_in_the_base_or_not() -> None:
    goods = basket_of(bought(1220, tax_rate=VAT))
    net, before = Earn(ONE, EURO, tax=Tax.EXCLUDED), Earn(ONE, EURO, discounts=Discounts.BEFORE)
    half = PercentOff(Fraction(1, 2))

    assert earned(net, goods) == 10
    assert ruled(before, half, basket=goods).earned["points"] == 12
    assert ruled(BASE, half, basket=goods).earned["points"] == 6


def test_an_order_discount_is_not_seen_by_rules_about_some_lines_where_it_is_not_shared() -> None:
    goods = basket_of(bought(1000, category="grocery/coffee"))
    apart = Settings(order_discounts=Spread.NOT_SELECTED, rewards_reduce_base=False)
    half, some = PercentOff(Fraction(1, 2)), Earn(ONE, EURO, lines=COFFEE)

    assert ruled(some, half, basket=goods, settings=apart).earned["points"] == 10
    assert ruled(BASE, half, basket=goods, settings=apart).earned["points"] == 5


def test_a_rest_is_carried_and_half_points_wait_for_their_fellows() -> None:
    whole, half = Earn(ONE, EURO, carry=True), Earn(Fraction(1, 2), EURO, carry=True)
    carrying = member(carried={"points": Fraction(60)})

    found = ruled(whole, basket=basket_of(bought(150)), facts=carrying)
    halves = ruled(half, basket=basket_of(bought(150)), facts=carrying)
    stranger = ruled(whole, basket=basket_of(bought(150)), facts=STRANGER)

    assert (found.earned["points"], found.carried["points"]) == (2, Fraction(10))
    waiting = ruled(half, basket=basket_of(bought(90)), facts=carrying)
    assert (waiting.earned["points"], waiting.carried["points"]) == (0, Fraction(150))
    assert (halves.earned["points"], halves.carried["points"]) == (1, Fraction(10))
    assert (stranger.earned["points"], stranger.carried["points"]) == (1, Fraction(50))


def test_of_several_base_rules_only_the_best_counts_where_the_program_says_so() -> None:
    best = Settings(base_rules=BaseRules.BEST)
    carrying = Earn(ONE, Decimal(300), carry=True)

    found = ruled(carrying, BASE, Earn(ONE, Decimal(500)), settings=best)

    assert found.earned == {"points": 10}
    assert found.reasons[0].basis == Limited("rule-1", 3)
    assert found.carried == {"points": 0}
