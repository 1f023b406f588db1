"""Which facts of a member a program asks for: only these are recorded with an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from pos_loyalty.domain.calendar import around, in_year, years_old
from pos_loyalty.domain.facts import UNKNOWN, History, MemberFacts, Offers, Unknown
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Spent,
)
from pos_loyalty.domain.programs.effects import Earn
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.parts import parts_of
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    InTier,
    MemberDate,
    MembershipActive,
)
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import EarlyAccess, Goal, Metric, Streak, TierLadder
from pos_loyalty.domain.programs.units import Inactivity

PROGRAMS_MAX = 64
Birthday = AroundDate | Age


@dataclass(frozen=True, slots=True)
class Needs:
    """Names of facts, windows, published figures and activities that a program's rules look at.

    `limits` are the spans in which the uses of a rule, a reward or a cap are counted.
    """

    facts: frozenset[str]
    windows: frozenset[str]
    figures: frozenset[str]
    activities: frozenset[str]
    limits: Mapping[str, tuple[Per, ...]]
    birthday: tuple[Birthday, ...]


@lru_cache(maxsize=PROGRAMS_MAX)
def needs(program: Program) -> Needs:
    """Find out what a program asks of a member, besides her balances."""
    facts, windows, figures, activities = {"balances"}, set(), set(), set()
    birthday: list[Birthday] = []
    for _path, part in parts_of(program):
        facts |= _facts(part)
        match part:
            case AboveFigure(figure, window):
                figures.add(figure)
                windows.add(window)
            case Spent(window) | HasEarned(window):
                windows.add(window)
            case TierLadder(window=window):
                windows.add(window)
            case DidActivity(activity=activity) | Streak(on=activity):
                activities.add(activity)
            case AroundDate(MemberDate.BIRTHDAY) | Age():
                birthday.append(part)
    return Needs(
        facts=frozenset(facts),
        windows=frozenset(windows),
        figures=frozenset(figures),
        activities=frozenset(activities),
        limits=limits_of(program),
        birthday=tuple(birthday),
    )


def limits_of(program: Program) -> dict[str, tuple[Per, ...]]:
    """Tell over which spans uses of the rules, rewards and caps that have a limit are counted.

    Not those of one receipt, and not what all members together use: the server publishes that.
    """
    spans: dict[str, set[Per]] = {}
    limited = [(rule.id, rule.limits) for rule in program.rules]
    limited += [(reward.id, reward.limits) for reward in program.rewards]
    for name, limits in limited:
        if limits:
            spans.setdefault(name, set()).update(limit.per for limit in limits)
    for cap in program.caps:
        spans.setdefault(cap.id, set()).add(cap.per)
    elsewhere = {Per.RECEIPT, Per.TOTAL}
    return {
        name: tuple(sorted(pers - elsewhere, key=lambda per: per.value))
        for name, pers in spans.items()
    }


def _facts(part: object) -> set[str]:  # noqa: C901, PLR0911, PLR0912 - one line for each word that asks
    match part:
        case AroundDate(MemberDate.JOINED):
            return {"joined_on"}
        case DaysSince():
            return {"joined_on", "last_purchase_on"}
        case HasAttribute():
            return {"attributes"}
        case InSegment():
            return {"segments"}
        case MembershipActive():
            return {"membership"}
        case InTier() | EarlyAccess():
            return {"tier"}
        case TierLadder(metric=metric):
            return {"tier", "visits"} if metric is Metric.VISITS else {"tier"}
        case OnVisit():
            return {"visits"}
        case DidActivity():
            return {"activity"}
        case OfferMet():
            return {"offers"}
        case Selection(favourite=True):
            return {"favourite_category"}
        case Limit() | Cap():
            return {"usage"}
        case Earn(carry=True):
            return {"carried"}
        case Goal():
            return {"goals"}
        case Streak(on=event):
            return {"last_purchase_on"} if event == "sale" else {"activity"}
        case Inactivity():
            return {"last_purchase_on"}
        case _:
            return set()


def only_needed(facts: MemberFacts, program: Program, day: date) -> MemberFacts:
    """Keep the facts `program` asks for, the birthday as a stand-in that its rules answer alike."""
    wanted = needs(program)
    kept = {name: getattr(facts, name) for name in wanted.facts if name != "offers"}
    if isinstance(facts.activity, tuple) and "activity" in kept:
        kept["activity"] = tuple(x for x in facts.activity if x.activity in wanted.activities)
    return replace(
        MemberFacts(**kept),
        birthday=stand_in(facts.birthday, wanted.birthday, day),
        history=History(
            _windows(facts.history.spend_minor, wanted.windows),
            _earned(facts.history, wanted.windows),
        ),
        offers=facts.offers if "offers" in wanted.facts else Offers(),
    )


def _windows(
    sums: Mapping[str, int] | Unknown, wanted: frozenset[str]
) -> Mapping[str, int] | Unknown:
    if isinstance(sums, Unknown) or not wanted:
        return UNKNOWN
    return {window: total for window, total in sums.items() if window in wanted}


def _earned(history: History, wanted: frozenset[str]) -> Mapping[str, Mapping[str, int]] | Unknown:
    if isinstance(history.earned, Unknown) or not wanted:
        return UNKNOWN
    return {
        unit: {window: total for window, total in sums.items() if window in wanted}
        for unit, sums in history.earned.items()
    }


def stand_in(
    birthday: date | Unknown | None, asked: tuple[Birthday, ...], day: date
) -> date | Unknown | None:
    """Choose a day that every one of these conditions answers on `day` as it does the birthday.

    The same one for everybody alike, so that it tells no more than the answers do.
    """
    if not asked:
        return UNKNOWN
    if birthday is None or isinstance(birthday, Unknown):
        return birthday
    answers = _answers(birthday, asked, day)
    for age, apart in product(_ages(asked), _days_apart(asked)):
        own = day + timedelta(days=apart)
        if own.year - age < 1:
            continue
        candidate = in_year(own, own.year - age)
        if _answers(candidate, asked, day) == answers:
            return candidate
    return UNKNOWN  # Nothing is guessed; the rules say so.


def _answers(birthday: date, asked: tuple[Birthday, ...], day: date) -> list[bool]:
    return [_answer(birthday, one, day) for one in asked]


def _answer(birthday: date, asked: Birthday, day: date) -> bool:
    if isinstance(asked, AroundDate):
        before, after = asked.before_days, asked.after_days
        return around(day, birthday, before_days=before, after_days=after) == 0
    age = years_old(day, birthday)
    return asked.at_least <= age and (asked.at_most is None or age <= asked.at_most)


def _ages(asked: tuple[Birthday, ...]) -> list[int]:
    """List ages on both sides of every border."""
    ages = {40}
    for one in asked:
        if isinstance(one, Age):
            ages |= {one.at_least, max(0, one.at_least - 2), one.at_least + 1}
            ages |= (
                set()
                if one.at_most is None
                else {one.at_most, max(0, one.at_most - 1), one.at_most + 2}
            )
    return sorted(ages)


def _days_apart(asked: tuple[Birthday, ...]) -> list[int]:
    """List days from today to the anniversary on both sides of every border."""
    days = {0, 182}
    for one in asked:
        if isinstance(one, AroundDate):
            before, after = one.before_days, one.after_days
            days |= {before, before + 1, -after, -after - 1}
    return sorted(days)
