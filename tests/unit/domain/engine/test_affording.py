"""What a member can pay with, and how near each reward is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Wish
from pos_loyalty.domain.engine.answer import Quote, RewardState
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import STRANGER, MemberFacts, OwnLot
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    CheapestOff,
    FreeItem,
    PercentOff,
)
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.persons import Age
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.rewards import Donate, Reward
from pos_loyalty.domain.programs.schemes import Closing
from pos_loyalty.domain.programs.units import Inactivity, UnitOfAccount, Usable
from pos_loyalty.domain.refusals import (
    InsufficientPoints,
    RedeemingEnded,
)
from tests.fakes.programs import (
    COFFEE,
    PER_EURO,
    TODAY,
    bought,
    member,
    program_of,
)
from tests.unit.domain.engine.asked import missing_in, refused
from tests.unit.domain.engine.shelf import (
    FREE,
    HALF,
    OLD,
    RICH,
    TEN,
    cups,
    off,
    shop,
    wishing,
)


@pytest.mark.parametrize(
    ("unit", "facts", "times"),
    [
        (UnitOfAccount(), member(balances={"points": 300}), 1),
        (UnitOfAccount(), member(balances={"points": 299}), 0),
        (UnitOfAccount(usable=Usable.AT_ONCE), member(balances={"points": 260}), 1),
        (UnitOfAccount(usable=Usable.AT_ONCE), member(balances={"points": 259}), 0),
        (UnitOfAccount(usable=Usable.AT_ONCE), STRANGER, 0),
        (
            UnitOfAccount(),
            member(
                balances={"points": 300}, lots=(OwnLot("points", 1, None, TODAY + timedelta(1)),)
            ),
            0,
        ),
        (
            UnitOfAccount(),
            member(balances={"points": 300}, lots=(OwnLot("points", 1, None, TODAY),)),
            1,
        ),
        (
            UnitOfAccount(),
            member(balances={"points": 300}, lots=(OwnLot("points", 1, TODAY),)),
            0,
        ),
        (
            UnitOfAccount(),
            member(
                balances={"points": 300}, lots=(OwnLot("points", 1, TODAY), OwnLot("points", 300))
            ),
            1,
        ),
        (
            UnitOfAccount(),
            member(balances={"points": 300}, lots=(OwnLot("stars", 1, TODAY),)),
            1,
        ),
        (UnitOfAccount(), member(balances=STRANGER.balances, lots=(OwnLot("points", 300),)), 1),
        (
            UnitOfAccount(lasts=Inactivity(30)),
            member(balances={"points": 300}, last_purchase_on=TODAY - timedelta(29)),
            1,
        ),
        (
            UnitOfAccount(lasts=Inactivity(30)),
            member(balances={"points": 300}, last_purchase_on=TODAY - timedelta(30)),
            0,
        ),
        (UnitOfAccount(lasts=Inactivity(30)), member(balances={"points": 300}), 1),
    ],
)
def test_only_points_that_are_live_and_usable_pay(
    unit: UnitOfAccount, facts: MemberFacts, times: int
) -> None:
    found = quote(wishing(), facts, shop(TEN, units=(unit,)))

    assert found.rewards[0].affordable_times == times


def test_what_is_owed_is_paid_by_the_next_points_first() -> None:
    owing = member(balances={"points": -50})
    at_once = shop(Reward("r", AmountOff(100), 1), units=(UnitOfAccount(usable=Usable.AT_ONCE),))

    found = quote(wishing(), owing, at_once)

    assert found.balance_after == {"points": -10}
    assert refused(wishing(Wish("r")), at_once, owing) == InsufficientPoints("r", "points", 1, 0)


def test_status_is_counted_and_never_spent() -> None:
    status = UnitOfAccount(status_only=True, usable=Usable.AT_ONCE)

    assert refused(wishing(Wish("ten")), shop(TEN, units=(status,)), RICH) == InsufficientPoints(
        "ten", "points", 300, 0
    )


def state_of(reward: Reward, found: Quote) -> RewardState:
    return next(one for one in found.rewards if one.id == reward.id)


@pytest.mark.parametrize(
    ("reward", "facts", "times", "missing"),
    [
        (TEN, RICH, 3, {}),
        (TEN, member(balances={"points": 120}), 0, {"points": 140}),
        (TEN, member(balances={"points": 280}), 0, {"usable": "next_receipt"}),
        (replace(TEN, minimum_balance=2000), RICH, 0, {"points": 960}),
        (replace(TEN, times_max=2), RICH, 2, {}),
        (replace(TEN, stock=1), RICH, 1, {}),
        (replace(TEN, stock=0), RICH, 0, {"stock": "none"}),
        (replace(TEN, when=(Age(18),)), OLD, 3, {"age": "18-"}),
        (replace(TEN, limits=(Limit(2, Per.DAY),)), RICH, 2, {}),
        (
            replace(TEN, limits=(Limit(0, Per.DAY), Limit(1, Per.YEAR))),
            RICH,
            0,
            {"limit": "day,year"},
        ),
        (
            replace(TEN, limits=(Limit(2, Per.DAY),)),
            replace(RICH, usage=STRANGER.usage),
            0,
            {"usage": "unknown"},
        ),
        (TEN, STRANGER, 0, {"balance": "unknown"}),
        (Reward("ten", AmountOff(1, COFFEE), 1), RICH, 1000, {"lines": "none"}),
        (Reward("ten", FreeItem(("mug",)), 1), RICH, 1000, {}),
        (Reward("ten", Donate("trees"), 1), RICH, 1000, {}),
        (Reward("ten", AmountOff(1), 0, pay_minor=1), RICH, 1, {}),
    ],
)
def test_how_near_a_reward_is_is_told_with_what_is_missing(
    reward: Reward, facts: MemberFacts, times: int, missing: dict[str, object]
) -> None:
    state = state_of(reward, quote(wishing(), facts, shop(reward)))

    assert state.affordable_times == times
    assert state.usable_now is (times > 0 and not missing)
    assert {one.word: one.value for one in state.missing} == missing


def test_what_was_just_redeemed_counts_against_what_can_still_be_had() -> None:
    reward = replace(TEN, cost=1, times_max=3, stock=2, limits=(Limit(4, Per.DAY),))

    found = quote(wishing(Wish("ten")), RICH, shop(reward))

    assert state_of(reward, found).affordable_times == 1


def test_rewards_for_vouchers_are_not_on_the_shelf() -> None:
    assert quote(wishing(), RICH, shop(FREE)).rewards == ()


def test_a_program_that_only_redeems_earns_and_discounts_nothing() -> None:
    closing = Closing(date(2026, 3, 31), date(2026, 6, 30))
    rules = (PER_EURO, Rule("half", PercentOff(HALF)))
    program = program_of(*rules, rewards=(TEN,), valid_until=date(2026, 4, 30), closing=closing)

    found = quote(wishing(Wish("ten")), RICH, program)

    assert (found.discount_minor, found.earned) == (1000, {"points": 0})
    assert [missing_in(one) for one in found.reasons] == [{"dates": "closed"}] * 2


def test_before_its_end_a_program_that_no_longer_earns_still_discounts() -> None:
    closing = Closing(date(2026, 3, 31), date(2026, 3, 31))
    program = program_of(PER_EURO, Rule("half", PercentOff(HALF)), rewards=(TEN,), closing=closing)

    found = quote(wishing(), RICH, program)

    assert (found.discount_minor, found.earned, found.rewards) == (2000, {"points": 0}, ())
    assert refused(wishing(Wish("ten")), program, RICH) == RedeemingEnded("ten", date(2026, 3, 31))


def test_pieces_weighed_are_one_piece_each() -> None:
    weighed = bought(1000, "0.5", category="grocery/coffee")

    assert off(CheapestOff(Fraction(1)), 1, weighed, cups(700, 1)) == 500
