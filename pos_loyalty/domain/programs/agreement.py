"""Whether the terms of a program agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.conditions import AnyOf, Condition
from pos_loyalty.domain.programs.effects import Earn, Of
from pos_loyalty.domain.programs.occasions import OnDates
from pos_loyalty.domain.programs.parts import below, parts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.rewards import Convert, Reward
from pos_loyalty.domain.programs.tiers import Metric


def check_agreement(program: Program) -> None:
    """Raise WrongValue with the place of the first term that another one contradicts."""
    _check_names(program)
    for number, rule in enumerate(program.rules):
        if isinstance(rule.then, Earn):
            _check_counting(rule.then, f"rules[{number}].then")
    _check_carrying(program)
    for number, reward in enumerate(program.rewards):
        _check_cost(reward, program, f"rewards[{number}]")
    _check_ladder(program)
    _check_memberships(program)
    _check_days(program)
    _check_end(program)


def _check_names(program: Program) -> None:
    """Check that each rule, reward, cap and goal has its own name: their use is counted by it."""
    seen = {rule.id: "rule" for rule in program.rules}
    for parts, what in (("rewards", "reward"), ("caps", "cap"), ("goals", "goal")):
        for number, part in enumerate(getattr(program, parts)):
            if part.id in seen:
                path = f"{parts}[{number}].id"
                raise WrongValue(path, part.id, f"an id that no {seen[part.id]} has")
            seen[part.id] = what


def _check_counting(earn: Earn, path: str) -> None:
    """Check that what only money has is said of money only."""
    if earn.of is Of.AMOUNT:
        return
    if earn.tax is not Tax.INCLUDED:
        raise WrongValue(f"{path}.tax", earn.tax.value, f"nothing: {earn.of.value} has no tax")
    if earn.discounts is not None:
        allowed = f"nothing: {earn.of.value} has no discounts"
        raise WrongValue(f"{path}.discounts", earn.discounts.value, allowed)


def _check_carrying(program: Program) -> None:
    """Check that one rule carries: a member has one remainder of each unit."""
    carrying: dict[str, str] = {}
    for number, rule in enumerate(program.rules):
        if not isinstance(rule.then, Earn) or not rule.then.carry:
            continue
        other = carrying.setdefault(rule.then.unit, rule.id)
        if other != rule.id:
            allowed = f"false: rule {other} carries the rest of {rule.then.unit} already"
            raise WrongValue(f"rules[{number}].then.carry", "true", allowed)


def _check_cost(reward: Reward, program: Program, path: str) -> None:
    unit = program.unit_named(reward.unit)
    if reward.cost and unit is not None and unit.status_only:
        raise WrongValue(f"{path}.unit", unit.id, "a unit that is spent (this is status_only)")
    gives = reward.gives
    if isinstance(gives, Convert) and not gives.partner and gives.unit == reward.unit:
        raise WrongValue(f"{path}.gives.unit", gives.unit, "another unit than it costs")


def _check_ladder(program: Program) -> None:
    """Check that a fee that lifts a member can be paid."""
    ladder = program.ladder
    if ladder is not None and ladder.metric is Metric.FEE and not program.memberships:
        raise WrongValue("ladder.metric", "fee", "another metric, or memberships that cost a fee")


def _check_memberships(program: Program) -> None:
    sold: set[str] = set()
    for number, membership in enumerate(program.memberships):
        if membership.sku in sold:
            path = f"memberships[{number}].sku"
            raise WrongValue(path, membership.sku, "an article that is no other membership")
        sold.add(membership.sku)


def _check_days(program: Program) -> None:
    """Check that what is said of days is said of days on which the program is in force."""
    since, until = program.valid_from, program.valid_until
    if until is not None and program.closing is not None:
        until = max(until, program.closing.redeem_until)
    for number, access in enumerate(program.access):
        _check_last(f"access[{number}].until", access.until, since)
    for path, first, last in _spans(program):
        _check_last(f"{path}.last", last, since)
        if first is not None and until is not None and first > until:
            raise WrongValue(f"{path}.first", first.isoformat(), f"not after {until.isoformat()}")


def _check_last(path: str, last: date | None, since: date) -> None:
    if last is not None and last < since:
        raise WrongValue(path, last.isoformat(), f"not before {since.isoformat()}")


def _spans(program: Program) -> Iterator[tuple[str, date | None, date | None]]:
    for number, notice in enumerate(program.notices):
        yield f"notices[{number}]", notice.first, notice.last
    if program.transfers is not None:
        yield "transfers", program.transfers.first, program.transfers.last
    for path, part in parts_of(program):
        yield from _dates(getattr(part, "when", ()), below(path, "when"))


def _dates(
    conditions: Iterable[Condition], path: str
) -> Iterator[tuple[str, date | None, date | None]]:
    """List the days that conditions ask for; what none_of asks for is no day of its own."""
    for number, condition in enumerate(conditions):
        if isinstance(condition, OnDates):
            yield f"{path}[{number}]", condition.first, condition.last
        elif isinstance(condition, AnyOf):
            yield from _dates(condition.conditions, f"{path}[{number}].conditions")


def _check_end(program: Program) -> None:
    closing, change = program.closing, program.currency_change
    if closing is not None:
        _check_in_force("closing.earn_until", closing.earn_until, program)
        if closing.successor == program.id:
            raise WrongValue("closing.successor", program.id, "another program's id")
    if change is not None:
        _check_in_force("currency_change.on", change.on, program)
        if change.currency == program.currency:
            raise WrongValue("currency_change.currency", change.currency, "another currency")


def _check_in_force(path: str, day: date, program: Program) -> None:
    if not program.holds_on(day):
        until = program.valid_until
        last = "" if until is None else f" to {until.isoformat()}"
        allowed = f"a day from {program.valid_from.isoformat()}{last}"
        raise WrongValue(path, day.isoformat(), allowed)
