"""Which tier a member is in, or could be in as far as the till knows."""

from __future__ import annotations

from collections.abc import Sequence

from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import UNKNOWN, MemberFacts, Unknown
from pos_loyalty.domain.programs.tiers import Downgrade, Metric, TierLadder

NO_TIER = ""


def tiers_possible(scene: Scene, facts: MemberFacts) -> set[str]:
    """List the tiers that may be hers now; "" is none. One alone: it is known."""
    ladder = scene.program.ladder
    told = facts.tier
    if ladder is None:
        return {NO_TIER} if told is UNKNOWN else {told or NO_TIER}
    levels = (NO_TIER, *(tier.id for tier in ladder.tiers))
    reached = _reached_so_far(ladder, scene, facts)
    if told is not UNKNOWN:
        own = levels.index(told) if told in levels else 0
        return {levels[max(own, reached or 0)]}
    if reached is not None and ladder.downgrade is Downgrade.AS_EARNED and not ladder.grace_days:
        return {levels[reached]}
    if reached is not None:  # What she reached before may still be hers.
        return set(levels[reached:])
    least = level_of(ladder, _this_receipt(ladder, scene))
    return set(levels[least:])


def _reached_so_far(ladder: TierLadder, scene: Scene, facts: MemberFacts) -> int | None:
    """Tell the place of the level reached, this receipt counted where it is. None: not known."""
    before = past(ladder, facts, scene)
    if before is None:
        return None
    return level_of(ladder, before + _this_receipt(ladder, scene))


def way_to(wanted: Sequence[str], scene: Scene, facts: MemberFacts) -> tuple[str, int] | None:
    """Tell what is missing to the nearest of the tiers `wanted`, as a word and how much of it.

    Money is the basket's. None: not known here, not reached by buying, or none lies above.
    """
    ladder = scene.program.ladder
    before = None if ladder is None else past(ladder, facts, scene)
    if ladder is None or before is None:
        return None
    reached = before + _this_receipt(ladder, scene)
    names = [tier.id for tier in ladder.tiers]
    own = names.index(facts.tier) + 1 if facts.tier in names else 0
    short = [
        tier.at_least - reached
        for tier in ladder.tiers[own:]
        if tier.id in wanted and tier.at_least > reached
    ]
    if not short:
        return None
    if ladder.metric is Metric.SPEND:
        return "amount_minor", scene.needed_for(min(short))
    return (ladder.unit if ladder.metric is Metric.EARNED else "visits"), min(short)


def _this_receipt(ladder: TierLadder, scene: Scene) -> int:
    """Tell what this receipt adds before anything is earned by it."""
    if not ladder.with_this_receipt or scene.basket.event != "sale":
        return 0
    match ladder.metric:
        case Metric.SPEND:
            return int(scene.in_program_money(sum(scene.remaining)))
        case Metric.VISITS:
            return 1
        case _:
            return 0


def past(ladder: TierLadder, facts: MemberFacts, scene: Scene) -> int | None:
    """Tell how much of the ladder's metric she had before this receipt. None: not known here."""
    match ladder.metric:
        case Metric.SPEND:
            spent = facts.history.spend_minor
            told = None if isinstance(spent, Unknown) else spent.get(ladder.window)
            return None if told is None else int(scene.in_program_money(told))
        case Metric.EARNED:
            earned = facts.history.earned
            if isinstance(earned, Unknown):
                return None
            return earned.get(ladder.unit, {}).get(ladder.window)
        case Metric.VISITS:
            return None if isinstance(facts.visits, Unknown) else facts.visits
        case _:
            return None  # Told as the tier itself.


def level_of(ladder: TierLadder, reached: int) -> int:
    """Tell the place of the highest level for so much of the metric; 0 is none."""
    return sum(tier.at_least <= reached for tier in ladder.tiers)


def tier_after(scene: Scene, facts: MemberFacts, earned: int) -> str | None:
    """Tell the tier after this receipt, `earned` points of the ladder's unit included.

    Nobody falls by buying: what falls, falls by the server's word. None: no tier, or not known.
    """
    ladder = scene.program.ladder
    if ladder is None:
        return None if facts.tier is UNKNOWN else facts.tier
    before = past(ladder, facts, scene)
    levels = (None, *(tier.id for tier in ladder.tiers))
    if len(tiers_possible(scene, facts)) > 1:
        return None
    own = levels.index(facts.tier) if facts.tier in levels else 0
    sale = scene.basket.event == "sale"
    match ladder.metric:
        case Metric.SPEND:
            added = int(scene.in_program_money(sum(scene.remaining))) if sale else 0
        case Metric.VISITS:
            added = int(sale)
        case Metric.EARNED:
            added = earned
        case _:
            added = 0
    return levels[max(own, level_of(ladder, (before or 0) + added))]
