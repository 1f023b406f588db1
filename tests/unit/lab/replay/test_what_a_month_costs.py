from __future__ import annotations

from fractions import Fraction

import pytest

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.lab.replay.replaying import Replay, Terms
from tests.unit.lab.replay.months import (
    POINTS,
    numbered,
    program,
    receipt,
    replayed,
)


def test_money_that_a_program_does_not_count_is_told_with_its_line() -> None:
    month = [receipt(1, "ada", 100), receipt(2, "ada", 100, currency="USD")]
    replay = Replay([program(POINTS)], Terms())

    with pytest.raises(WrongDocument, match=r"line 2: currency: found 'USD', allowed: EUR"):
        replay.play(numbered(month), "june")


def test_sales_in_two_moneys_are_told_in_the_first() -> None:
    leva = POINTS.replace("EUR", "BGN") + (
        '[currency_change]\non = 2026-06-10\ncurrency = "EUR"\nrate = 1.95583\n'
    )
    month = [receipt(1, "ada", 1000, currency="BGN"), receipt(20, "ada", 1000)]

    results = replayed([leva], month)

    assert (results.crowd.currency, results.crowd.sales_minor) == ("BGN", 1000 + 1956)
    assert results.programs[0].units[0].earned == 10 + 19


def test_a_gift_costs_what_the_shop_pays_for_it_or_else_its_sale_price() -> None:
    gift = """
[[rules]]
id = "cup"
then = { kind = "free_item", skus = ["cup"] }
when = [{ kind = "minimum_amount", amount_minor = 5000 }]
"""
    cup = {"sku": "cup", "price_minor": 700}
    month = [
        receipt(1, "ada", 5000),
        receipt(2, "bea", lines=[cup]),
        receipt(3, "ada", 5000),
        receipt(4, "bea", lines=[cup | {"cost_minor": 250}]),
        receipt(5, "ada", 5000),
    ]

    points = replayed([POINTS + gift], month).programs[0]

    assert points.untold_gifts == 1  # On the 1st nobody had told a price.
    assert points.gift_cost_minor == 700 + 250
    assert points.at_sale_price == 1


def test_vouchers_and_draws_are_valued_when_they_are_given() -> None:
    """A tenth of the average receipt of 20.00 €; a draw in four wins 2.00 €."""
    presents = """
[[rewards]]
id = "tenth"
voucher_only = true
gives = { kind = "percent_off", rate = 0.10 }
[[rewards]]
id = "two"
voucher_only = true
gives = { kind = "amount_off", amount_minor = 200 }
[[pools]]
id = "wheel"
odds = "1/4"
prizes = [{ reward = "two", count = 3 }]
[[rules]]
id = "voucher"
then = { kind = "issue_voucher", reward = "tenth" }
[[rules]]
id = "luck"
then = { kind = "draw_prize", pool = "wheel" }
"""
    month = [receipt(1, "ada", 1000), receipt(2, "bea", 3000)]

    points = replayed([POINTS + presents], month).programs[0]

    assert [(one.id, one.count, one.minor) for one in points.vouchers] == [("tenth", 2, 400)]
    assert [(one.id, one.count, one.minor) for one in points.draws] == [("wheel", 2, 100)]
    assert points.cost_minor == 400 + 100 + 40 * 10


def test_the_goal_of_a_program_is_told_as_a_part_of_the_way() -> None:
    goal = POINTS + (
        '[goal]\nmetric = "second_visit_rate"\nbaseline = 0.40\ntarget = 0.60\nby = 2026-12-31\n'
    )
    month = [receipt(1, "ada", 100), receipt(2, "ada", 100), receipt(3, "bea", 100)]

    progress = replayed([goal], month).programs[0].progress

    assert progress is not None
    assert (progress.found, progress.share) == (Fraction(1, 2), Fraction(1, 2))
