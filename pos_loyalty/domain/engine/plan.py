"""A program put in the order the engine works in, once for all baskets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    Rounding,
    SetPrice,
)
from pos_loyalty.domain.programs.effects import Earn, Multiply
from pos_loyalty.domain.programs.program import Program, Rule

PROGRAMS_MAX = 64
BENEFITS = (PercentOff, AmountOff, CheapestOff, BuyGet, MemberPrice, SetPrice, FreeItem)


@dataclass(frozen=True, slots=True)
class Pace:
    """Points for each step as whole numbers: `points` / `of_points` per `step` / `of_step`."""

    since: Fraction | int
    points: int
    of_points: int
    step: int
    of_step: int
    rounding: Rounding

    def steps(self, counted: Fraction | int) -> int:
        """Tell how many steps there are in what is counted."""
        over, under = counted.as_integer_ratio()
        return rounded(over * self.of_step, under * self.step, self.rounding)

    def worth(self, counted: Fraction | int) -> int:
        """Tell how many points that gives."""
        return rounded(self.steps(counted) * self.points, self.of_points, self.rounding)

    def next_steps(self, counted: Fraction | int) -> int:
        """Tell how many steps give more points than what is counted: of half points two."""
        over, under = counted.as_integer_ratio()
        whole = over * self.of_step // (under * self.step)
        if not self.points or self.rounding is not Rounding.FLOOR:
            return whole + 1
        more = (self.worth(counted) + 1) * self.of_points
        return max(whole + 1, -(-more // self.points))


@dataclass(frozen=True, slots=True)
class EarnPlan:
    """An earning rule with its arithmetic prepared."""

    rule: Rule
    earn: Earn
    paces: tuple[Pace, ...]
    above: Fraction | int


@dataclass(frozen=True, slots=True)
class Discounter:
    """A rule that takes something off the bill by itself."""

    rule: Rule
    benefit: Benefit


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A rule that multiplies what others earn."""

    rule: Rule
    multiply: Multiply


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules for one event, by what they do."""

    discounts: tuple[Discounter, ...] = ()
    earns: tuple[EarnPlan, ...] = ()
    multipliers: tuple[Multiplier, ...] = ()
    others: tuple[Rule, ...] = ()  # Points at once, vouchers, draws.
    order: tuple[str, ...] = ()  # Of the document.


NO_RULES = Plan()


def rounded(part: int, whole: int, rounding: Rounding) -> int:
    """Divide by a positive `whole` and round."""
    if rounding is Rounding.FLOOR:
        return part // whole
    if rounding is Rounding.CEIL:
        return -(-part // whole)
    return (2 * part + whole) // (2 * whole)


def plan_for(program: Program, event: str) -> Plan:
    """Find the rules of `program` for `event`."""
    return _plans(program).get(event, NO_RULES)


@lru_cache(maxsize=PROGRAMS_MAX)
def _plans(program: Program) -> Mapping[str, Plan]:
    events = {rule.on for rule in program.rules}
    return {event: _plan([rule for rule in program.rules if rule.on == event]) for event in events}


def _plan(rules: list[Rule]) -> Plan:
    discounts, earns, multipliers, others = [], [], [], []
    for rule in rules:
        match rule.then:
            case Earn() as earn:
                earns.append(_earn_plan(rule, earn))
            case Multiply() as multiply:
                multipliers.append(Multiplier(rule, multiply))
            case PercentOff() | AmountOff() | CheapestOff() | BuyGet() as benefit:
                discounts.append(Discounter(rule, benefit))
            case MemberPrice() | SetPrice() | FreeItem() as benefit:
                discounts.append(Discounter(rule, benefit))
            case _:
                others.append(rule)
    return Plan(
        tuple(discounts),
        tuple(earns),
        tuple(multipliers),
        tuple(others),
        tuple(rule.id for rule in rules),
    )


def _earn_plan(rule: Rule, earn: Earn) -> EarnPlan:
    first = _pace(Decimal(0), earn.points, earn.step, earn.rounding)
    later = [_pace(band.since, band.points, band.step, earn.rounding) for band in earn.bands]
    return EarnPlan(rule, earn, (first, *later), _number(earn.above))


def _pace(since: Decimal, points: Fraction, step: Decimal, rounding: Rounding) -> Pace:
    return Pace(
        _number(since), *points.as_integer_ratio(), *step.as_integer_ratio(), rounding=rounding
    )


def _number(value: Decimal) -> Fraction | int:
    """Whole where it is: whole numbers are many times faster."""
    return int(value) if value == int(value) else Fraction(value)
