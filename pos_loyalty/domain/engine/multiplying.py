"""What multipliers add to, or take from, what the earning rules gave."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pos_loyalty.domain.engine.earning import MICRO, Counting, Earnings, over_lines, worth
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back
from pos_loyalty.domain.engine.plan import Multiplier
from pos_loyalty.domain.engine.reasons import Limited, Missing, Multiplied, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.programs.effects import BandsMode, Of, Stacking
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection


def multiply(scene: Scene, rules: Sequence[Multiplier], earnings: Earnings) -> None:
    """Let every multiplier that holds work on what was earned; several add to each other."""
    held: list[Multiplier] = []
    for one in rules:
        unmet = _unmet(one, scene)
        if unmet is None:
            held.append(one)
        else:
            earnings.reasons[one.rule.id] = unmet
    winner = _winner(held, scene, earnings)
    for one in held:
        extra, weights = _extra(one, scene, earnings)
        if winner is not None and one is not winner and _rivals(one, winner):
            told = Limited(winner.rule.id, extra)
            earnings.reasons[one.rule.id] = Reason(one.rule.id, Outcome.CAPPED, basis=told)
        elif extra:
            told_base = Multiplied(sum(weights))
            reason = Reason(one.rule.id, Outcome.APPLIED, one.multiply.unit, extra, basis=told_base)
            earnings.give(reason, over_lines(extra, weights, scene))
        else:
            missing = (Missing("lines", "none"),) if not sum(weights) else ()
            earnings.reasons[one.rule.id] = Reason(
                one.rule.id, Outcome.NOT_MATCHED, missing=missing, basis=Multiplied(sum(weights))
            )


def _unmet(one: Multiplier, scene: Scene) -> Reason | None:
    rule = one.rule
    if scene.facts is None:
        return Reason(rule.id, Outcome.NOT_MATCHED, missing=(Missing("member", "none"),))
    if scene.asks_unknown_favourite(one.multiply.lines):
        missing = (Missing("favourite_category", "unknown"),)
        return Reason(rule.id, Outcome.UNKNOWN, missing=missing)
    held = judge(rule.when, scene) or held_back(rule.id, rule.limits, scene)
    return None if held is None else Reason(rule.id, held[0], missing=held[1])


def _winner(held: Sequence[Multiplier], scene: Scene, earnings: Earnings) -> Multiplier | None:
    """Choose the one beside which rivals do not count: the exclusive one, else the best."""
    alone = [one for one in held if one.rule.stacking is Stacking.EXCLUSIVE]
    rivals = alone or [one for one in held if one.rule.stacking is Stacking.BEST]
    giving = [one for one in rivals if _extra(one, scene, earnings)[0]]
    return max(giving, key=lambda one: _extra(one, scene, earnings)[0], default=None)


def _rivals(one: Multiplier, winner: Multiplier) -> bool:
    if one.multiply.unit != winner.multiply.unit:
        return False
    return winner.rule.stacking is Stacking.EXCLUSIVE or one.rule.stacking is Stacking.BEST


def _extra(one: Multiplier, scene: Scene, earnings: Earnings) -> tuple[int, Sequence[int]]:
    """Tell what a multiplier makes more (or less), and what it is about of each line."""
    countings = [counting for counting in earnings.countings if _about(one, counting)]
    lines = one.multiply.lines
    if one.rule.stacking is Stacking.MULTIPLY:
        base = _so_far(one, scene, earnings)
    else:
        base = sum([_part(counting, lines, scene) for counting in countings])
    weights = [0] * len(scene.lines)
    for i in scene.chosen(lines):
        weights[i] = scene.remaining[i]
    part, whole = one.multiply.by.as_integer_ratio()
    return base * part // whole - base, weights


def _about(one: Multiplier, counting: Counting) -> bool:
    if counting.plan.earn.unit != one.multiply.unit:
        return False
    return not one.multiply.rules or counting.plan.rule.id in one.multiply.rules


def _so_far(one: Multiplier, scene: Scene, earnings: Earnings) -> int:
    """Sum the points that the lines have from all rules before this one."""
    chosen = scene.chosen(one.multiply.lines)
    return sum(
        sum([points[i] for i in chosen])
        for rule, points in earnings.line_points.items()
        if earnings.reasons[rule].unit == one.multiply.unit and points
    )


def _part(counting: Counting, lines: Selection, scene: Scene) -> int:
    """Tell the points for the chosen lines, taken together as a receipt of their own."""
    if lines == ALL_LINES:
        return counting.points
    chosen = scene.chosen(lines)
    amount = sum([counting.amounts[i] for i in chosen])
    whole = sum(counting.amounts)
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
