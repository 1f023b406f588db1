"""Judging who buys: only what the till knows of her counts, and what it does not is unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from pos_loyalty.domain.calendar import around, years_old
from pos_loyalty.domain.engine.levels import tiers_possible, way_to
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.verdicts import HOLDS, Unmet, Verdict, unknown
from pos_loyalty.domain.facts import UNKNOWN, MemberFacts, Unknown
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Response,
    Spent,
)
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    InTier,
    MemberDate,
    MemberPast,
    MembershipActive,
)

Own = AroundDate | DaysSince | Age | InTier | InSegment | HasAttribute | MembershipActive
Past = OnVisit | Spent | HasEarned | AboveFigure | DidActivity | OfferMet
NOBODY = Unmet("member", "none")


def who_buys(condition: Own | Past, scene: Scene) -> Verdict:
    """Judge what the member is and did."""
    facts = scene.facts
    if facts is None:
        return NOBODY
    match condition:
        case AroundDate() | DaysSince() | Age():
            return _days(condition, facts, scene)
        case InTier() | InSegment() | HasAttribute() | MembershipActive():
            return _belongs(condition, facts, scene)
        case OnVisit() | Spent() | HasEarned() | AboveFigure():
            return _past(condition, facts, scene)
        case DidActivity():
            return _activity(condition, facts, scene)
        case OfferMet():
            return _offer(condition, facts)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def _days(  # noqa: C901, PLR0911 - one answer for each word
    condition: AroundDate | DaysSince | Age, facts: MemberFacts, scene: Scene
) -> Verdict:
    match condition:
        case AroundDate(which, before, after):
            birthday = which is MemberDate.BIRTHDAY
            word = "birthday" if birthday else "joined_on"
            own = facts.birthday if birthday else facts.joined_on
            if own is UNKNOWN:
                return unknown(word)
            if own is None:
                return Unmet(word, "none")
            missing = around(scene.day, own, before_days=before, after_days=after)
            return HOLDS if missing == 0 else Unmet(word, missing)
        case DaysSince(since, at_least, at_most):
            joined = since is MemberPast.JOINED
            word = "joined_on" if joined else "last_purchase_on"
            start = facts.joined_on if joined else facts.last_purchase_on
            if start is UNKNOWN:
                return unknown(word)
            if start is None:
                return Unmet(word, "none")
            days = (scene.day - start).days
            if days < at_least:
                return Unmet("days", at_least - days)
            return HOLDS if at_most is None or days <= at_most else Unmet("days_at_most", at_most)
        case Age(at_least, at_most):
            if facts.birthday is UNKNOWN:
                return unknown("birthday")
            if facts.birthday is None:
                return Unmet("birthday", "none")
            age = years_old(scene.day, facts.birthday)
            fits = at_least <= age and (at_most is None or age <= at_most)
            return (
                HOLDS if fits else Unmet("age", f"{at_least}-{'' if at_most is None else at_most}")
            )
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def _belongs(  # noqa: PLR0911 - one answer for each word
    condition: InTier | InSegment | HasAttribute | MembershipActive,
    facts: MemberFacts,
    scene: Scene,
) -> Verdict:
    match condition:
        case InTier(any_of):
            possible = tiers_possible(scene, facts)
            if possible <= set(any_of):
                return HOLDS
            if possible & set(any_of):
                return unknown("tier")
            return Unmet("tier", ",".join(any_of), way=way_to(any_of, scene, facts))
        case InSegment(any_of):
            if isinstance(facts.segments, Unknown):
                return unknown("segments")
            inside = any(segment in any_of for segment in facts.segments)
            return HOLDS if inside else Unmet("segment", ",".join(any_of))
        case HasAttribute(name, any_of):
            if isinstance(facts.attributes, Unknown):
                return unknown("attributes")
            has = facts.attributes.get(name) in any_of
            return HOLDS if has else Unmet(name, ",".join(any_of))
        case MembershipActive(wanted):
            paid = facts.membership
            if paid is UNKNOWN:
                return unknown("membership")
            active = paid is not None and paid.id == wanted and scene.day <= paid.until
            return HOLDS if active else Unmet("membership", wanted)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def _past(  # noqa: C901, PLR0911, PLR0912 - one answer for each word
    condition: OnVisit | Spent | HasEarned | AboveFigure, facts: MemberFacts, scene: Scene
) -> Verdict:
    match condition:
        case OnVisit(at, every):
            if isinstance(facts.visits, Unknown):
                return unknown("visits")
            visit = facts.visits + 1
            if every is not None:
                return HOLDS if visit % every == 0 else Unmet("visits", every - visit % every)
            if visit in at:
                return HOLDS
            later = [number - visit for number in at if number > visit]
            return Unmet("visits", min(later) if later else "past")
        case Spent(window, at_least, below, with_this):
            spent = spent_in(facts, window)
            if spent is None:
                return unknown("history")
            if with_this:
                spent += sum(scene.remaining)
            counted = scene.in_program_money(spent)
            if counted < at_least:
                return Unmet("spend_minor", scene.needed_for(at_least) - spent)
            fits = below is None or counted < below
            return HOLDS if fits else Unmet("spend_below_minor", scene.in_basket_money(below or 0))
        case HasEarned(window, at_least, unit):
            earned = earned_in(facts, unit, window)
            if earned is None:
                return unknown("history")
            return HOLDS if earned >= at_least else Unmet("earned", at_least - earned)
        case AboveFigure(figure, window, unit):
            earned, published = earned_in(facts, unit, window), scene.basket.figures.get(figure)
            if earned is None or published is None:
                return unknown("history" if earned is None else "figures")
            return HOLDS if earned > published else Unmet("earned", published + 1 - earned)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def spent_in(facts: MemberFacts, window: str) -> int | None:
    """Tell what was spent in a window. None: not known here."""
    spent = facts.history.spend_minor
    return None if isinstance(spent, Unknown) else spent.get(window)


def earned_in(facts: MemberFacts, unit: str, window: str) -> int | None:
    """Tell what was earned of a unit in a window. None: not known here."""
    earned = facts.history.earned
    if isinstance(earned, Unknown):
        return None
    return earned.get(unit, {}).get(window)


def _activity(condition: DidActivity, facts: MemberFacts, scene: Scene) -> Verdict:
    if isinstance(facts.activity, Unknown):
        return unknown("activity")
    within = condition.within_days
    since = None if within is None else scene.day - timedelta(days=within)
    done = sum(
        one.activity == condition.activity and (since is None or one.on >= since)
        for one in facts.activity
    )
    missing = condition.at_least - done
    return HOLDS if missing <= 0 else Unmet("activity", missing)


def _offer(condition: OfferMet, facts: MemberFacts) -> Verdict:
    told = {
        Response.SHOWN: facts.offers.shown,
        Response.TAKEN: facts.offers.taken,
        Response.DECLINED: facts.offers.declined,
    }[condition.response]
    if isinstance(told, Unknown):
        return unknown("offers")
    times = told.get(condition.offer, 0)
    if times < condition.at_least:
        return Unmet("offer", condition.at_least - times)
    fits = condition.at_most is None or times <= condition.at_most
    return HOLDS if fits else Unmet("offer_at_most", condition.at_most or 0)
