"""How an event becomes part of a member's past: on the server, on a till, in a simulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, assert_never

from pos_loyalty.domain.bodies import Acted, Body, Enrolled, OfferMet, ProfileChanged, Sold
from pos_loyalty.domain.calendar import business_day, months_later
from pos_loyalty.domain.facts import Activity, MemberFacts, PaidMembership, Unknown
from pos_loyalty.domain.needs import needs
from pos_loyalty.domain.past import (
    ACTIVITIES_KEPT,
    COUNTS_KEPT,
    DAYS_KEPT,
    VOUCHERS_KEPT,
    Past,
    PastDay,
)
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.domain.scoring import Scored


def remember(past: Past, body: Body, on: date, program: Program | None) -> Past:
    """Add an event of the business day `on` to the past of the member it is about.

    `program` is the one it was scored by. None: it was scored by none, or is not known here; then
    nothing is added of what it scored.
    """
    match body:
        case Enrolled(on=joined):
            return replace(past, joined_on=past.joined_on or joined)
        case Sold():
            return _remember_sale(past, body, on, program)
        case Acted(activity=activity):
            done = sorted((*past.activity, Activity(activity, on)), key=lambda one: one.on)
            scored = _scored(past, body.scored, PastDay(on), program)
            return replace(past, activity=tuple(done[-ACTIVITIES_KEPT:]), **scored)
        case OfferMet():
            return _remember_offer(past, body)
        case ProfileChanged(favourite_category=favourite, do_not_ask=silent):
            silenced = past.do_not_ask if silent is None else (*past.do_not_ask, silent)
            return replace(
                past,
                favourite_category=past.favourite_category if favourite is None else favourite,
                do_not_ask=tuple(dict.fromkeys(silenced))[-COUNTS_KEPT:],
            )
        case _:
            return past


def business_day_of(body: Body, at: datetime) -> date:
    """Tell the business day of an event at the instant `at`; without a zone of its own, in UTC."""
    return business_day(at, body.zone if isinstance(body, Sold | Acted) else "UTC")


def remember_all(past: Past, events: Iterable[tuple[Body, date, Program | None]]) -> Past:
    """Add several events, oldest first."""
    for body, on, program in events:
        past = remember(past, body, on, program)
    return past


def _remember_offer(past: Past, met: OfferMet) -> Past:
    once = {met.offer: 1}
    match met.response:
        case Response.SHOWN:
            return replace(past, shown=added(past.shown, once))
        case Response.TAKEN:
            return replace(past, taken=added(past.taken, once))
        case Response.DECLINED:
            return replace(past, declined=added(past.declined, once))
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(met.response)


def _remember_sale(past: Past, sold: Sold, on: date, program: Program | None) -> Past:
    last = on if past.last_purchase_on is None else max(on, past.last_purchase_on)
    total_minor = sold.total_minor
    return replace(
        past,
        visits=past.visits + 1,
        last_purchase_on=last,
        spend_minor=past.spend_minor + total_minor,
        membership=_membership(past.membership, sold, on, program),
        **_scored(past, sold.scored, PastDay(on, 1, total_minor), program),
    )


def _membership(
    had: PaidMembership | None, sold: Sold, on: date, program: Program | None
) -> PaidMembership | None:
    """Start or renew what was bought: what is left of the old one is not lost."""
    clubs = () if program is None else program.memberships
    skus = {line.sku for line in sold.lines} if clubs else set()
    for club in clubs:
        if club.sku in skus:
            first = on
            if had is not None and had.id == club.id:
                first = max(on, had.until + timedelta(days=1))
            return PaidMembership(club.id, months_later(first, club.months) - timedelta(days=1))
    return had


def _scored(
    past: Past, scored: Scored | None, day: PastDay, program: Program | None
) -> dict[str, Any]:
    """Tell which fields of the past change to what."""
    if scored is None or program is None:
        return {"days": _with_day(past.days, day)}
    left, limited = scored.left, needs(program).limits
    earned: dict[str, int] = {one.unit: one.points for one in scored.earned}
    used = dict.fromkeys(left.uses, 1) | dict(left.capped)
    uses = {f"{program.id}/{name}": count for name, count in used.items() if name in limited}
    today = PastDay(day.on, day.visits, day.spend_minor, earned, uses)
    return {
        "earned": added(past.earned, earned),
        "uses": added(past.uses, uses),
        "carried": _carried(past.carried, scored, program),
        "goals": _goals(past.goals, scored, program),
        "tiers": _tiers(past.tiers, left.tier, program),
        "vouchers": (*past.vouchers, *left.vouchers)[-VOUCHERS_KEPT:],
        "days": _with_day(past.days, today),
    }


def _carried(
    had: Mapping[str, Fraction], scored: Scored, program: Program
) -> Mapping[str, Fraction]:
    """Add by how much the event changed each remainder.

    Another till may have carried something on meanwhile: neither takes the other's place.
    """
    before = scored.facts.carried
    now = dict(had)
    for unit in program.units:
        if unit.id in scored.left.carried:
            name = program.account_unit(unit.id)
            own = Fraction(0) if isinstance(before, Unknown) else before.get(unit.id, Fraction(0))
            rest = now.get(name, Fraction(0)) + scored.left.carried[unit.id] - own
            now[name] = max(Fraction(0), rest)
    return now


def _goals(had: Mapping[str, int], scored: Scored, program: Program) -> Mapping[str, int]:
    now = dict(had)
    for goal in program.goals:
        if goal.id in scored.left.goals:
            name = f"{program.id}/{goal.id}"
            now[name] = _stands(goal, now.get(name, 0), scored.facts, scored.left.goals[goal.id])
    return now


def _stands(goal: Goal, had: int, facts: MemberFacts, after: int) -> int:
    """Tell where a goal stands that stood at `had` here and at `after` behind the event.

    Stamps of two tills count together. A full card that no till has seen is handed over by the
    next stamp.
    """
    if not isinstance(goal.reach, Stamps):
        return after
    before = 0 if isinstance(facts.goals, Unknown) else facts.goals.get(goal.id, 0)
    together = max(0, had + after - before)
    if goal.repeats:
        return together
    target = goal.reach.target
    return target if max(had, after) >= target else min(together, target - 1)


def _tiers(had: Mapping[str, str], reached: str | None, program: Program) -> Mapping[str, str]:
    """Keep the higher tier: nobody falls by buying where less of her was known."""
    levels = [] if program.ladder is None else [tier.id for tier in program.ladder.tiers]
    if reached not in levels:
        return had
    own = had.get(program.id)
    rank = levels.index(own) if own in levels else -1
    return had if levels.index(reached) <= rank else {**had, program.id: reached}


def _with_day(days: tuple[PastDay, ...], new: PastDay) -> tuple[PastDay, ...]:
    """Add to the day's sums, wherever it lies: events arrive late."""
    if not (new.visits or new.earned or new.uses):
        return days
    place = next((i for i in reversed(range(len(days))) if days[i].on <= new.on), -1)
    if place < 0 or days[place].on != new.on:
        return (*days[: place + 1], new, *days[place + 1 :])[-DAYS_KEPT:]
    same = days[place]
    together = PastDay(
        new.on,
        same.visits + new.visits,
        same.spend_minor + new.spend_minor,
        added(same.earned, new.earned),
        added(same.uses, new.uses),
    )
    return (*days[:place], together, *days[place + 1 :])


def added(sums: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Add two maps of sums; a new name finds no room behind `COUNTS_KEPT` others."""
    together = dict(sums)
    for name, count in more.items():
        if name in together or len(together) < COUNTS_KEPT:
            together[name] = together.get(name, 0) + count
    return together
