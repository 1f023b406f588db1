"""A program to change one place of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.benefits import AmountOff, PercentOff
from pos_loyalty.domain.programs.effects import Earn
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Aim, ProgramGoal
from pos_loyalty.domain.programs.units import Months, UnitOfAccount

NEW_YEAR, MAY, JUNE, NEW_YEARS_EVE = (
    date(2026, 1, 1),
    date(2026, 5, 1),
    date(2026, 6, 1),
    date(2026, 12, 31),
)
TEN_OFF = PercentOff(Fraction(1, 10))
ONE_PER_EURO = Rule("base", Earn(Fraction(1), Decimal(100)))
FIVE_OFF = Reward("five-off", AmountOff(500), cost=100)
POINTS = UnitOfAccount(lasts=Months(12))
GOAL = ProgramGoal(Aim.AVERAGE_RECEIPT, Fraction(2000), Fraction(2500), NEW_YEARS_EVE)


def program_with(**changes: Any) -> Program:  # noqa: ANN401 - any field of a program
    """Build a program nothing is to be said of, but for what is changed."""
    usual: dict[str, Any] = {
        "id": ProgramId("bottega"),
        "version": 1,
        "name": {"en": "The corner shop"},
        "currency": "EUR",
        "valid_from": NEW_YEAR,
        "goal": GOAL,
        "contact": {"en": "At the counter"},
        "units": (POINTS,),
        "rules": (ONE_PER_EURO,),
        "rewards": (FIVE_OFF,),
    }
    return Program(**(usual | changes))
