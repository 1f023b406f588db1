"""Stamps and streaks: where they stand, and what they give when they are full."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import STRANGER, UNKNOWN, Activity, MemberFacts
from pos_loyalty.domain.programs.effects import DrawPrize, Give, IssueVoucher, Of
from pos_loyalty.domain.programs.schemes import Closing
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.settings import EarnAndRedeem, Settings
from pos_loyalty.domain.programs.tiers import Course, Goal, Prize, Stamps, Streak
from tests.fakes.programs import COFFEE, TODAY, basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import TEN_EURO, missing_in, reason_of

FIVE_CUPS = basket_of(bought(100, 5, category="grocery/coffee"))


def reaching(
    reach: Course,
    facts: MemberFacts | None,
    basket: Basket = FIVE_CUPS,
    then: Prize = Give(10),  # noqa: B008 - a value that cannot change
    *,
    repeats: bool = True,
) -> Quote:
    goal = Goal("goal", reach, then, repeats=repeats)
    return quote(basket, facts, program_of(goals=(goal,)))


@pytest.mark.parametrize(
    ("reach", "before", "repeats", "after", "points"),
    [
        (Stamps(10, lines=COFFEE), 0, True, 5, 0),
        (Stamps(10, lines=COFFEE), 5, True, 0, 10),
        (Stamps(2, lines=COFFEE), 0, True, 1, 20),
        (Stamps(10, lines=COFFEE), 9, False, 10, 10),
        (Stamps(10, lines=COFFEE), 10, False, 10, 0),
        (Stamps(2, of=Of.RECEIPT), 1, True, 0, 10),
        (Stamps(2, of=Of.RECEIPT, lines=Selection(skus=("x",))), 1, True, 1, 0),
    ],
)
def test_a_card_fills_with_stamps_and_begins_again(
    reach: Stamps, before: int, repeats: object, after: int, points: int
) -> None:
    found = reaching(reach, member(goals={"goal": before}), repeats=bool(repeats))

    assert (found.goals_after, found.earned["points"]) == ({"goal": after}, points)


def test_what_is_missing_to_a_full_card_is_told() -> None:
    found = reaching(Stamps(12, lines=COFFEE), member())

    assert missing_in(reason_of(found, "goal")) == {"stamps": 7}


def test_a_card_is_stamped_for_an_event_that_is_no_purchase() -> None:
    rated = replace(basket_of(), event="feedback")

    found = reaching(Stamps(1, of=Of.RECEIPT, on="feedback"), member(), rated)

    assert found.earned == {"points": 10}
    assert reaching(Stamps(1, of=Of.RECEIPT), member(), rated).goals_after == {}


@pytest.mark.parametrize(
    ("last", "before", "after", "points"),
    [
        (None, None, 1, 0),
        (1, None, 1, 0),
        (1, 5, 6, 0),
        (1, 6, 0, 10),
        (0, 3, 3, 0),
        (0, 0, 0, 0),
        (2, 6, 1, 0),
    ],
)
def test_a_streak_grows_by_a_day_and_breaks_when_one_is_missed(
    last: int | None, before: int | None, after: int, points: int
) -> None:
    facts = member(
        goals={} if before is None else {"goal": before},
        last_purchase_on=None if last is None else TODAY - timedelta(days=last),
    )

    found = reaching(Streak(7), facts)

    assert (found.goals_after, found.earned["points"]) == ({"goal": after}, points)


@pytest.mark.parametrize(("ago", "after"), [(1, 3), (2, 1)])
def test_a_streak_of_what_is_no_purchase_counts_its_own_days(ago: int, after: int) -> None:
    rated = replace(basket_of(), event="feedback")
    done = (Activity("feedback", TODAY - timedelta(days=ago)), Activity("quiz", TODAY))

    found = reaching(Streak(7, "feedback"), member(goals={"goal": 2}, activity=done), rated)

    assert found.goals_after == {"goal": after}


@pytest.mark.parametrize(
    ("reach", "facts"),
    [
        (Stamps(3), STRANGER),
        (Streak(3), member(goals={"goal": 1}, last_purchase_on=UNKNOWN)),
        (Streak(3, "sale"), replace(STRANGER, goals={})),
        (Stamps(3, lines=Selection(favourite=True)), member(favourite_category=UNKNOWN)),
    ],
)
def test_a_goal_is_unknown_where_its_facts_are(reach: Course, facts: MemberFacts) -> None:
    found = reaching(reach, facts)

    assert reason_of(found, "goal").outcome is Outcome.UNKNOWN
    assert found.goals_after == {}


def test_a_streak_of_activity_nobody_knows_is_unknown() -> None:
    rated = replace(basket_of(), event="feedback")
    facts = member(goals={"goal": 1}, activity=UNKNOWN)

    found = reaching(Streak(3, "feedback"), facts, rated)

    assert reason_of(found, "goal").outcome is Outcome.UNKNOWN


def test_who_is_nobody_collects_no_stamps() -> None:
    assert missing_in(reason_of(reaching(Stamps(3), None), "goal")) == {"member": "none"}


def test_a_goal_gives_points_vouchers_or_draws() -> None:
    voucher = reaching(Stamps(2), member(), then=IssueVoucher("cup", 7))
    draws = reaching(Stamps(2), member(), then=DrawPrize("spring"))

    assert [one.reward for one in voucher.vouchers_issued] == ["cup", "cup"]
    assert draws.draws == ("spring", "spring")


def test_more_presents_than_a_receipt_bears_wait_for_the_next() -> None:
    plenty = basket_of(bought(1, 5000))

    found = reaching(Stamps(1), member(), plenty, IssueVoucher("cup"))

    assert (len(found.vouchers_issued), found.goals_after) == (1000, {"goal": 4000})


def test_goals_end_when_earning_does() -> None:
    goal = Goal("goal", Stamps(1), Give(10))
    over = program_of(goals=(goal,), closing=Closing(TODAY - timedelta(1), TODAY))

    found = quote(TEN_EURO, member(), over)

    assert (found.earned, found.goals_after) == ({"points": 0}, {})
    assert missing_in(reason_of(found, "goal")) == {"dates": "closed"}


def test_settings_of_either_or_do_not_touch_a_receipt_that_redeems_nothing() -> None:
    either = Settings(earn_and_redeem=EarnAndRedeem.EITHER)
    program = program_of(goals=(Goal("goal", Stamps(1), Give(10)),), settings=either)

    assert quote(TEN_EURO, member(), program).earned == {"points": 10}
