"""Redeeming: each wish is granted whole, or refused with its facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line, Wish
from pos_loyalty.domain.engine.answer import FreeGoods, Redeemed
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    SetPrice,
)
from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.effects import IssueVoucher, Stacking
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.persons import Age
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.rewards import Convert, Donate, Gift, Reward
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.settings import EarnAndRedeem, Settings
from pos_loyalty.domain.programs.units import UnitOfAccount
from pos_loyalty.domain.refusals import (
    AlreadyDiscounted,
    BalanceUnknown,
    ConditionNotMet,
    InsufficientPoints,
    LimitReached,
    MemberNeeded,
    NoSuchReward,
    NothingToTakeOff,
    Refusal,
    ShareTooLarge,
    VoucherNotValid,
)
from tests.fakes.programs import (
    COFFEE,
    TODAY,
    bought,
)
from tests.unit.domain.engine.asked import missing_in, reason_of, refused
from tests.unit.domain.engine.shelf import (
    EACH,
    HALF,
    OLD,
    RICH,
    TEN,
    cups,
    off,
    shop,
    wishing,
)


def test_a_reward_costs_points_and_takes_money_off() -> None:
    found = quote(wishing(Wish("ten", 2)), RICH, shop(TEN))

    assert found.redemptions == (Redeemed("ten", 2, {"points": 600}, 2000),)
    assert (found.to_pay_minor, found.redeemed) == (2000, {"points": 600})
    assert (found.earned, found.balance_after) == ({"points": 20}, {"points": 420})


@pytest.mark.parametrize(
    ("gives", "times", "lines", "taken"),
    [
        (PercentOff(HALF), 2, (bought(1000),), 750),
        (AmountOff(300), 4, (bought(1000),), 1000),
        (CheapestOff(Fraction(1)), 2, (cups(100, 3),), 200),
        (BuyGet(1, 1), 1, (cups(100, 4),), 100),
        (BuyGet(1, 1), 2, (cups(100, 4),), 200),
        (MemberPrice(80, EACH), 1, (cups(100, 2),), 40),
        (SetPrice(150, (EACH, EACH)), 1, (cups(100, 4),), 50),
        (SetPrice(150, (EACH, EACH)), 2, (cups(100, 4),), 100),
    ],
)
def test_a_reward_had_several_times_takes_off_as_often(
    gives: Gift, times: int, lines: tuple[Line, ...], taken: int
) -> None:
    assert off(gives, times, *lines) == taken


@pytest.mark.parametrize(
    ("gives", "times", "lines"),
    [
        (AmountOff(500), 3, (bought(1000),)),
        (CheapestOff(HALF), 4, (cups(100, 3),)),
        (BuyGet(1, 1), 3, (cups(100, 4),)),
        (MemberPrice(80, EACH), 2, (cups(100, 4),)),
        (SetPrice(150, (EACH, EACH)), 3, (cups(100, 4),)),
        (PercentOff(HALF, EACH), 1, (bought(100),)),
        (PercentOff(HALF), 20, (bought(100),)),
        (SetPrice(150, (EACH, EACH)), 1, (bought(100),)),
        (PercentOff(HALF, Selection(favourite=True)), 1, (bought(100),)),
    ],
)
def test_no_time_is_wasted_on_what_is_not_there(
    gives: Gift, times: int, lines: tuple[Line, ...]
) -> None:
    rich = replace(RICH, favourite_category=STRANGER.favourite_category)
    basket = wishing(Wish("r", times), lines=lines)

    assert refused(basket, shop(Reward("r", gives, 1)), rich) == NothingToTakeOff("r")


def test_shares_of_the_price_add_where_the_reward_says_so() -> None:
    assert off(PercentOff(Fraction(1, 4)), 3, bought(1000), stacking=Stacking.ADD) == 750
    assert off(PercentOff(HALF), 2, bought(1000), stacking=Stacking.ADD) == 1000


def test_gifts_and_conversions_leave_the_bill_as_it_is() -> None:
    stars = UnitOfAccount("stars")
    program = shop(
        Reward("mug", FreeItem(("mug", "cup"), 2), 10, pay_minor=990),
        Reward("tree", Donate("trees"), 20),
        Reward("stars", Convert("stars", 3), 30),
        Reward("fuel", Convert("points", 3, "q8"), 40),
        Reward("later", IssueVoucher("mug", 10, 2), 50),
        units=(UnitOfAccount(), stars),
    )
    wishes = (
        Wish("mug", choice="cup"),
        Wish("tree"),
        Wish("stars", 2),
        Wish("fuel"),
        Wish("later"),
    )

    found = quote(wishing(*wishes), RICH, program)

    mug, _, converted, fuel, _ = found.redemptions
    assert (mug.goods, mug.pay_minor) == ((FreeGoods("cup", 2),), 990)
    assert (converted.gained, fuel.gained) == ({"stars": 6}, {"q8/points": 3})
    assert found.to_pay_minor == 4990
    assert found.balance_after == {"points": 1000 - 180 + 40, "stars": 56}
    (voucher,) = found.vouchers_issued
    assert (voucher.first, voucher.last) == (TODAY + timedelta(2), TODAY + timedelta(11))


LIMITED = Reward("ten", AmountOff(100), 1, limits=(Limit(2, Per.DAY),))
REFUSALS: tuple[tuple[Reward, tuple[Wish, ...], MemberFacts | None, Refusal], ...] = (
    (TEN, (Wish("none"),), RICH, NoSuchReward("none")),
    (TEN, (Wish("ten"),), None, MemberNeeded("ten")),
    (TEN, (Wish("ten"),), STRANGER, BalanceUnknown("ten", 300)),
    (TEN, (Wish("ten", 4),), RICH, InsufficientPoints("ten", "points", 1200, 1000)),
    (
        TEN,
        (Wish("ten", 2), Wish("ten", 2)),
        RICH,
        InsufficientPoints("ten", "points", 600, 400),
    ),
    (
        replace(TEN, minimum_balance=2000),
        (Wish("ten"),),
        RICH,
        InsufficientPoints("ten", "points", 2000, 1000),
    ),
    (
        replace(TEN, when=(Age(18),)),
        (Wish("ten"),),
        OLD,
        ConditionNotMet("ten", (Missing("age", "18-", Age(18)),)),
    ),
    (
        replace(TEN, times_max=1),
        (Wish("ten"), Wish("ten")),
        RICH,
        LimitReached("ten", "receipt", 1),
    ),
    (
        LIMITED,
        (Wish("ten", 2),),
        replace(RICH, usage={"ten": {"day": 1}}),
        LimitReached("ten", "day", 2),
    ),
    (
        LIMITED,
        (Wish("ten"),),
        replace(RICH, usage=STRANGER.usage),
        ConditionNotMet("ten", (Missing("usage", "unknown"),)),
    ),
    (replace(TEN, stock=1, cost=1), (Wish("ten", 2),), RICH, LimitReached("ten", "stock", 1)),
    (
        Reward("ten", FreeItem(("mug",), 2), 1, stock=3),
        (Wish("ten", 2),),
        RICH,
        LimitReached("ten", "stock", 1),
    ),
    (
        Reward("ten", PercentOff(Fraction(1, 10**6)), 0, pay_minor=1),
        (Wish("ten", 1001),),
        RICH,
        LimitReached("ten", "receipt", 1000),
    ),
    (
        replace(TEN, largest_share=Fraction(1, 5)),
        (Wish("ten"),),
        RICH,
        ShareTooLarge("ten", 800, 1000),
    ),
    (
        replace(TEN, largest_share=HALF, cost=1),
        (Wish("ten", 2), Wish("ten")),
        RICH,
        ShareTooLarge("ten", 0, 1000),
    ),
    (
        replace(TEN, smallest_cash_minor=3500),
        (Wish("ten"),),
        RICH,
        ShareTooLarge("ten", 500, 1000),
    ),
    (
        replace(TEN, smallest_cash_minor=9000),
        (Wish("ten"),),
        RICH,
        ShareTooLarge("ten", 0, 1000),
    ),
    (
        Reward("ten", FreeItem(("mug",)), 1),
        (Wish("ten", choice="cup"),),
        RICH,
        NoSuchReward("ten: cup"),
    ),
    (replace(TEN, voucher_only=True), (Wish("ten"),), RICH, VoucherNotValid("", None, None)),
    (TEN, (Wish("ten", voucher="V"),), RICH, VoucherNotValid("V", None, None)),
)


@pytest.mark.parametrize(("reward", "wishes", "facts", "refusal"), REFUSALS)
def test_what_cannot_be_had_is_refused_with_its_facts(
    reward: Reward, wishes: tuple[Wish, ...], facts: MemberFacts | None, refusal: Refusal
) -> None:
    assert refused(wishing(*wishes), shop(reward), facts) == refusal


def test_what_is_out_of_stock_is_reserved_where_the_reward_says_so() -> None:
    reserved = Reward("mug", FreeItem(("mug",)), 1, stock=0, reserved=True)

    found = quote(wishing(Wish("mug")), RICH, shop(reserved))

    assert (len(found.redemptions), found.rewards[0].affordable_times) == (1, 999)


def test_the_stock_that_is_left_is_a_published_figure() -> None:
    basket = replace(wishing(Wish("mug", 2)), figures={"stock-mug": 1})

    refusal = refused(basket, shop(Reward("mug", FreeItem(("mug",)), 1, stock=50)), RICH)

    assert refusal == LimitReached("mug", "stock", 1)


def test_a_reward_that_stands_alone_admits_no_other_discount_on_all() -> None:
    alone = replace(TEN, id="alone", stacking=Stacking.EXCLUSIVE)
    cup = Reward("cup", CheapestOff(Fraction(1), COFFEE), 1)
    rule = Rule("tenth", PercentOff(Fraction(1, 10)))
    lines = bought(4000), cups(100, 1)

    after_rule = refused(wishing(Wish("alone")), replace(shop(alone), rules=(rule,)), RICH)
    before = refused(wishing(Wish("alone"), Wish("ten")), shop(alone, TEN), RICH)
    after = refused(wishing(Wish("ten"), Wish("alone")), shop(alone, TEN), RICH)
    beside = quote(wishing(Wish("alone"), Wish("cup"), lines=lines), RICH, shop(alone, cup))

    assert after_rule == AlreadyDiscounted("alone", "tenth")
    assert before == AlreadyDiscounted("ten", "alone")
    assert after == AlreadyDiscounted("alone", "ten")
    assert beside.discount_minor == 1076  # 24 of the thousand lay on the cup.


def test_a_receipt_that_redeems_earns_nothing_where_it_is_either_or() -> None:
    either = shop(TEN, settings=Settings(earn_and_redeem=EarnAndRedeem.EITHER))

    redeeming = quote(wishing(Wish("ten")), RICH, either)
    earning = quote(wishing(), RICH, either)

    assert (redeeming.earned["points"], earning.earned["points"]) == (0, 40)
    assert missing_in(reason_of(redeeming, "base")) == {"redeemed": "either"}


def test_of_rewards_the_best_is_chosen_by_the_member_not_by_the_program() -> None:
    with pytest.raises(WrongValue, match="a reward is chosen"):
        replace(TEN, stacking=Stacking.BEST)
