"""A shop's program for texts: its own names for some things, none for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.benefits import AmountOff, FreeItem, PercentOff
from pos_loyalty.domain.programs.effects import Effect
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Membership, Partner, Pool, PoolPrize
from pos_loyalty.domain.programs.tiers import Tier, TierLadder
from pos_loyalty.domain.programs.units import UnitOfAccount

CLUB = Program(
    id=ProgramId("bottega"),
    version=3,
    name={"en": "Bottega Club"},
    currency="EUR",
    valid_from=date(2026, 1, 1),
    units=(
        UnitOfAccount(),
        UnitOfAccount("stars"),
        UnitOfAccount("cashback", precision=2, value_minor=Fraction(1)),
        UnitOfAccount("status", precision=1, status_only=True),
        UnitOfAccount(
            "chips",
            {
                "en": "chip|chips",
                "it": "gettone|gettoni",
                "ru": "фишка|фишки|фишек",
                "bg": "жетон|жетона|жетони",
                "zh-Hans": "枚筹码|筹码",
            },
        ),
    ),
    rewards=(
        Reward("ten", AmountOff(1000), 300, text={"en": "Ten euros"}),
        Reward("tenth", PercentOff(Fraction(1, 10)), 100),
        Reward("cup", FreeItem(("4711",)), 50, text={"en": "A cup"}),
    ),
    ladder=TierLadder((Tier("silver", 100), Tier("gold", 1000, {"en": "Gold"}))),
    memberships=(Membership("plus", "M1", 2900, 12, {"en": "Club Plus"}),),
    partners=(Partner("volo", "Volo"),),
    pools=(Pool("wheel", Fraction(1, 20), (PoolPrize("cup", 5),)),),
)


def with_rule(then: Effect, **details: object) -> Program:
    """Give the club one rule."""
    rule = replace(Rule("told", then), **details)  # type: ignore[arg-type]
    return replace(CLUB, rules=(rule,))
