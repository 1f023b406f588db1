"""Putting together what was found about a basket: totals, lots, balances, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.basket import tax_of
from pos_loyalty.domain.calendar import in_year, months_later
from pos_loyalty.domain.engine.affording import Purse, check_affordable, purse, reward_states
from pos_loyalty.domain.engine.answer import EarnedLot, LineQuote, Quote, Redeemed
from pos_loyalty.domain.engine.discounting import Discounts
from pos_loyalty.domain.engine.earning import Earnings
from pos_loyalty.domain.engine.giving import Presents
from pos_loyalty.domain.engine.levels import tier_after
from pos_loyalty.domain.engine.reasons import Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.speaking import messages, suggestion
from pos_loyalty.domain.facts import MemberFacts, Unknown
from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.units import (
    CalendarDay,
    Inactivity,
    Months,
    ProgramEnd,
    UnitOfAccount,
    Usable,
)

NOT_DELIVERED = date.max
LEAP_YEAR = 2000  # It has every day of every year.


@dataclass(frozen=True, slots=True)
class Found:
    """What the parts of the engine came to."""

    reasons: tuple[Reason, ...]
    earnings: Earnings
    discounts: Discounts
    granted: tuple[Redeemed, ...]
    presents: Presents
    goals: Mapping[str, int]


def answer(scene: Scene, found: Found) -> Quote:
    """Say what was decided. Raises Refused when points do not suffice for what is redeemed."""
    program, facts = scene.program, scene.facts
    lots = tuple([_lot(unit, scene, found.earnings) for unit in program.units])
    earned = {lot.unit: lot.points for lot in lots}
    purses = purses_of(scene, earned)
    check_affordable(scene, found.granted, purses)
    spent = _spent(found.granted)
    after = _after(purses, earned, spent, found.granted)
    ladder = program.ladder
    climbed = 0 if ladder is None else earned.get(ladder.unit, 0)
    off = [a - b for a, b in zip(scene.charged, scene.remaining, strict=True)]
    pay = sum([one.pay_minor for one in found.granted])
    return Quote(
        total_minor=sum(scene.charged),
        discount_minor=sum(off),
        to_pay_minor=sum(scene.remaining) + pay,
        tax=tax_of(scene.lines, scene.remaining),
        lines=_lines(off, lots),
        earned=earned,
        lots=tuple([lot for lot in lots if lot.points]),
        goods=tuple(found.discounts.goods),
        redemptions=found.granted,
        redeemed=spent,
        balance_after={} if facts is None else after,
        carried={} if facts is None else carried_before(program, facts) | found.earnings.carried,
        vouchers_issued=tuple(found.presents.vouchers),
        draws=tuple(found.presents.draws),
        tier_after=None if facts is None else tier_after(scene, facts, climbed),
        goals_after=found.goals,
        reasons=found.reasons,
    )


def purses_of(scene: Scene, earned: Mapping[str, int]) -> dict[str, Purse]:
    """Open the purse of every unit as it is before anything is redeemed."""
    return {unit.id: purse(unit, scene, earned[unit.id]) for unit in scene.program.units}


def with_offers(scene: Scene, decided: Quote) -> Quote:
    """Add what is near: the rewards, what is said, and the one suggestion."""
    purses = purses_of(scene, decided.earned)
    rewards = reward_states(scene, purses, decided.balance_after, decided.redemptions)
    return replace(
        decided,
        rewards=rewards,
        messages=messages(scene),
        suggestion=suggestion(scene, decided.reasons, rewards),
    )


def _lot(unit: UnitOfAccount, scene: Scene, earnings: Earnings) -> EarnedLot:
    """Bring together what all rules gave of one unit."""
    line_points = [0] * len(scene.lines)
    points = 0
    for rule, parts in earnings.line_points.items():
        reason = earnings.reasons[rule]
        if reason.unit == unit.id and reason.earned:
            points += reason.earned
            line_points = [a + b for a, b in zip(line_points, parts, strict=True)]
    if min(line_points, default=0) < 0:  # What was taken away lay on other lines.
        line_points = list(scene.share(points, [max(0, part) for part in line_points]))
    usable_on = usable_day(unit, scene.day, scene.basket.channel)
    expires_on = expiry(unit, scene.program, scene.day)
    return EarnedLot(unit.id, points, tuple(line_points), usable_on, expires_on)


def usable_day(unit: UnitOfAccount, day: date, channel: str) -> date | None:
    """Tell from which day on what is earned on `day` may be used. None: at once, or next time.

    Goods that are not handed over at the till are delivered on a day nobody knows yet: until the
    hand-over says so, their points may be used on NOT_DELIVERED.
    """
    match unit.usable:
        case Usable.NEXT_DAY:
            return day + timedelta(days=1)
        case Usable.AFTER_DAYS:
            return day + timedelta(days=unit.usable_after_days)
        case Usable.ON_DELIVERY:
            return None if channel == Channel.TILL.value else NOT_DELIVERED
        case Usable.AT_ONCE | Usable.NEXT_RECEIPT:
            return None
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(unit.usable)


def expiry(unit: UnitOfAccount, program: Program, day: date) -> date | None:
    """Tell the first day on which what is earned on `day` is gone. None: it stays."""
    match unit.lasts:
        case Months(months):
            return months_later(day, months)
        case CalendarDay(month, day_of_month, years):
            reset = date(LEAP_YEAR, month, day_of_month)
            waits = years if in_year(reset, day.year) <= day else years - 1
            return in_year(reset, day.year + waits)
        case ProgramEnd():
            closing = program.closing
            last = program.valid_until if closing is None else closing.redeem_until
            return None if last in (None, date.max) else last + timedelta(days=1)
        case Inactivity() | None:
            return None  # Counted from the last purchase, for all lots at once.
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(unit.lasts)


def _spent(granted: Sequence[Redeemed]) -> dict[str, int]:
    spent: dict[str, int] = {}
    for one in granted:
        for unit, cost in one.cost.items():
            spent[unit] = spent.get(unit, 0) + cost
    return spent


def _after(
    purses: Mapping[str, Purse],
    earned: Mapping[str, int],
    spent: Mapping[str, int],
    granted: Sequence[Redeemed],
) -> dict[str, int | None]:
    """Tell each balance after the sale. None: it was not known before."""
    after: dict[str, int | None] = {}
    for unit, before in purses.items():
        gained = sum([(one.gained or {}).get(unit, 0) for one in granted])
        change = earned[unit] - spent.get(unit, 0) + gained
        after[unit] = None if before.balance is None else before.balance + change
    return after


def carried_before(program: Program, facts: MemberFacts) -> dict[str, Fraction]:
    """Tell what is left of earlier steps of each unit; 0 where it is not known here."""
    told = {} if isinstance(facts.carried, Unknown) else facts.carried
    return {unit.id: Fraction(told.get(unit.id, 0)) for unit in program.units}


def _lines(off: Sequence[int], lots: Sequence[EarnedLot]) -> tuple[LineQuote, ...]:
    return tuple(
        [
            LineQuote(part, {lot.unit: lot.line_points[i] for lot in lots})
            for i, part in enumerate(off)
        ]
    )
