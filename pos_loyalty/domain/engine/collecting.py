"""Stamps and streaks: where each goal stands after this event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from pos_loyalty.domain.engine.earning import Earnings
from pos_loyalty.domain.engine.giving import Presents, hand_over
from pos_loyalty.domain.engine.reasons import Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import UNKNOWN, MemberFacts, Unknown
from pos_loyalty.domain.programs.effects import Of
from pos_loyalty.domain.programs.tiers import Goal, Stamps, Streak

PRESENTS_MAX = 1000  # Of one goal on one receipt; further stamps wait for the next.


def collect(scene: Scene, earnings: Earnings, presents: Presents) -> Mapping[str, int]:
    """Count stamps and streaks; what is reached is handed over. Tells where each goal stands."""
    after: dict[str, int] = {}
    for goal in scene.program.goals:
        if goal.reach.on != scene.basket.event:
            continue
        stands = None if scene.facts is None else _reach(goal, scene.facts, scene)
        if stands is None:
            earnings.reasons[goal.id] = _not_counted(goal, scene)
            continue
        total, reached = stands
        target = target_of(goal)
        after[goal.id] = total
        if reached:
            hand_over(goal.id, goal.then, reached, scene, earnings, presents)
        else:
            missing = (Missing("stamps", max(0, target - total)),)
            earnings.reasons[goal.id] = Reason(goal.id, Outcome.NOT_MATCHED, missing=missing)
    return after


def target_of(goal: Goal) -> int:
    """Tell how many stamps, or days in a row, reach the goal."""
    match goal.reach:
        case Stamps(target):
            return target
        case Streak(days):
            return days
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(goal.reach)


def _not_counted(goal: Goal, scene: Scene) -> Reason:
    if scene.facts is None:
        return Reason(goal.id, Outcome.NOT_MATCHED, missing=(Missing("member", "none"),))
    return Reason(goal.id, Outcome.UNKNOWN, missing=(Missing("goals", "unknown"),))


def _reach(goal: Goal, facts: MemberFacts, scene: Scene) -> tuple[int, int] | None:
    """Tell where the goal stands and how often it was reached now. None: not known here."""
    if isinstance(facts.goals, Unknown):
        return None
    if isinstance(goal.reach, Stamps) and scene.asks_unknown_favourite(goal.reach.lines):
        return None
    before = facts.goals.get(goal.id)
    target = target_of(goal)
    if not goal.repeats and before is not None and before >= target:
        return target, 0
    total = _total(goal, before, facts, scene)
    if total is None:
        return None
    if not goal.repeats:
        return min(total, target), int(total >= target)
    reached = min(total // target, PRESENTS_MAX)
    return total - reached * target, reached


def _total(goal: Goal, before: int | None, facts: MemberFacts, scene: Scene) -> int | None:
    match goal.reach:
        case Stamps() as stamps:
            return (before or 0) + _stamps(stamps, scene)
        case Streak() as streak:
            return _streak(streak, before, facts, scene)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(goal.reach)


def _stamps(stamps: Stamps, scene: Scene) -> int:
    if stamps.of is Of.QUANTITY:
        return int(scene.quantity(stamps.lines))
    return int(not scene.lines or bool(scene.chosen(stamps.lines)))


def _streak(streak: Streak, before: int | None, facts: MemberFacts, scene: Scene) -> int | None:
    """Count days in a row, this one included. None: the last time is not known here."""
    last = _last_time(streak.on, facts)
    if isinstance(last, Unknown):
        return None
    if last is None or before is None:
        return 1
    apart = (scene.day - last).days
    if apart == 0:
        return before  # A day counts once; 0: it was reached today.
    return before + 1 if apart == 1 else 1


def _last_time(event: str, facts: MemberFacts) -> date | Unknown | None:
    if event == "sale":
        return facts.last_purchase_on
    if isinstance(facts.activity, Unknown):
        return UNKNOWN
    return max((one.on for one in facts.activity if one.activity == event), default=None)
