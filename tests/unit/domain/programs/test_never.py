from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pos_loyalty.domain.programs.advice import NeverHolds, advise
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.effects import Earn, Give, Multiply, Of
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.never import WhyNever
from pos_loyalty.domain.programs.occasions import (
    Channel,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
    Weekday,
)
from pos_loyalty.domain.programs.persons import InTier
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Tier, TierLadder
from pos_loyalty.domain.programs.units import Months, UnitOfAccount
from tests.unit.domain.programs.shop import JUNE, MAY, ONE_PER_EURO, POINTS, program_with

ONE = Fraction(1)
COFFEE = Selection(categories=("coffee",))
MILES = UnitOfAccount("miles", lasts=Months(1))
MONDAY, TUESDAY = OnWeekdays((Weekday.MONDAY,)), OnWeekdays((Weekday.TUESDAY,))
ONLINE, TILL = ThroughChannel((Channel.ONLINE,)), ThroughChannel((Channel.TILL,))
FROM_20 = MinimumAmount(2000)
LADDER = TierLadder((Tier("silver", 1), Tier("gold", 2)))


def never(rule: Rule, **changes: Any) -> list[WhyNever]:  # noqa: ANN401 - any field of a program
    told = advise(program_with(rules=(ONE_PER_EURO, rule), **changes))
    return [one.why for one in told if isinstance(one, NeverHolds)]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule("r", Multiply(ONE, unit="miles")), WhyNever.NOTHING_TO_MULTIPLY),
        (Rule("r", Multiply(ONE), on="joined"), WhyNever.NOTHING_BOUGHT),
        (Rule("r", Earn(ONE), on="feedback"), WhyNever.NOTHING_BOUGHT),
        (Rule("r", Give(1), (ONLINE,)), WhyNever.OTHER_CHANNEL),
        (Rule("r", Give(1), (InStore(("roma",)),)), WhyNever.OTHER_STORE),
        (Rule("r", Give(1), (MONDAY, FROM_20, TUESDAY)), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), (TILL, ONLINE)), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), (InTier(("gold",)), InTier(("silver",)))), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), (InStore(("a",)), InStore(("b",)))), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), (OnDates(last=MAY), OnDates(JUNE))), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), (FROM_20, MinimumAmount(0, 2000))), WhyNever.CONDITIONS_EXCLUDE),
        (Rule("r", Give(1), limits=(Limit(0, Per.DAY),)), WhyNever.NO_TIMES),
    ],
)
def test_a_rule_that_can_never_apply_is_told_with_the_reason(rule: Rule, why: WhyNever) -> None:
    changes = {"units": (POINTS, MILES), "stores": ("bologna",), "channels": (Channel.TILL,)}

    assert never(rule, **changes, ladder=LADDER) == [why]


@pytest.mark.parametrize(
    "rule",
    [
        Rule("r", Multiply(ONE), (MONDAY, OnWeekdays((Weekday.MONDAY, Weekday.SUNDAY)))),
        Rule("r", Earn(ONE, of=Of.RECEIPT), on="joined"),
        Rule("r", Give(1), (ONLINE, InStore(("roma",)))),
        Rule("r", Give(1), (OnDates(MAY), OnDates(JUNE))),
        Rule("r", Give(1), (OnDates(MAY), OnDates(last=JUNE))),
        Rule("r", Give(1), (OnDates(MAY), OnDates(last=MAY))),
        Rule("r", Give(1), (FROM_20, MinimumAmount(500, 900, COFFEE))),
        Rule("r", Give(1), (FROM_20, MinimumAmount(0))),
        Rule("r", Give(1), limits=(Limit(1, Per.DAY),)),
    ],
)
def test_a_rule_that_may_apply_is_no_matter(rule: Rule) -> None:
    assert never(rule) == []


def test_a_reward_that_can_never_be_had_is_told() -> None:
    reward = Reward("gift", AmountOff(5), 100, when=(MONDAY, TUESDAY))

    assert advise(program_with(rewards=(reward,))) == (
        NeverHolds("rewards[0]", "gift", WhyNever.CONDITIONS_EXCLUDE),
    )
