"""Programs of as many rules as wanted, of all kinds, to measure how quotes grow with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.deeds import OnVisit, Spent
from pos_loyalty.domain.programs.effects import Earn, Effect, Give, Multiply
from pos_loyalty.domain.programs.persons import AroundDate, MemberDate
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.selection import Selection

BREAD, COFFEE = (Selection(categories=(f"grocery/{one}",)) for one in ("bread", "coffee"))
KINDS: tuple[tuple[Effect, tuple[Condition, ...]], ...] = (
    (Earn(Fraction(1), Decimal(250), lines=BREAD), ()),
    (Multiply(Fraction(2), lines=COFFEE), ()),
    (Give(5), (AroundDate(MemberDate.BIRTHDAY, 3, 3),)),
    (Earn(Fraction(1), Decimal(500)), (MinimumAmount(1000), Spent("30d", 5000))),
    (PercentOff(Fraction(1, 100), COFFEE), (OnVisit(every=3),)),
)


def program_of_many(rules: int) -> Program:
    """Make a program of so many rules, one kind after the other."""
    return Program(
        id=ProgramId("bench"),
        version=100 + rules,
        name={"en": "Bench Club"},
        currency="EUR",
        valid_from=date(2020, 1, 1),
        rules=tuple(Rule(f"rule-{number}", *KINDS[number % len(KINDS)]) for number in range(rules)),
    )
