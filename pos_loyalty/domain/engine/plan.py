"""A program put in the order the engine works in, once for all baskets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from pos_loyalty.domain.programs.answers import answer_rules
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
from pos_loyalty.domain.programs.effects import DrawPrize, Earn, Give, IssueVoucher, Multiply
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
    told_points: Fraction  # As in the document.
    told_step: Decimal

    def steps(self, counted: Fraction | int) -> int:
        """Tell how many steps there are in what is counted."""
        over, under = counted.as_integer_ratio()
        return rounded(over * self.of_step, under * self.step, self.rounding)

    def worth(self, counted: Fraction | int) -> int:
        """Tell how many points that gives."""
        return rounded(self.steps(counted) * self.points, self.of_points, self.rounding)

    def rest(self, counted: Fraction | int) -> Fraction:
        """Tell what is left of a step."""
        return counted - Fraction(self.steps(counted) * self.step, self.of_step)

    def next_at(self, counted: Fraction | int) -> Fraction | int:
        """Tell from how much on there is more: of half points two steps."""
        steps = self.steps(counted) + 1
        if self.points:
            steps = max(steps, self._steps_for_more(self.worth(counted)))
        if self.rounding is Rounding.FLOOR:
            over, under = steps * self.step, self.of_step
        elif self.rounding is Rounding.HALF_UP:
            over, under = (2 * steps - 1) * self.step, 2 * self.of_step
        else:  # The step before it is enough, and one more of what is counted.
            over, under = (steps - 1) * self.step + self.of_step, self.of_step
        return over if under == 1 else Fraction(over, under)

    def _steps_for_more(self, points: int) -> int:
        """Tell the least steps that are worth more than `points`."""
        if self.rounding is Rounding.FLOOR:
            return -(-(points + 1) * self.of_points // self.points)
        if self.rounding is Rounding.HALF_UP:
            return -(-(2 * points + 1) * self.of_points // (2 * self.points))
        return points * self.of_points // self.points + 1


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
class Giver:
    """A rule that gives something at once: points, a voucher, a draw."""

    rule: Rule
    gives: Give | IssueVoucher | DrawPrize


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules for one event, by what they do."""

    discounts: tuple[Discounter, ...] = ()
    earns: tuple[EarnPlan, ...] = ()
    multipliers: tuple[Multiplier, ...] = ()
    givers: tuple[Giver, ...] = ()
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
    rules = (*program.rules, *answer_rules(program))
    events = {rule.on for rule in rules}
    return {event: _plan([rule for rule in rules if rule.on == event]) for event in events}


def _plan(rules: list[Rule]) -> Plan:
    discounts, earns, multipliers, givers = [], [], [], []
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
            case Give() | IssueVoucher() | DrawPrize() as gives:
                givers.append(Giver(rule, gives))
            case _:  # pragma: no cover - mypy proves that there is no other
                assert_never(rule.then)
    return Plan(
        tuple(discounts),
        tuple(earns),
        tuple(multipliers),
        tuple(givers),
        tuple(rule.id for rule in rules),
    )


def _earn_plan(rule: Rule, earn: Earn) -> EarnPlan:
    first = _pace(Decimal(0), earn.points, earn.step, earn.rounding)
    if earn.carry:  # A step that gives half a point waits for its fellow: no point is lost.
        first = replace(first, of_points=1, step=first.step * first.of_points)
    later = [_pace(band.since, band.points, band.step, earn.rounding) for band in earn.bands]
    return EarnPlan(rule, earn, (first, *later), _number(earn.above))


def _pace(since: Decimal, points: Fraction, step: Decimal, rounding: Rounding) -> Pace:
    return Pace(
        _number(since),
        *points.as_integer_ratio(),
        *step.as_integer_ratio(),
        rounding=rounding,
        told_points=points,
        told_step=step,
    )


def _number(value: Decimal) -> Fraction | int:
    """Whole where it is: whole numbers are many times faster."""
    return int(value) if value == int(value) else Fraction(value)
