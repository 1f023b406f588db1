"""What a basket earns: pure, deterministic, the same on every till and on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.basket import Basket, Line, TaxPart, tax_of
from pos_loyalty.domain.calendar import business_day, months_later
from pos_loyalty.domain.conditions import MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, MultiplyCategory
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.money import share
from pos_loyalty.domain.programs import Program, Rule
from pos_loyalty.domain.reasons import (
    AmountMissing,
    Multiplied,
    NothingOfCategory,
    Outcome,
    Reason,
    Steps,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket comes to and what it earns, with a reason for every rule."""

    total_minor: int
    tax: tuple[TaxPart, ...]
    earned: int
    line_points: tuple[int, ...]  # As many as the basket has lines; their sum is `earned`.
    expires_on: date | None  # First day the points are gone. None: never.
    reasons: tuple[Reason, ...]


def quote(basket: Basket, program: Program | None) -> Quote:
    """Work out what `basket` earns under `program`.

    Without a program, or outside its days, nothing is earned and there is nothing to explain.

    Raises CurrencyMismatch when the program counts another currency than the basket.
    """
    day = business_day(basket.at, basket.zone)
    tax = tax_of(basket.lines)
    nothing = (0,) * len(basket.lines)
    if program is None or not program.holds_on(day):
        return Quote(basket.total_minor, tax, 0, nothing, None, ())
    if program.currency != basket.currency:
        raise CurrencyMismatch(expected=program.currency, found=basket.currency)
    reasons = _earn(basket, program)
    line_points = nothing
    for reason in reasons:
        weights = _weights(reason, basket.lines)
        parts = share(reason.earned, weights)
        line_points = tuple(a + b for a, b in zip(line_points, parts, strict=True))
    months = program.points_last_months
    expires_on = None if months is None else months_later(day, months)
    earned = sum(reason.earned for reason in reasons)
    return Quote(basket.total_minor, tax, earned, line_points, expires_on, reasons)


def _earn(basket: Basket, program: Program) -> tuple[Reason, ...]:
    """Count steps first, then what multiplies them; the reasons are in the document's order."""
    steps: list[EarnPerStep] = []
    found: dict[str, Reason] = {}
    for rule in sorted(program.rules, key=lambda rule: isinstance(rule.then, MultiplyCategory)):
        found[rule.id] = _unmet(rule, basket) or _apply(rule, basket, steps)
    return tuple(found[rule.id] for rule in program.rules)


def _unmet(rule: Rule, basket: Basket) -> Reason | None:
    for condition in rule.when:
        match condition:
            case MinimumAmount(amount_minor):
                missing = amount_minor - basket.total_minor
                if missing > 0:
                    return Reason(rule.id, Outcome.NOT_MATCHED, 0, AmountMissing(missing))
            case _:  # pragma: no cover - mypy proves that there is no other
                assert_never(condition)
    return None


def _apply(rule: Rule, basket: Basket, steps: list[EarnPerStep]) -> Reason:
    match rule.then:
        case EarnPerStep() as effect:
            steps.append(effect)
            return _steps(rule, effect, basket)
        case MultiplyCategory() as effect:
            return _multiply(rule, effect, basket, steps)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(rule.then)


def _steps(rule: Rule, effect: EarnPerStep, basket: Basket) -> Reason:
    counted = max(0, basket.total_minor - effect.above_minor)
    earned = counted // effect.step_minor * effect.points
    below = max(0, effect.above_minor - basket.total_minor)
    missing = below + effect.step_minor - counted % effect.step_minor
    cause = Steps(effect.points, effect.step_minor, basket.total_minor, effect.above_minor, missing)
    outcome = Outcome.APPLIED if earned else Outcome.NOT_MATCHED
    return Reason(rule.id, outcome, earned, cause)


def _multiply(
    rule: Rule, effect: MultiplyCategory, basket: Basket, steps: list[EarnPerStep]
) -> Reason:
    """Give the lines of a category the same steps again, `by − 1` times.

    The part of a receipt that does not count (`above_minor`) is taken from other lines first.
    Several multipliers add.
    """
    chosen = sum(line.net_minor for line in basket.lines if in_category(line, effect.category))
    if not chosen:
        cause = NothingOfCategory(effect.category)
        return Reason(rule.id, Outcome.NOT_MATCHED, 0, cause)
    more = Fraction(0)
    for step in steps:
        counted = min(chosen, max(0, basket.total_minor - step.above_minor))
        more += counted // step.step_minor * step.points * (effect.by - 1)
    earned = more.numerator // more.denominator
    outcome = Outcome.APPLIED if earned else Outcome.NOT_MATCHED
    return Reason(rule.id, outcome, earned, Multiplied(effect.category, effect.by, chosen))


def _weights(reason: Reason, lines: tuple[Line, ...]) -> tuple[int, ...]:
    match reason.cause:
        case Multiplied(category, _, _):
            return tuple(line.net_minor if in_category(line, category) else 0 for line in lines)
        case _:
            return tuple(line.net_minor for line in lines)


def in_category(line: Line, category: str) -> bool:
    """Whether the line lies in `category` or below it ("grocery" holds "grocery/coffee")."""
    return line.category == category or line.category.startswith(category + "/")
