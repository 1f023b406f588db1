"""What multipliers add to, or take from, what the earning rules gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pos_loyalty.domain.engine.earning import MICRO, Counting, Earnings, over_lines, worth
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back
from pos_loyalty.domain.engine.plan import Multiplier
from pos_loyalty.domain.engine.reasons import Limited, Missing, Multiplied, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.programs.effects import BandsMode, Of, Stacking
from pos_loyalty.domain.programs.selection import Selection


@dataclass(slots=True)
class Ground:
    """What multipliers stand on: what was earned so far, by unit, in all and on every line."""

    scene: Scene
    earnings: Earnings
    totals: dict[str, int] = field(default_factory=dict)
    lines: dict[str, Sequence[int]] = field(default_factory=dict)

    def add(self, unit: str, points: int, parts: Sequence[int]) -> None:
        """Count what a rule gave."""
        had = self.lines.get(unit)
        self.totals[unit] = self.totals.get(unit, 0) + points
        self.lines[unit] = (
            parts if had is None else [a + b for a, b in zip(had, parts, strict=True)]
        )


def multiply(scene: Scene, rules: Sequence[Multiplier], earnings: Earnings) -> None:
    """Let every multiplier that holds work on what was earned; several add to each other."""
    held: list[Multiplier] = []
    for one in rules:
        unmet = _unmet(one, scene)
        if unmet is None:
            held.append(one)
        else:
            earnings.reasons[one.rule.id] = unmet
    if not held:
        return
    ground = Ground(scene, earnings)
    for rule, parts in earnings.line_points.items():
        ground.add(earnings.reasons[rule].unit, earnings.reasons[rule].earned, parts)
    winners = _winners(held, ground)
    for one in held:
        extra = _extra(one, ground)
        winner = winners.get(one.multiply.unit)
        if winner is not None and one is not winner and _rivals(one, winner):
            told = Limited(winner.rule.id, extra)
            earnings.reasons[one.rule.id] = Reason(one.rule.id, Outcome.CAPPED, basis=told)
        else:
            _apply(one, extra, ground)


def _unmet(one: Multiplier, scene: Scene) -> Reason | None:
    rule = one.rule
    if scene.facts is None:
        return Reason(rule.id, Outcome.NOT_MATCHED, missing=(Missing("member", "none"),))
    if scene.asks_unknown_favourite(one.multiply.lines):
        missing = (Missing("favourite_category", "unknown"),)
        return Reason(rule.id, Outcome.UNKNOWN, missing=missing)
    held = judge(rule.when, scene) or held_back(rule.id, rule.limits, scene)
    return None if held is None else Reason(rule.id, held[0], missing=held[1])


def _winners(held: Sequence[Multiplier], ground: Ground) -> Mapping[str, Multiplier]:
    """Choose by unit the one beside which rivals do not count: the exclusive one, else the best."""
    winners: dict[str, tuple[bool, int, Multiplier]] = {}
    for one in held:
        if one.rule.stacking not in (Stacking.EXCLUSIVE, Stacking.BEST):
            continue
        extra = _extra(one, ground)
        alone = one.rule.stacking is Stacking.EXCLUSIVE
        rival = winners.get(one.multiply.unit)
        if extra and (rival is None or (alone, extra) > rival[:2]):
            winners[one.multiply.unit] = (alone, extra, one)
    return {unit: winner for unit, (_, _, winner) in winners.items()}


def _rivals(one: Multiplier, winner: Multiplier) -> bool:
    return winner.rule.stacking is Stacking.EXCLUSIVE or one.rule.stacking is Stacking.BEST


def _apply(one: Multiplier, extra: int, ground: Ground) -> None:
    """Give what a multiplier makes more, or take what it makes less: never more than there is."""
    rule, unit, weights = one.rule.id, one.multiply.unit, _weights(one, ground)
    told = Multiplied(sum(weights))
    if extra < 0:
        extra = max(extra, -ground.totals.get(unit, 0))
        weights = _takes_from(one, extra, ground)
    if not extra:
        missing = (Missing("lines", "none"),) if not told.base else ()
        reason = Reason(rule, Outcome.NOT_MATCHED, missing=missing, basis=told)
        ground.earnings.reasons[rule] = reason
        return
    parts = over_lines(extra, weights, ground.scene)
    ground.add(unit, extra, parts)
    ground.earnings.give(Reason(rule, Outcome.APPLIED, unit, extra, basis=told), parts)


def _takes_from(one: Multiplier, extra: int, ground: Ground) -> Sequence[int]:
    """Weigh the lines by the points they have: its own lines, or all when those do not suffice."""
    had = ground.lines.get(one.multiply.unit, ())
    own = [0] * len(had)
    for i in ground.scene.chosen(one.multiply.lines) if had else ():
        own[i] = had[i]
    return own if sum(own) + extra >= 0 else had


def _extra(one: Multiplier, ground: Ground) -> int:
    """Tell what a multiplier makes more, or less, of what it multiplies."""
    base = _base(one, ground)
    part, whole = one.multiply.by.as_integer_ratio()
    return base * part // whole - base


def _base(one: Multiplier, ground: Ground) -> int:
    unit, lines = one.multiply.unit, one.multiply.lines
    if one.rule.stacking is Stacking.MULTIPLY:
        if ground.scene.means_all(lines):
            return ground.totals.get(unit, 0)
        had = ground.lines.get(unit, ())
        return sum([had[i] for i in ground.scene.chosen(lines)]) if had else 0
    countings = [counting for counting in ground.earnings.countings if _about(one, counting)]
    return sum([_part(counting, lines, ground.scene) for counting in countings])


def _about(one: Multiplier, counting: Counting) -> bool:
    if counting.plan.earn.unit != one.multiply.unit:
        return False
    return not one.multiply.rules or counting.plan.rule.id in one.multiply.rules


def _weights(one: Multiplier, ground: Ground) -> Sequence[int]:
    """Tell what is paid for each line that a multiplier is about, where it earned something."""
    scene = ground.scene
    chosen = scene.chosen(one.multiply.lines)
    amounts = [x.amounts for x in ground.earnings.countings if _about(one, x)]
    weights = [0] * len(scene.lines)
    for i in chosen:
        if any(counted[i] for counted in amounts):
            weights[i] = scene.remaining[i]
    return weights


def _part(counting: Counting, lines: Selection, scene: Scene) -> int:
    """Tell the points for the chosen lines, taken together as a receipt of their own."""
    if not counting.points or scene.means_all(lines):
        return counting.points
    amounts, whole = counting.amounts, counting.whole
    amount = sum([amounts[i] for i in scene.chosen(lines)])
    if amount == whole:
        return counting.points
    plan = counting.plan
    if plan.earn.of is Of.RECEIPT:
        return counting.points if amount else 0
    quantity = plan.earn.of is Of.QUANTITY
    mine = Fraction(amount, MICRO) if quantity else scene.in_program_money(amount)
    if plan.earn.mode is BandsMode.MARGINAL:
        return counting.points * amount // whole
    return worth(plan, counting.pace, min(mine, counting.counted))
