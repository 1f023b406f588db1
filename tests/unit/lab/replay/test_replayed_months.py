from __future__ import annotations

from datetime import date
from fractions import Fraction

from pos_loyalty.lab.replay.replaying import Terms
from pos_loyalty.lab.replay.results import RewardResult, RuleResult
from pos_loyalty.lab.replay.wishing import Redeem
from tests.unit.lab.replay.months import (
    COFFEE,
    POINTS,
    Document,
    receipt,
    replayed,
)

EMPTY = Terms(from_nothing=True)
GREEDY = Terms(Redeem.GREEDY, from_nothing=True)
KNOWN: Document = {"id": "ada", "balances": {"points": 30}}


def coffee(day: int, member: object, price: int) -> Document:
    line = {"sku": "c", "category": "coffee", "price_minor": price}
    return receipt(day, member, lines=[line])


def test_a_small_month_comes_out_as_worked_out_by_hand() -> None:
    """Points: 12 + 7 + 5 of ada, 3 of bea; ada spends 10 on the 3rd, on a receipt of 8.00 €.

    The 8.00 € less 1.00 € earn 7. Owed more: 27 − 10 = 17 points of 10 cents. The cost is the
    1.00 € that was given and 1.70 € that is owed more, of sales of 28.99 €.
    """
    month = [
        receipt(1, KNOWN, 1299),
        receipt(2, None, 0),
        receipt(3, "ada", 800, redeem=[{"reward": "euro"}]),
        receipt(9, "bea", 300),
        receipt(20, "ada", 500),
    ]

    results = replayed([POINTS], month)

    (points,) = results.programs
    (unit,) = points.units
    assert (unit.earned, unit.redeemed, unit.expired) == (27, 10, 0)
    assert unit.outstanding == 30 + 17
    assert unit.members_unknown == 1  # Nobody told bea's balance.
    assert points.rules == (RuleResult("base", 4, 0, 0, 27, 0),)
    assert points.rewards == (RewardResult("euro", 1, 10, 100, 0, 100),)
    assert (points.given_minor, points.owed_more_minor, points.cost_minor) == (100, 170, 270)
    assert points.cost_share == Fraction(270, 2899)
    assert results.crowd.sales_minor == 2899
    assert (results.crowd.receipts, results.crowd.members) == (5, 2)
    assert results.crowd.member_share == Fraction(4, 5)
    assert results.crowd.visits_per_member == 2
    assert results.crowd.second_visit_rate == Fraction(1, 2)
    assert [(day.on.day, *day.costs_minor) for day in results.days] == [
        (1, 120),
        (2, 0),
        (3, 100 + 70 - 100),
        (9, 30),
        (20, 50),
    ]


def test_who_drinks_coffee_wins_by_a_discount_and_who_buys_bread_loses_her_points() -> None:
    """Ada: 2.00 € off 20.00 € of coffee instead of 20 points, worth 2.00 €: neither.

    Bea: 40 points, 4.00 €, less. Cleo: 0.19 € off 1.90 € instead of one point of 0.10 €.
    """
    month = [coffee(1, "ada", 2000), receipt(2, "bea", 4000), coffee(3, "cleo", 190)]

    comparison = replayed([COFFEE, POINTS], month).comparison

    assert (comparison.winners, comparison.losers, comparison.same) == (1, 1, 1)
    assert [(one.id, one.difference_minor) for one in comparison.most_won] == [("cleo", 9)]
    assert [(one.id, one.difference_minor) for one in comparison.most_lost] == [("bea", -400)]
    assert comparison.difference_minor == 9 - 400
    assert [tenth.sum_minor for tenth in comparison.tenths] == [-400, 0, 9]
    assert sum(bar.members for bar in comparison.bars) == 3


def test_points_that_expire_within_the_month_are_counted_and_cannot_be_spent() -> None:
    lots = [
        {"unit": "points", "points": 25, "expires_on": "2026-06-05"},
        {"unit": "points", "points": 8, "expires_on": "2026-07-01"},
    ]
    month = [
        receipt(4, {"id": "ada", "lots": lots}, 50),
        receipt(5, "ada", 500, redeem=[{"reward": "euro"}]),
    ]

    results = replayed([POINTS], month)

    (unit,) = results.programs[0].units
    assert (unit.expired, unit.redeemed, unit.outstanding) == (25, 0, 8 + 5)
    assert [(one.code, one.count) for one in results.programs[0].refused] == [
        ("insufficient_points", 1)
    ]


def test_points_expire_on_the_last_day_though_their_member_stays_away() -> None:
    lots = [{"unit": "points", "points": 25, "expires_on": "2026-06-20"}]
    month = [receipt(4, {"id": "ada", "lots": lots}, 50), receipt(28, None, 100)]

    results = replayed([POINTS], month)

    (unit,) = results.programs[0].units
    assert (unit.expired, unit.outstanding) == (25, 0)
    assert [day.on for day in results.days if day.costs_minor == (-250,)] == [date(2026, 6, 20)]


def test_points_are_gone_after_days_without_a_purchase() -> None:
    sleeping = POINTS.replace(
        "value_minor = 10", 'value_minor = 10\nlasts = { kind = "inactivity", days = 10 }'
    )
    month = [receipt(1, "ada", 900), receipt(10, "ada", 100), receipt(20, "ada", 200)]

    (unit,) = replayed([sleeping], month, EMPTY).programs[0].units

    assert (unit.earned, unit.expired, unit.outstanding) == (12, 10, 2)


def test_every_member_takes_what_she_can_where_all_is_redeemed() -> None:
    """She has 12 points on the 2nd and takes 1.00 € off 9.50 €, earning 8; then has 10 again."""
    month = [receipt(1, "ada", 1200), receipt(2, "ada", 950), receipt(3, "ada", 300)]

    points = replayed([POINTS], month, GREEDY).programs[0]

    assert points.rewards[0].times == 2
    assert points.units[0].earned == 12 + 8 + 2


def test_nothing_is_redeemed_where_that_is_asked_for() -> None:
    month = [receipt(1, KNOWN, 1200, redeem=[{"reward": "euro"}])]

    points = replayed([POINTS], month, Terms(Redeem.NOTHING)).programs[0]

    assert (points.rewards[0].times, points.refused) == (0, ())


def test_wishes_that_are_refused_leave_the_others_standing() -> None:
    wishes = [{"reward": "moon"}, {"reward": "euro", "times": 9}, {"reward": "euro"}]

    points = replayed([POINTS], [receipt(1, KNOWN, 1200, redeem=wishes)]).programs[0]

    assert points.rewards[0].times == 1
    assert [(one.code, one.what, one.count) for one in points.refused] == [
        ("insufficient_points", "euro", 1),
        ("no_such_reward", "moon", 1),
    ]


def test_an_unknown_fact_is_counted_and_never_guessed() -> None:
    birthday = """
[[rules]]
id = "birthday"
then = { kind = "multiply", by = 2 }
when = [{ kind = "around_date", date = "birthday", before_days = 3, after_days = 3 }]
"""
    told = {"id": "ada", "birthday": "1984-06-02"}
    month = [receipt(1, "ada", 500), receipt(2, told, 500), receipt(3, "ada", 500)]

    points = replayed([POINTS + birthday], month).programs[0]

    (waits,) = points.undecided
    assert (waits.fact, waits.rules, waits.receipts) == ("birthday", ("birthday",), 1)
    assert points.units[0].earned == 5 + 10 + 10


def test_members_who_begin_empty_can_spend_what_they_earn() -> None:
    month = [receipt(1, "ada", 1200), receipt(2, "ada", 500, redeem=[{"reward": "euro"}])]

    unknown = replayed([POINTS], month).programs[0]
    empty = replayed([POINTS], month, EMPTY).programs[0]

    assert [one.code for one in unknown.refused] == ["balance_unknown"]
    assert (empty.rewards[0].times, empty.refused) == (1, ())


def test_each_program_keeps_its_own_account_of_a_member() -> None:
    named = POINTS.replace('"points"\nversion', '"double"\nversion')
    double = named.replace("points = 1", "points = 2")
    month = [receipt(1, KNOWN, 1000), receipt(2, "ada", 1000)]

    results = replayed([double, POINTS], month)

    assert [one.units[0].outstanding for one in results.programs] == [70, 50]


def test_a_file_with_the_same_name_and_number_as_the_present_is_another_program() -> None:
    changed = POINTS.replace("points = 1,", "points = 3,")

    results = replayed([changed, POINTS], [receipt(1, "ada", 1000)])

    assert [one.units[0].earned for one in results.programs] == [30, 10]


def test_the_rules_of_a_day_that_is_not_in_force_do_nothing() -> None:
    later = POINTS.replace("2026-01-01", "2026-06-15")

    results = replayed([later], [receipt(1, "ada", 1000), receipt(20, "ada", 1000)])

    assert results.programs[0].receipts_in_force == 1
    assert results.programs[0].units[0].earned == 10


def test_a_member_without_an_id_is_counted_and_not_followed() -> None:
    month = [receipt(1, {"balances": {"points": 30}}, 1000, redeem=[{"reward": "euro"}])]

    results = replayed([POINTS], month)

    assert (results.crowd.nameless, results.crowd.members) == (1, 0)
    assert results.programs[0].rewards[0].times == 1


def test_a_limit_of_all_members_together_is_reached_in_the_replay() -> None:
    first = """
[[rules]]
id = "first-two"
then = { kind = "give", points = 100 }
limits = [{ times = 2, per = "total" }]
"""
    month = [receipt(day, name, 100) for day, name in ((1, "ada"), (2, "bea"), (3, "cleo"))]

    points = replayed([POINTS + first], month, EMPTY).programs[0]

    assert points.rules[1] == RuleResult("first-two", 2, 1, 0, 200, 0)


def test_the_stock_of_a_reward_runs_out_in_the_replay() -> None:
    few = POINTS.replace("cost = 10", "cost = 10\nstock = 1")
    month = [
        receipt(1, KNOWN, 1000, redeem=[{"reward": "euro"}]),
        receipt(2, KNOWN | {"id": "bea"}, 1000, redeem=[{"reward": "euro"}]),
    ]

    points = replayed([few], month).programs[0]

    assert points.rewards[0].times == 1
    assert [(one.code, one.count) for one in points.refused] == [("limit_reached", 1)]
