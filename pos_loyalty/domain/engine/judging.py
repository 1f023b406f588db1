"""Whether conditions hold: yes, no with what is missing, or not known at this till."""

from __future__ import annotations

from collections.abc import Sequence

from pos_loyalty.domain.engine.reasons import Missing, Outcome
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.verdicts import HOLDS, Unmet, Verdict
from pos_loyalty.domain.engine.what import what_is_bought
from pos_loyalty.domain.engine.when import when_it_is
from pos_loyalty.domain.engine.who import who_buys
from pos_loyalty.domain.programs.conditions import AnyOf, Condition, NoneOf
from pos_loyalty.domain.programs.occasions import (
    DuringHours,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
)
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    VoucherShown,
)


def judge(
    conditions: Sequence[Condition], scene: Scene
) -> tuple[Outcome, tuple[Missing, ...]] | None:
    """Tell what is missing of `conditions`, and whether it is known; None: they all hold."""
    unmet = []
    for condition in conditions:
        verdict = verdict_on(condition, scene)
        if verdict is not HOLDS:
            unmet.append((verdict, condition))
    if not unmet:
        return None
    known = [(verdict, condition) for verdict, condition in unmet if not verdict.unknown]
    missing = [Missing(verdict.word, verdict.value, condition) for verdict, condition in known]
    if known:
        ways = [Missing(*verdict.way) for verdict, _ in known if verdict.way is not None]
        return Outcome.NOT_MATCHED, (*missing, *ways)
    return Outcome.UNKNOWN, tuple([Missing(v.word, v.value, c) for v, c in unmet])


def verdict_on(condition: Condition, scene: Scene) -> Verdict:
    """Judge one condition."""
    match condition:
        case MinimumAmount() | MinimumQuantity() | PaidWith() | CodeEntered() | VoucherShown():
            return what_is_bought(condition, scene)
        case OnWeekdays() | DuringHours() | OnDates() | InStore() | ThroughChannel():
            return when_it_is(condition, scene)
        case AnyOf(conditions):
            return _any_of([verdict_on(one, scene) for one in conditions])
        case NoneOf(conditions):
            return _none_of([verdict_on(one, scene) for one in conditions])
        case _:
            return who_buys(condition, scene)


def _any_of(verdicts: Sequence[Verdict]) -> Verdict:
    if any(verdict is HOLDS for verdict in verdicts):
        return HOLDS
    unmet = [verdict for verdict in verdicts if verdict is not HOLDS]
    return next((verdict for verdict in unmet if verdict.unknown), unmet[0])


def _none_of(verdicts: Sequence[Verdict]) -> Verdict:
    if any(verdict is HOLDS for verdict in verdicts):
        return Unmet("none_of", "holds")
    return next((one for one in verdicts if one is not HOLDS and one.unknown), HOLDS)
