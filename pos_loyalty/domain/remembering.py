"""How an event becomes part of a member's past: on the server, on a till, in a simulation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pos_loyalty.domain.bodies import Acted, Body, Enrolled, OfferMet, ProfileChanged, Sold
from pos_loyalty.domain.calendar import months_later
from pos_loyalty.domain.facts import Activity, PaidMembership
from pos_loyalty.domain.past import ACTIVITIES_KEPT, DAYS_KEPT, VOUCHERS_KEPT, Past, PastDay
from pos_loyalty.domain.programs.conditions import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Scored


def remember(past: Past, body: Body, on: date, program: Program | None) -> Past:
    """Add an event of the business day `on` to the past of the member it is about.

    `program` is the one it was scored by: it says which products are memberships.
    """
    match body:
        case Enrolled(on=joined):
            return replace(past, joined_on=past.joined_on or joined)
        case Sold():
            return _remember_sale(past, body, on, program)
        case Acted(activity=activity):
            done = (*past.activity, Activity(activity, on))[-ACTIVITIES_KEPT:]
            return _score(replace(past, activity=done), body.scored, PastDay(on))
        case OfferMet():
            return _remember_offer(past, body)
        case ProfileChanged(favourite_category=favourite, do_not_ask=silent):
            return replace(
                past,
                favourite_category=past.favourite_category if favourite is None else favourite,
                do_not_ask=past.do_not_ask if silent is None else (*past.do_not_ask, silent),
            )
        case _:
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


def _remember_sale(past: Past, sold: Sold, on: date, program: Program | None) -> Past:
    last = on if past.last_purchase_on is None else max(on, past.last_purchase_on)
    bought = replace(
        past,
        visits=past.visits + 1,
        last_purchase_on=last,
        spend_minor=past.spend_minor + sold.total_minor,
        membership=_membership(past.membership, sold, on, program),
    )
    return _score(bought, sold.scored, PastDay(on, 1, sold.total_minor))


def _membership(
    had: PaidMembership | None, sold: Sold, on: date, program: Program | None
) -> PaidMembership | None:
    """Start or renew what was bought: what is left of the old one is not lost."""
    skus = {line.sku for line in sold.lines}
    for club in () if program is None else program.memberships:
        if club.sku in skus:
            runs = had is not None and had.id == club.id and had.until >= on
            first = had.until + timedelta(days=1) if runs and had is not None else on
            until = months_later(first, club.months) - timedelta(days=1)
            return PaidMembership(club.id, until)
    return had


def _score(past: Past, scored: Scored | None, day: PastDay) -> Past:
    if scored is None:
        return replace(past, days=_with_day(past.days, day))
    name = scored.program.program
    left = scored.left
    earned: dict[str, int] = {one.unit: one.points for one in scored.earned}
    uses = {f"{name}/{rule}": 1 for rule in left.uses}
    uses |= {f"{name}/{cap}": points for cap, points in left.capped.items()}
    return replace(
        past,
        earned=added(past.earned, earned),
        uses=added(past.uses, uses),
        carried={**past.carried, **{f"{name}/{u}": rest for u, rest in left.carried.items()}},
        goals={**past.goals, **{f"{name}/{goal}": at for goal, at in left.goals.items()}},
        tiers=past.tiers if left.tier is None else {**past.tiers, name: left.tier},
        vouchers=(*past.vouchers, *left.vouchers)[-VOUCHERS_KEPT:],
        days=_with_day(past.days, replace(day, earned=earned, uses=uses)),
    )


def _with_day(days: tuple[PastDay, ...], new: PastDay) -> tuple[PastDay, ...]:
    """Add to the day's sums, wherever it lies: events arrive late."""
    if not (new.visits or new.earned or new.uses):
        return days
    same = next((day for day in days if day.on == new.on), None)
    if same is None:
        return tuple(sorted((*days, new), key=lambda day: day.on))[-DAYS_KEPT:]
    together = PastDay(
        new.on,
        same.visits + new.visits,
        same.spend_minor + new.spend_minor,
        added(same.earned, new.earned),
        added(same.uses, new.uses),
    )
    return tuple([together if day is same else day for day in days])


def added(sums: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Add two maps of sums."""
    together = dict(sums)
    for name, count in more.items():
        together[name] = together.get(name, 0) + count
    return together


def remember_all(past: Past, events: Iterable[tuple[Body, date, Program | None]]) -> Past:
    """Add several events, oldest first."""
    for body, on, program in events:
        past = remember(past, body, on, program)
    return past
