"""What rules take off the bill by themselves, before anything is redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pos_loyalty.domain.engine.answer import FreeGoods
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back, times_on_receipt
from pos_loyalty.domain.engine.pieces import no_more_than
from pos_loyalty.domain.engine.plan import Discounter
from pos_loyalty.domain.engine.reasons import Limited, Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.taking_off import made_free, selections_of, taken_off
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
)
from pos_loyalty.domain.programs.effects import Stacking
from pos_loyalty.domain.programs.selection import ALL_LINES


@dataclass(slots=True)
class Discounts:
    """What was taken off so far, and by what."""

    reasons: dict[str, Reason] = field(default_factory=dict)
    goods: list[FreeGoods] = field(default_factory=list)
    order_wide_by: str = ""  # The last rule or reward on all lines. Empty: none.
    alone: str = ""  # A reward on all lines that admits none beside it. Empty: none.
    by_reward: dict[str, int] = field(default_factory=dict)  # Minor units.


def discount(scene: Scene, rules: Sequence[Discounter]) -> Discounts:
    """Let every rule that holds take off its part, in the document's order."""
    done = Discounts()
    alone = next(
        (one for one in rules if _is(one, Stacking.EXCLUSIVE) and _worth(one, scene)), None
    )
    best = None if alone is not None else _best(rules, scene)
    for one in rules:
        winner = best if alone is None and _is(one, Stacking.BEST) else alone
        if winner is None or winner is one:
            done.reasons[one.rule.id] = _take(one, scene, done)
        else:
            done.reasons[one.rule.id] = _outdone(one, scene, winner)
    scene.discounted = list(scene.remaining)
    scene.order_wide_by_rules = scene.order_wide
    return done


def _is(one: Discounter, stacking: Stacking) -> bool:
    return one.rule.stacking is stacking


def _best(rules: Sequence[Discounter], scene: Scene) -> Discounter | None:
    """Choose among those of which only the best counts. None: none of them gives anything."""
    worth = [(_worth(one, scene), one) for one in rules if _is(one, Stacking.BEST)]
    most, best = max(worth, key=lambda pair: pair[0], default=(0, None))
    return best if most else None


def _worth(one: Discounter, scene: Scene) -> int:
    if _unmet(one, scene) is not None:
        return 0
    return sum(_off(one, scene)) or _free_times(one, scene)


def _off(one: Discounter, scene: Scene) -> Sequence[int]:
    return taken_off(one.benefit, scene, _times(one))


def _times(one: Discounter) -> int | None:
    """Tell how often a rule about pieces may take off. None: as often as it fits."""
    return None if isinstance(one.benefit, AmountOff) else times_on_receipt(one.rule.limits)


def _outdone(one: Discounter, scene: Scene, winner: Discounter) -> Reason:
    unmet = _unmet(one, scene)
    if unmet is not None:
        return unmet
    worth = _worth(one, scene)
    if not worth:
        return Reason(one.rule.id, Outcome.NOT_MATCHED, missing=(Missing("lines", "none"),))
    return Reason(one.rule.id, Outcome.CAPPED, basis=Limited(winner.rule.id, worth))


def _take(one: Discounter, scene: Scene, done: Discounts) -> Reason:
    unmet = _unmet(one, scene)
    if unmet is not None:
        return unmet
    times = _free_times(one, scene)
    if times and isinstance(one.benefit, FreeItem):
        done.goods.append(FreeGoods(one.benefit.skus[0], one.benefit.quantity * times))
        return Reason(one.rule.id, Outcome.APPLIED)
    off = _off(one, scene)
    if one.rule.stacking is Stacking.ADD:
        off = on_the_whole(one.benefit, scene, _times(one))
    total = sum(off)
    if not total:
        return Reason(one.rule.id, Outcome.NOT_MATCHED, missing=(Missing("lines", "none"),))
    take(scene, one.benefit, off)
    if is_order_wide(one.benefit):
        done.order_wide_by = one.rule.id
    return Reason(one.rule.id, Outcome.APPLIED, discount_minor=total)


def on_the_whole(benefit: Benefit, scene: Scene, times: int | None) -> Sequence[int]:
    """Work a benefit out on what the lines cost before any other; no line goes below nothing."""
    left, free = scene.remaining, scene.free
    scene.remaining, scene.free = list(scene.charged), [0] * len(free)
    off = taken_off(benefit, scene, times)
    scene.remaining, scene.free = left, free
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


def _free_times(one: Discounter, scene: Scene) -> int:
    """Tell how often a free product is handed over; 0 for what is none."""
    item = one.benefit
    if not isinstance(item, FreeItem):
        return 0
    if item.every is None:
        return int(item.lines == ALL_LINES or bool(scene.chosen(item.lines)))
    times = int(scene.quantity(item.lines) // item.every)
    return no_more_than(times_on_receipt(one.rule.limits), times)


def take(scene: Scene, benefit: Benefit, off: Sequence[int]) -> None:
    """Take so much off each line."""
    if isinstance(benefit, CheapestOff | BuyGet):
        free = made_free(benefit, off, scene)
        scene.free = [a + b for a, b in zip(scene.free, free, strict=True)]
    scene.remaining = [rest - part for rest, part in zip(scene.remaining, off, strict=True)]
    if is_order_wide(benefit):
        scene.order_wide = [a + part for a, part in zip(scene.order_wide, off, strict=True)]


def is_order_wide(benefit: Benefit) -> bool:
    """Whether a benefit is about the whole receipt."""
    return not isinstance(benefit, FreeItem) and selections_of(benefit) == (ALL_LINES,)
