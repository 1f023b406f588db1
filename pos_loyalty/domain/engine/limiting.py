"""How often a rule or reward may still be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_loyalty.domain.engine.reasons import Missing, Outcome
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import STRANGER, MemberFacts, Unknown
from pos_loyalty.domain.programs.limits import Limit, Per

NO_USE: Mapping[str, int] = {}


def used(facts: MemberFacts, name: str, per: Per) -> int | None:
    """Tell how often it was had in the span now running. None: not known at this till."""
    if per is Per.RECEIPT:
        return 0
    if isinstance(facts.usage, Unknown):
        return None
    had = facts.usage.get(name, NO_USE)
    return had.get(per.value) if per is Per.TOTAL else had.get(per.value, 0)


def held_back(
    name: str, limits: Sequence[Limit], scene: Scene
) -> tuple[Outcome, tuple[Missing, ...]] | None:
    """Tell which limit forbids another use of a rule. None: none does."""
    facts = STRANGER if scene.facts is None else scene.facts
    for limit in limits:
        had = used(facts, name, limit.per)
        if had is None:
            return Outcome.UNKNOWN, (Missing("usage", "unknown"),)
        if had >= limit.times:
            return Outcome.CAPPED, (Missing("limit", limit.per.value),)
    return None


def times_left(name: str, limits: Sequence[Limit], facts: MemberFacts) -> int | None:
    """Tell how often a reward may still be had under its limits. None: one is not known here.

    Without limits it is very often.
    """
    left = [TIMES_WITHOUT_LIMIT]
    for limit in limits:
        had = used(facts, name, limit.per)
        if had is None:
            return None
        left.append(max(0, limit.times - had))
    return min(left)


TIMES_WITHOUT_LIMIT = 10**6


def times_on_receipt(limits: Sequence[Limit]) -> int | None:
    """Tell how often a rule may work on one receipt. None: as often as it fits.

    Over other spans receipts are counted on which it worked.
    """
    times = [limit.times for limit in limits if limit.per is Per.RECEIPT]
    return min(times) if times else None
