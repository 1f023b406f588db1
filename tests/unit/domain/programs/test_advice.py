from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pos_loyalty.domain.programs.advice import (
    Advice,
    CostUnknown,
    DearReward,
    NeverExpires,
    NoContact,
    NoGoal,
    NotSpecial,
    OutOfReach,
    Untranslated,
    advise,
)
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
)
from pos_loyalty.domain.programs.effects import Band, Earn, Give, IssueVoucher, Of
from pos_loyalty.domain.programs.moments import Notice
from pos_loyalty.domain.programs.occasions import Channel, OnWeekdays, ThroughChannel, Weekday
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Convert, Donate, Reward
from pos_loyalty.domain.programs.schemes import Aim, Closing, ProgramGoal
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Tier, TierLadder
from pos_loyalty.domain.programs.units import (
    CalendarDay,
    Inactivity,
    Months,
    ProgramEnd,
    UnitOfAccount,
)
from tests.unit.domain.programs.shop import (
    FIVE_OFF,
    JUNE,
    MAY,
    NEW_YEARS_EVE,
    ONE_PER_EURO,
    POINTS,
    program_with,
)

ONE = Fraction(1)
COFFEE = Selection(categories=("coffee",))
CASH = UnitOfAccount("cash", value_minor=Fraction(50), lasts=Months(1))
MILES = UnitOfAccount("miles", lasts=Months(1))
EN = {"en": "a text"}
MONDAY, TUESDAY = OnWeekdays((Weekday.MONDAY,)), OnWeekdays((Weekday.TUESDAY,))
ONLINE, TILL = ThroughChannel((Channel.ONLINE,)), ThroughChannel((Channel.TILL,))
FROM_20 = MinimumAmount(2000)
LADDER = TierLadder((Tier("silver", 1), Tier("gold", 2)))


def advice(**changes: Any) -> list[Advice]:  # noqa: ANN401 - any field of a program
    return list(advise(program_with(**changes)))


def shares(*rewards: Reward, **changes: Any) -> list[Fraction]:  # noqa: ANN401 - any field
    told = advice(rewards=rewards, **changes)
    return [one.share for one in told if isinstance(one, DearReward)]


def test_there_is_nothing_to_say_of_a_sane_program() -> None:
    assert advice() == []
    assert advice(rules=(), rewards=()) == []


def test_a_reward_tells_what_it_costs_of_the_sale_that_earns_it() -> None:
    reward = Reward("gift", AmountOff(3400), cost=100)

    assert advice(rewards=(reward,)) == [
        DearReward("rewards[0]", "gift", Fraction(34, 100), Fraction(15, 100))
    ]


@pytest.mark.parametrize(
    ("reward", "share"),
    [
        (Reward("r", AmountOff(2000), 100, cost_minor=1700), Fraction(17, 100)),
        (Reward("r", AmountOff(4000), 100, cost_rate=Fraction(1, 2)), Fraction(20, 100)),
        (Reward("r", AmountOff(4000), 100, pay_minor=1000), Fraction(30, 100)),
        (Reward("r", FreeItem(("a",)), 100, cost_minor=2000), Fraction(20, 100)),
        (Reward("r", Donate("hospice", 1600), 100), Fraction(16, 100)),
        (Reward("r", PercentOff(ONE, cap_minor=5000), 100), Fraction(50, 100)),
        (Reward("r", Convert("cash", 50), 100), Fraction(25, 100)),
        (Reward("r", IssueVoucher("v"), 100), Fraction(18, 100)),
        (Reward("r", AmountOff(3600), 100, special=True, when=(FROM_20,)), Fraction(36, 100)),
    ],
)
def test_a_reward_costs_what_it_says_or_what_it_takes_off(reward: Reward, share: Fraction) -> None:
    voucher = Reward("v", AmountOff(1800), voucher_only=True)

    assert shares(reward, voucher, units=(POINTS, CASH)) == [share]


@pytest.mark.parametrize(
    "reward",
    [
        Reward("r", AmountOff(1500), 100),
        Reward("r", AmountOff(3500), 100, special=True),
        Reward("r", AmountOff(9000), 100, pay_minor=9500),
        Reward("r", PercentOff(ONE), 100),
        Reward("r", AmountOff(9000), when=(FROM_20,)),
        Reward("r", AmountOff(9000), 100, unit="cash"),
        Reward("r", Convert("miles", 1000), 100),
        Reward("r", Convert("air", 1000, partner="airline"), 100),
        Reward("r", Convert("nothing", 1000), 100),
        Reward("r", IssueVoucher("again"), 100),
        Reward("r", IssueVoucher("nothing"), 100),
    ],
)
def test_a_reward_that_costs_little_or_nobody_knows_what_is_no_matter(reward: Reward) -> None:
    again = Reward("again", IssueVoucher("again"), voucher_only=True)

    assert shares(reward, again, units=(POINTS, CASH, MILES)) == []


@pytest.mark.parametrize(
    "rule",
    [
        Rule("r", Earn(ONE, of=Of.RECEIPT)),
        Rule("r", Earn(ONE, lines=COFFEE)),
        Rule("r", Earn(ONE), when=(FROM_20,)),
        Rule("r", Earn(ONE, bands=(Band(Decimal(1), ONE),))),
        Rule("r", Earn(ONE, unit="miles")),
        Rule("r", Give(1)),
    ],
)
def test_only_what_everybody_earns_on_everything_counts_as_the_way_to_a_reward(rule: Rule) -> None:
    dear = Reward("gift", AmountOff(2000), 100)

    assert shares(dear, rules=(rule,), units=(POINTS, MILES)) == []
    assert shares(dear, rules=(rule, ONE_PER_EURO), units=(POINTS, MILES)) == [Fraction(1, 5)]


@pytest.mark.parametrize(
    ("gives", "share"),
    [
        (PercentOff(Fraction(20, 100)), Fraction(20, 100)),
        (CheapestOff(Fraction(20, 100)), Fraction(20, 100)),
        (BuyGet(9, 1), Fraction(1, 10)),
        (AmountOff(200), Fraction(1, 10)),
        (IssueVoucher("ten"), Fraction(1, 10)),
    ],
)
def test_a_special_that_is_not_special_is_told(gives: Any, share: Fraction) -> None:  # noqa: ANN401 - any benefit
    ten = Reward("ten", PercentOff(Fraction(1, 10)), voucher_only=True)
    reward = Reward("gift", gives, when=(FROM_20,), special=True)
    rule = Rule("gift", gives, when=(FROM_20,), special=True)

    assert advice(rewards=(ten, reward)) == [
        NotSpecial("rewards[1]", "gift", share, Fraction(1, 4))
    ]
    assert advice(rules=(rule,), rewards=(ten,)) == [
        NotSpecial("rules[0]", "gift", share, Fraction(1, 4))
    ]


@pytest.mark.parametrize(
    "gives",
    [
        PercentOff(Fraction(25, 100)),
        BuyGet(2, 1),
        AmountOff(5000),
        MemberPrice(100, COFFEE),
        IssueVoucher("again"),
        IssueVoucher("nothing"),
    ],
)
def test_a_special_that_is_special_or_cannot_be_told_is_no_matter(gives: Any) -> None:  # noqa: ANN401 - any benefit
    again = Reward("again", IssueVoucher("again"), voucher_only=True)
    reward = Reward("gift", gives, when=(FROM_20,), special=True)

    assert advice(rewards=(again, reward)) == []
    assert advice(rewards=(Reward("gift", AmountOff(5), special=True, when=(MONDAY,)),)) == []


def test_a_text_that_lacks_a_language_of_another_is_told() -> None:
    notice = Notice("fair", {"en": "Fair", "it": "Fiera"}, answers=(EN, {"it": "no", "en": "no"}))

    assert advice(notices=(notice,)) == [
        Untranslated("name", ("it",)),
        Untranslated("contact", ("it",)),
        Untranslated("notices[0].answers[0]", ("it",)),
    ]


@pytest.mark.parametrize(
    ("lasts", "changes", "told"),
    [
        (None, {}, True),
        (ProgramEnd(), {}, True),
        (ProgramEnd(), {"valid_until": NEW_YEARS_EVE}, False),
        (None, {"closing": Closing(MAY, JUNE)}, False),
        (Inactivity(90), {}, False),
        (None, {"rewards": ()}, False),
    ],
)
def test_points_that_never_expire_are_told_where_they_are_spent(
    lasts: Any,  # noqa: ANN401 - any expiry
    changes: dict[str, Any],
    *,
    told: bool,
) -> None:
    found = advice(units=(UnitOfAccount(lasts=lasts),), **changes)

    assert found == ([NeverExpires("units[0].lasts", "points")] if told else [])


def test_a_program_without_a_goal_or_anybody_to_ask_is_told() -> None:
    assert advice(goal=None, contact={}) == [NoGoal(), NoContact()]


@pytest.mark.parametrize(
    ("cost", "lasts", "months"),
    [
        (1300, Months(12), None),
        (1301, Months(12), 13),
        (1301, CalendarDay(12, 31), 13),
        (1301, CalendarDay(12, 31, 2), None),
        (1301, Inactivity(90), None),
    ],
)
def test_a_reward_whose_points_are_gone_too_soon_is_told(
    cost: int,
    lasts: Any,  # noqa: ANN401 - any expiry
    months: int | None,
) -> None:
    """With 25 € a week, 13/3 weeks a month, a member earns 1300 points a year."""
    reward = Reward("gift", AmountOff(500), cost=cost)

    found = advice(rewards=(reward,), units=(UnitOfAccount(lasts=lasts),))

    assert found == ([] if months is None else [OutOfReach("rewards[0]", "gift", months, 12)])


def test_how_far_a_reward_is_cannot_be_told_without_an_average_receipt() -> None:
    goal = ProgramGoal(Aim.ACTIVE_MEMBERS, Fraction(1), Fraction(2), NEW_YEARS_EVE)

    assert advice(goal=goal, rewards=(Reward("gift", AmountOff(500), cost=10**6),)) == []


def test_a_gift_whose_cost_is_not_known_is_told() -> None:
    gift = Reward("gift", FreeItem(("a",)), cost=100)
    known = Reward("known", FreeItem(("a",)), cost=100, cost_rate=Fraction(1, 2))

    assert advice(rewards=(FIVE_OFF, gift, known)) == [CostUnknown("rewards[1]", "gift")]
