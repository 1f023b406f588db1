from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.conditions import AnyOf, Condition, NoneOf
from pos_loyalty.domain.programs.deeds import AboveFigure, HasEarned
from pos_loyalty.domain.programs.effects import (
    Discounts,
    DrawPrize,
    Earn,
    Effect,
    Give,
    IssueVoucher,
    Multiply,
    Of,
)
from pos_loyalty.domain.programs.limits import Cap, Per
from pos_loyalty.domain.programs.moments import Notice, Suggestion
from pos_loyalty.domain.programs.occasions import OnDates
from pos_loyalty.domain.programs.persons import InTier, MembershipActive
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import Tax, VoucherShown
from pos_loyalty.domain.programs.references import check_references
from pos_loyalty.domain.programs.rewards import Convert, Reward
from pos_loyalty.domain.programs.schemes import (
    Closing,
    CurrencyChange,
    Membership,
    Partner,
    Pool,
    PoolPrize,
    Transfers,
)
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import (
    EarlyAccess,
    Goal,
    Metric,
    Stamps,
    Tier,
    TierLadder,
)
from pos_loyalty.domain.programs.units import UnitOfAccount
from tests.unit.domain.programs.shop import (
    FIVE_OFF,
    JUNE,
    MAY,
    NEW_YEAR,
    NEW_YEARS_EVE,
    ONE_PER_EURO,
    POINTS,
    TEN_OFF,
    program_with,
)

ONE = Fraction(1)
DAY = timedelta(days=1)
STARS = UnitOfAccount("stars", status_only=True)
GOLD = TierLadder((Tier("gold", 100),), Metric.EARNED, with_this_receipt=False)
GOLD_AT_ONCE = TierLadder((Tier("gold", 100),), Metric.EARNED)
CLUB = Membership("club", "CLUB", 1000, 12)
COFFEE = Selection(categories=("coffee",))
LAST_YEAR = OnDates(last=NEW_YEAR - DAY)
NEXT_YEAR = OnDates(NEW_YEARS_EVE + DAY)
FOR_GOLD = InTier(("gold",))
EN = {"en": "a text"}


def rule(then: Effect, *when: Condition) -> dict[str, Any]:
    return {"rules": (ONE_PER_EURO, Rule("other", then, when))}


def reward(**terms: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of a reward
    usual: dict[str, Any] = {"gives": TEN_OFF, "cost": 1}
    return {"rewards": (FIVE_OFF, Reward("other", **(usual | terms)))}


def wrong(**changes: Any) -> WrongValue:  # noqa: ANN401 - any field of a program
    with pytest.raises(WrongValue) as refused:
        check_references(program_with(**changes))
    return refused.value


@pytest.mark.parametrize(
    ("path", "allowed", "changes"),
    [
        ("rules[1].then.unit", "a unit", rule(Earn(ONE, unit="miles"))),
        ("rules[1].then.unit", "a unit", rule(Multiply(ONE, unit="miles"))),
        ("rules[1].then.rules[0]", "a rule that earns", rule(Multiply(ONE, rules=("other",)))),
        ("rules[1].then.unit", "did you mean 'points'?", rule(Give(1, "point"))),
        ("rules[1].then.reward", "did you mean 'five-off'?", rule(IssueVoucher("five-of"))),
        ("rules[1].then.pool", "there is none", rule(DrawPrize("wheel"))),
        ("rules[1].when[0].any_of[0]", "a tier", rule(Give(1), FOR_GOLD)),
        (
            "rules[1].when[0].conditions[0].conditions[0].any_of[0]",
            "a tier",
            rule(Give(1), AnyOf((NoneOf((FOR_GOLD,)),))),
        ),
        ("rules[1].when[0].reward", "a reward", rule(Give(1), VoucherShown("six-off"))),
        ("rules[1].when[0].unit", "a unit", rule(Give(1), HasEarned("ever", 1, "miles"))),
        ("rules[1].when[0].unit", "a unit", rule(Give(1), AboveFigure("f", "30d", "miles"))),
        ("rules[1].when[0].id", "a membership", rule(Give(1), MembershipActive("club"))),
        ("rewards[1].unit", "a unit", reward(unit="miles")),
        ("rewards[1].unit", "a unit", reward(unit="miles", cost=0, minimum_balance=1, pay_minor=1)),
        ("rewards[1].when[0].any_of[0]", "a tier", reward(when=(FOR_GOLD,))),
        ("rewards[1].gives.unit", "or name the partner", reward(gives=Convert("miles", 1))),
        ("rewards[1].gives.partner", "a partner", reward(gives=Convert("miles", 1, "airline"))),
        ("rewards[1].gives.reward", "a reward", reward(gives=IssueVoucher("six-off"))),
        ("caps[0].unit", "a unit", {"caps": (Cap("cap", 1, Per.DAY, "miles"),)}),
        ("caps[0].rules[1]", "a rule", {"caps": (Cap("c", 1, Per.DAY, rules=("base", "x")),)}),
        (
            "ladder.unit",
            "a unit",
            {"ladder": TierLadder((Tier("gold", 1),), Metric.EARNED, unit="m")},
        ),
        ("access[0].tiers[0]", "a tier", {"access": (EarlyAccess(COFFEE, ("gold",)),)}),
        (
            "goals[0].then.unit",
            "a unit",
            {"goals": (Goal("stamps", Stamps(8), Give(1, "miles")),)},
        ),
        (
            "memberships[0].saves[0]",
            "a rule",
            {"memberships": (Membership("club", "CLUB", 1, 1, saves=("x",)),)},
        ),
        (
            "suggestions[0].towards",
            "a rule, reward or goal",
            {"suggestions": (Suggestion("s", EN, "x"),)},
        ),
        ("transfers.unit", "a unit", {"transfers": Transfers(unit="miles")}),
        (
            "pools[0].prizes[0].reward",
            "a reward",
            {"pools": (Pool("wheel", ONE, (PoolPrize("six-off", 1),)),)},
        ),
        (
            "pools[1].id",
            "no other pool",
            {"pools": (Pool("wheel", ONE, (PoolPrize("five-off", 1),)),) * 2},
        ),
        ("partners[1].id", "no other partner", {"partners": (Partner("airline", "Air"),) * 2}),
    ],
)
def test_a_name_that_names_nothing_is_told_with_its_place(
    path: str, allowed: str, changes: dict[str, Any]
) -> None:
    error = wrong(**changes)

    assert error.field == path
    assert allowed in error.allowed


def carrying(name: str, unit: str = "points") -> Rule:
    return Rule(name, Earn(ONE, unit=unit, carry=True))


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("rewards[0].id", {"rewards": (Reward("base", TEN_OFF, 1),)}),
        ("caps[0].id", {"caps": (Cap("five-off", 1, Per.DAY),)}),
        ("rules[1].then.tax", rule(Earn(ONE, of=Of.QUANTITY, tax=Tax.EXCLUDED))),
        ("rules[1].then.discounts", rule(Earn(ONE, of=Of.RECEIPT, discounts=Discounts.BEFORE))),
        ("rules[1].then.carry", {"rules": (carrying("base"), carrying("more"))}),
        ("rewards[1].unit", {"units": (POINTS, STARS)} | reward(unit="stars")),
        ("rewards[1].gives.unit", reward(gives=Convert("points", 5))),
        ("ladder.metric", {"ladder": TierLadder((Tier("gold", 1),), Metric.FEE)}),
        (
            "memberships[1].sku",
            {"memberships": (CLUB, Membership("best-club", "CLUB", 2000, 12))},
        ),
        ("rules[1].when[0].last", rule(Give(1), LAST_YEAR)),
        ("rules[1].when[0].first", {"valid_until": NEW_YEARS_EVE} | rule(Give(1), NEXT_YEAR)),
        ("rules[1].when[0].conditions[1].last", rule(Give(1), AnyOf((FOR_GOLD, LAST_YEAR)))),
        ("rewards[1].when[0].last", reward(when=(LAST_YEAR,))),
        ("notices[0].last", {"notices": (Notice("fair", EN, last=NEW_YEAR - DAY),)}),
        ("transfers.last", {"transfers": Transfers(last=NEW_YEAR - DAY)}),
        ("access[0].until", {"access": (EarlyAccess(COFFEE, ("gold",), NEW_YEAR - DAY),)}),
        ("closing.earn_until", {"valid_until": MAY, "closing": Closing(JUNE, JUNE)}),
        ("closing.earn_until", {"closing": Closing(NEW_YEAR - DAY, JUNE)}),
        ("closing.successor", {"closing": Closing(MAY, JUNE, successor="bottega")}),
        ("currency_change.on", {"currency_change": CurrencyChange(date(2025, 1, 1), "BGN", ONE)}),
        ("currency_change.currency", {"currency_change": CurrencyChange(MAY, "EUR", ONE)}),
    ],
)
def test_terms_that_contradict_each_other_are_told_with_their_place(
    path: str, changes: dict[str, Any]
) -> None:
    assert wrong(**({"ladder": GOLD} | changes)).field == path


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"units": (STARS, POINTS)} | reward(unit="miles", cost=0, pay_minor=1),
        {"partners": (Partner("airline", "Air"),)}
        | reward(gives=Convert("miles", 1, partner="airline")),
        {"units": (POINTS, STARS)} | reward(gives=Convert("stars", 1)),
        {"rules": (carrying("base"), carrying("more", "stars")), "units": (POINTS, STARS)},
        {"ladder": TierLadder((Tier("gold", 1),), Metric.FEE), "memberships": (CLUB,)},
        {"ladder": TierLadder((Tier("gold", 1),), unit="nothing")},
        {"ladder": GOLD} | rule(Multiply(ONE), FOR_GOLD),
        {"ladder": GOLD_AT_ONCE, "units": (POINTS, STARS)} | rule(Give(1, "stars"), FOR_GOLD),
        {"ladder": GOLD_AT_ONCE} | rule(TEN_OFF, FOR_GOLD),
        {"ladder": GOLD_AT_ONCE} | rule(Multiply(ONE), FOR_GOLD),
        rule(Earn(ONE, of=Of.QUANTITY)),
        rule(Give(1), NoneOf((LAST_YEAR,))),
        rule(Give(1), OnDates(NEW_YEAR, NEW_YEAR)),
        {"valid_until": MAY} | rule(Give(1), OnDates(MAY)),
        {"valid_until": MAY, "closing": Closing(NEW_YEAR, MAY)},
        {"valid_until": MAY, "closing": Closing(MAY, JUNE)} | reward(when=(OnDates(JUNE),)),
        {"transfers": Transfers(first=JUNE, last=JUNE), "closing": Closing(MAY, JUNE)},
        {"access": (EarlyAccess(COFFEE, ("gold",)),), "ladder": GOLD},
        {"currency_change": CurrencyChange(MAY, "BGN", ONE)},
        {"suggestions": (Suggestion("s", EN), Suggestion("t", EN, "five-off"))},
    ],
)
def test_terms_that_agree_are_let_through(changes: dict[str, Any]) -> None:
    check_references(program_with(**changes))


def test_a_very_long_list_of_names_is_cut_short() -> None:
    rewards = tuple(Reward(f"reward-number-{n}", TEN_OFF, 1) for n in range(1000))

    error = wrong(rewards=rewards, rules=(Rule("r", IssueVoucher("x" * 64)),))

    assert len(error.allowed) < 2100
    assert error.allowed.endswith("…")
