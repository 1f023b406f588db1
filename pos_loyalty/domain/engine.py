"""What a basket earns: pure, deterministic, the same on every till and on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class _Receipt:
    """The lines with what is paid for each, worked out once."""

    lines: tuple[Line, ...]
    net_minor: tuple[int, ...]
    total_minor: int

    def of_category(self, category: str) -> tuple[int, ...]:
        """Tell what is paid for each line of `category`; 0 for the others."""
        lines = zip(self.lines, self.net_minor, strict=True)
        return tuple([net if in_category(line, category) else 0 for line, net in lines])


def quote(basket: Basket, program: Program | None) -> Quote:
    """Work out what `basket` earns under `program`.

    Without a program, or outside its days, nothing is earned and there is nothing to explain.

    Raises CurrencyMismatch when the program counts another currency than the basket.
    """
    day = business_day(basket.at, basket.zone)
    tax = tax_of(basket.lines)
    net = tuple([line.net_minor for line in basket.lines])
    receipt = _Receipt(basket.lines, net, sum(net))
    if program is None or not program.holds_on(day):
        return Quote(receipt.total_minor, tax, 0, (0,) * len(net), None, ())
    if program.currency != basket.currency:
        raise CurrencyMismatch(expected=program.currency, found=basket.currency)
    reasons = _earn(receipt, program)
    months = program.points_last_months
    return Quote(
        total_minor=receipt.total_minor,
        tax=tax,
        earned=sum([reason.earned for reason in reasons]),
        line_points=_line_points(receipt, reasons),
        expires_on=None if months is None else months_later(day, months),
        reasons=reasons,
    )


def _earn(receipt: _Receipt, program: Program) -> tuple[Reason, ...]:
    """Count steps first, then what multiplies them; the reasons are in the document's order."""
    steps: list[EarnPerStep] = []
    found: dict[str, Reason] = {}
    for rule in sorted(program.rules, key=lambda rule: isinstance(rule.then, MultiplyCategory)):
        found[rule.id] = _unmet(rule, receipt) or _apply(rule, receipt, steps)
    return tuple([found[rule.id] for rule in program.rules])


def _unmet(rule: Rule, receipt: _Receipt) -> Reason | None:
    for condition in rule.when:
        match condition:
            case MinimumAmount(amount_minor):
                missing = amount_minor - receipt.total_minor
                if missing > 0:
                    return Reason(rule.id, Outcome.NOT_MATCHED, 0, AmountMissing(missing))
            case _:  # pragma: no cover - mypy proves that there is no other
                assert_never(condition)
    return None


def _apply(rule: Rule, receipt: _Receipt, steps: list[EarnPerStep]) -> Reason:
    """Count one rule that holds; one that steps is added to `steps`."""
    match rule.then:
        case EarnPerStep() as effect:
            steps.append(effect)
            return _step(rule, effect, receipt.total_minor)
        case MultiplyCategory() as effect:
            return _multiply(rule, effect, receipt, steps)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(rule.then)


def _step(rule: Rule, effect: EarnPerStep, total: int) -> Reason:
    counted = max(0, total - effect.above_minor)
    whole, begun = divmod(counted, effect.step_minor)
    missing = max(0, effect.above_minor - total) + effect.step_minor - begun
    cause = Steps(effect.points, effect.step_minor, total, effect.above_minor, missing)
    return _reason(rule, whole * effect.points, cause)


def _multiply(
    rule: Rule, effect: MultiplyCategory, receipt: _Receipt, steps: Sequence[EarnPerStep]
) -> Reason:
    chosen = sum(receipt.of_category(effect.category))
    if not chosen:
        return _reason(rule, 0, NothingOfCategory(effect.category))
    points = 0
    for step in steps:
        counted = min(chosen, max(0, receipt.total_minor - step.above_minor))
        points += counted // step.step_minor * step.points
    by, divisor = effect.by.as_integer_ratio()
    return _reason(
        rule,
        points * (by - divisor) // divisor,
        Multiplied(effect.category, effect.by, chosen),
    )


def _reason(rule: Rule, earned: int, cause: Steps | Multiplied | NothingOfCategory) -> Reason:
    return Reason(rule.id, Outcome.APPLIED if earned else Outcome.NOT_MATCHED, earned, cause)


def _line_points(receipt: _Receipt, reasons: Sequence[Reason]) -> tuple[int, ...]:
    """Share what each rule gave out over the lines it was given for."""
    points = [0] * len(receipt.lines)
    for reason in reasons:
        if reason.earned:
            match reason.cause:
                case Multiplied(category):
                    weights = receipt.of_category(category)
                case _:
                    weights = receipt.net_minor
            for i, part in enumerate(share(reason.earned, weights)):
                points[i] += part
    return tuple(points)


def in_category(line: Line, category: str) -> bool:
    """Whether the line lies in `category` or below it ("grocery" holds "grocery/coffee")."""
    return line.category == category or line.category.startswith(category + "/")
