"""What a member did so far, kept day by day: the facts a program asks for are read from it.

The server keeps it from the events it booked and sends it with the member; a till adds its own
events since. Both by the same functions. Names of units, rules and goals are those of all
programs, as in "bottega/points".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from pos_loyalty.domain.facts import (
    Activity,
    History,
    MemberFacts,
    Offers,
    OwnLot,
    PaidMembership,
    Voucher,
)
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.needs import needs
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.program import Program

DAYS_KEPT = 400  # A year, and what a store's own week or month began with.
ACTIVITIES_KEPT = 100
VOUCHERS_KEPT = 100
COUNTS_KEPT = 1000  # Names under which something is counted.
YEARS = frozenset({"year", "365d"})  # What a membership is weighed against.
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PastDay:
    """What happened on one business day."""

    on: date
    visits: int = 0
    spend_minor: int = 0
    earned: Mapping[str, int] = field(default_factory=dict)  # By unit.
    uses: Mapping[str, int] = field(default_factory=dict)  # By rule, reward or cap.


@dataclass(frozen=True, slots=True)
class Past:
    """One member's past. `days` are the last ones on which anything happened, oldest first."""

    joined_on: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[str, ...] = ()
    favourite_category: str | None = None
    do_not_ask: tuple[str, ...] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)  # By program.
    membership: PaidMembership | None = None
    visits: int = 0
    last_purchase_on: date | None = None
    spend_minor: int = 0
    earned: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[str, Fraction] = field(default_factory=dict)
    goals: Mapping[str, int] = field(default_factory=dict)
    vouchers: tuple[Voucher, ...] = ()
    shown: Mapping[str, int] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    declined: Mapping[str, int] = field(default_factory=dict)
    activity: tuple[Activity, ...] = ()
    days: tuple[PastDay, ...] = ()


NO_PAST = Past()


def facts_of(
    past: Past, program: Program, on: date, birthday: date | None, lots: tuple[OwnLot, ...]
) -> MemberFacts:
    """Read what `program` may ask of a member whose whole past is known here.

    `lots` name their units as the program does.
    """
    balances = {
        unit.id: sum([lot.points for lot in lots if lot.unit == unit.id and _live(lot, on)])
        for unit in program.units
    }
    return MemberFacts(
        joined_on=past.joined_on,
        birthday=birthday,
        attributes=past.attributes,
        segments=past.segments,
        favourite_category=past.favourite_category,
        tier=past.tiers.get(program.id),
        membership=past.membership,
        balances=balances,
        lots=tuple([lot for lot in lots if _live(lot, on)]),
        carried=own_names(program.id, past.carried),
        visits=past.visits,
        last_purchase_on=past.last_purchase_on,
        history=_history(past, program, on),
        usage=_usage(past, program, on),
        goals=own_names(program.id, past.goals),
        vouchers_held=past.vouchers,
        offers=Offers(past.shown, past.taken, past.declined),
        activity=past.activity,
    )


def _live(lot: OwnLot, on: date) -> bool:
    return lot.expires_on is None or lot.expires_on > on


def own_names(program: ProgramId, sums: Mapping[str, T]) -> dict[str, T]:
    """Keep what is of one program, under the program's own names."""
    prefix = f"{program}/"
    return {
        name.removeprefix(prefix): total for name, total in sums.items() if name.startswith(prefix)
    }


def _history(past: Past, program: Program, on: date) -> History:
    """Sum up the windows `program` asks for that end on `on`; one too long is not known here."""
    spend = {"ever": past.spend_minor}
    earned = {
        unit.id: {"ever": past.earned.get(program.account_unit(unit.id), 0)}
        for unit in program.units
    }
    asked = needs(program).windows | (YEARS if program.memberships else frozenset())
    for window in sorted(asked - {"ever"}):
        first = first_day(window, on)
        if not _holds(past, first):
            continue
        days = _between(past.days, first, on)
        spend[window] = sum([day.spend_minor for day in days])
        for unit, sums in earned.items():
            name = program.account_unit(unit)
            sums[window] = sum([day.earned.get(name, 0) for day in days])
    return History(spend, earned)


def _holds(past: Past, first: date) -> bool:
    """Whether every day since `first` is kept."""
    return len(past.days) < DAYS_KEPT or past.days[0].on <= first


def _between(days: Sequence[PastDay], first: date, on: date) -> list[PastDay]:
    """Choose the days from `first` through `on`, from the last one back."""
    found: list[PastDay] = []
    for day in reversed(days):
        if day.on < first:
            break
        if day.on <= on:
            found.append(day)
    return found


def first_day(window: str, on: date) -> date:
    """Tell the first day of a window that ends on `on`: calendar spans, or so many days."""
    match window:
        case "day":
            return on
        case "week":
            return on - timedelta(days=on.weekday())
        case "month":
            return on.replace(day=1)
        case "year":
            return on.replace(month=1, day=1)
        case _:
            return on - timedelta(days=int(window.removesuffix("d")) - 1)


def _usage(past: Past, program: Program, on: date) -> dict[str, dict[str, int]]:
    """Count uses of what is limited by its spans. What all members used is no one's own."""
    own, limits = own_names(program.id, past.uses), needs(program).limits
    return {
        name: {per.value: _used(past, program, name, per, on) for per in limits[name]}
        for name in own
        if name in limits
    }


def _used(past: Past, program: Program, name: str, per: Per, on: date) -> int:
    """Count uses in the span of `per` that runs on `on`; all there were when it is too long."""
    name = f"{program.id}/{name}"
    if per is Per.EVER:
        return past.uses[name]
    first = program.valid_from if per is Per.PERIOD else first_day(per.value, on)
    if not _holds(past, first):
        return past.uses[name]
    return sum([day.uses.get(name, 0) for day in _between(past.days, first, on)])
