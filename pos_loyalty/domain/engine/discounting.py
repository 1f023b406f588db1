"""What rules take off the bill by themselves, before anything is redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pos_loyalty.domain.engine.answer import FreeGoods
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back
from pos_loyalty.domain.engine.plan import Discounter
from pos_loyalty.domain.engine.reasons import Limited, Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.taking_off import selections_of, taken_off
from pos_loyalty.domain.programs.benefits import Benefit, FreeItem
from pos_loyalty.domain.programs.effects import Stacking
from pos_loyalty.domain.programs.selection import ALL_LINES


@dataclass(slots=True)
class Discounts:
    """What was taken off so far, and by what."""

    reasons: dict[str, Reason] = field(default_factory=dict)
    goods: list[FreeGoods] = field(default_factory=list)
    order_wide_by: str = ""  # The last rule or reward on all lines. Empty: none.


def discount(scene: Scene, rules: Sequence[Discounter]) -> Discounts:
    """Let every rule that holds take off its part, in the document's order."""
    done = Discounts()
    alone = next(
        (one for one in rules if _is(one, Stacking.EXCLUSIVE) and _worth(one, scene)), None
    )
    rivals = [one for one in rules if _is(one, Stacking.BEST)] if alone is None else []
    best = max(rivals, key=lambda one: _worth(one, scene), default=None)
    for one in rules:
        winner = alone or (best if one in rivals else None)
        if winner in (None, one):
            done.reasons[one.rule.id] = _take(one, scene, done)
        else:
            done.reasons[one.rule.id] = _outdone(one, scene, winner)
    scene.discounted = list(scene.remaining)
    return done


def _is(one: Discounter, stacking: Stacking) -> bool:
    return one.rule.stacking is stacking


def _worth(one: Discounter, scene: Scene) -> int:
    if _unmet(one, scene) is not None:
        return 0
    return sum(taken_off(one.benefit, scene)) or _free_times(one.benefit, scene)


def _outdone(one: Discounter, scene: Scene, winner: Discounter | None) -> Reason:
    unmet = _unmet(one, scene)
    if unmet is not None:
        return unmet
    by = "" if winner is None else winner.rule.id
    return Reason(one.rule.id, Outcome.CAPPED, basis=Limited(by, _worth(one, scene)))


def _take(one: Discounter, scene: Scene, done: Discounts) -> Reason:
    unmet = _unmet(one, scene)
    if unmet is not None:
        return unmet
    off = taken_off(one.benefit, scene)
    if isinstance(one.benefit, FreeItem):
        times = _free_times(one.benefit, scene)
        if times:
            quantity = one.benefit.quantity * times
            done.goods.append(FreeGoods(one.benefit.skus[0], quantity))
            return Reason(one.rule.id, Outcome.APPLIED)
    total = sum(off)
    if not total:
        return Reason(one.rule.id, Outcome.NOT_MATCHED, missing=(Missing("lines", "none"),))
    if one.rule.stacking is Stacking.ADD:
        off = _on_the_whole(one.benefit, scene)
        total = sum(off)
    take(scene, one.benefit, off)
    if is_order_wide(one.benefit):
        done.order_wide_by = one.rule.id
    return Reason(one.rule.id, Outcome.APPLIED, discount_minor=total)


def _on_the_whole(benefit: Benefit, scene: Scene) -> list[int]:
    """Work a benefit out on what the lines cost before any other; no line goes below nothing."""
    left = scene.remaining
    scene.remaining = list(scene.charged)
    off = taken_off(benefit, scene)
    scene.remaining = left
    return [min(part, rest) for part, rest in zip(off, left, strict=True)]


def _unmet(one: Discounter, scene: Scene) -> Reason | None:
    """Tell why a discount does not hold. None: it does."""
    held = (
        asks_in_vain(one.benefit, scene)
        or judge(one.rule.when, scene)
        or held_back(one.rule.id, one.rule.limits, scene)
    )
    return None if held is None else Reason(one.rule.id, held[0], missing=held[1])


def asks_in_vain(benefit: Benefit, scene: Scene) -> tuple[Outcome, tuple[Missing, ...]] | None:
    """Tell whether a benefit needs a member, or a choice of hers, that is not known."""
    if scene.facts is None:
        return Outcome.NOT_MATCHED, (Missing("member", "none"),)
    if any(scene.asks_unknown_favourite(lines) for lines in selections_of(benefit)):
        return Outcome.UNKNOWN, (Missing("favourite_category", "unknown"),)
    return None


def _free_times(benefit: Benefit, scene: Scene) -> int:
    """Tell how often a free product is handed over; 0 for what is none."""
    if not isinstance(benefit, FreeItem):
        return 0
    if benefit.every is None:
        return 1
    return int(scene.quantity(benefit.lines) // benefit.every)


def take(scene: Scene, benefit: Benefit, off: Sequence[int]) -> None:
    """Take so much off each line."""
    scene.remaining = [rest - part for rest, part in zip(scene.remaining, off, strict=True)]
    if is_order_wide(benefit):
        scene.order_wide = [a + part for a, part in zip(scene.order_wide, off, strict=True)]


def is_order_wide(benefit: Benefit) -> bool:
    """Whether a benefit is about the whole receipt."""
    return not isinstance(benefit, FreeItem) and selections_of(benefit) == (ALL_LINES,)
