from __future__ import annotations

import pytest

from pos_loyalty.lab.replay.results import ProgramResult
from tests.unit.lab.replay.months import POINTS, Document, receipt, replayed


def with_rule(when: str, limits: str = "") -> str:
    return f"""{POINTS}
[[rules]]
id = "extra"
then = {{ kind = "give", points = 100 }}
when = [{when}]
{limits}
"""


def spent(window: str) -> str:
    return with_rule(f'{{ kind = "spent", window = "{window}", at_least_minor = 5000 }}')


def told(window: str, amount_minor: int) -> Document:
    return {"id": "ada", "history": {"spend_minor": {window: amount_minor}}}


def under(program: str, month: list[Document]) -> ProgramResult:
    return replayed([program], month).programs[0]


def extra(result: ProgramResult) -> tuple[int, int]:
    """Tell on how many receipts the extra rule applied, and was not decided."""
    rule = next(rule for rule in result.rules if rule.id == "extra")
    return rule.applied, rule.undecided


def test_what_was_spent_before_the_month_counts_on_with_what_is_spent_in_it() -> None:
    month = [receipt(1, told("ever", 4000), 900), receipt(2, "ada", 900), receipt(3, "ada", 900)]

    assert extra(under(spent("ever"), month)) == (1, 0)


@pytest.mark.parametrize(("window", "decided"), [("day", True), ("7d", True), ("30d", False)])
def test_a_span_is_known_once_the_replay_has_seen_all_of_its_days(
    window: str, *, decided: bool
) -> None:
    month = [receipt(1, None, 100), receipt(8, "ada", 9000), receipt(8, "ada", 100)]

    applied, undecided = extra(under(spent(window), month))

    assert (applied, undecided) == ((1, 0) if decided else (0, 2))


def test_of_days_that_only_their_sum_was_told_nobody_knows_which_fell_out() -> None:
    month = [receipt(1, told("30d", 6000), 100), receipt(2, "ada", 100)]

    assert extra(under(spent("30d"), month)) == (1, 1)


def test_a_sum_of_this_year_is_known_until_the_year_ends() -> None:
    month = [receipt(1, told("year", 6000), 100), receipt(28, "ada", 100)]

    assert extra(under(spent("year"), month)) == (2, 0)


def test_uses_that_were_told_count_until_their_week_ends() -> None:
    limited = with_rule("", 'limits = [{ times = 1, per = "week" }]')
    ada = {"id": "ada", "usage": {"extra": {"week": 1}}}
    month = [receipt(2, ada, 100), receipt(4, "ada", 100), receipt(9, "ada", 100)]

    result = under(limited, month)

    assert extra(result) == (1, 0)
    assert result.rules[1].capped == 2


def test_uses_that_nobody_told_are_unknown_until_a_new_week_begins() -> None:
    limited = with_rule("", 'limits = [{ times = 1, per = "week" }]')
    month = [receipt(2, "ada", 100), receipt(9, "ada", 100), receipt(10, "ada", 100)]

    result = under(limited, month)

    assert extra(result) == (1, 1)
    assert result.rules[1].capped == 1


def test_a_fact_that_is_told_later_is_known_from_then_on() -> None:
    tier = with_rule('{ kind = "tier", any_of = ["gold"] }') + (
        '[ladder]\nmetric = "margin"\ntiers = [{ id = "gold", at_least = 1 }]\n'
    )
    gold = {"id": "ada", "tier": "gold"}
    month = [receipt(1, "ada", 100), receipt(2, gold, 100), receipt(3, "ada", 100)]

    assert extra(under(tier, month)) == (2, 1)


def test_what_the_replay_knows_itself_is_not_told_otherwise() -> None:
    visits = with_rule('{ kind = "visit", every = 3 }')
    first = {"id": "ada", "visits": 0}
    month = [
        receipt(1, first, 100),
        receipt(2, first, 100),
        receipt(3, first, 100),
        receipt(4, "ada", 100),
    ]

    assert extra(under(visits, month)) == (1, 0)


def test_a_balance_that_is_told_later_can_be_spent_from_then_on() -> None:
    wish = [{"reward": "euro"}]
    told_balance = {"id": "ada", "balances": {"points": 15}}
    month = [
        receipt(1, "ada", 100, redeem=wish),
        receipt(2, told_balance, 200, redeem=wish),
        receipt(3, "ada", 200, redeem=wish),
    ]

    result = under(POINTS, month)

    assert (result.rewards[0].times, result.units[0].outstanding) == (1, 15 - 10 + 1 + 2)
    assert [(one.code, one.count) for one in result.refused] == [
        ("balance_unknown", 1),
        ("insufficient_points", 1),
    ]
