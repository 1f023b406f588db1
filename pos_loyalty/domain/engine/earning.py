"""What is earned: base rules first, then what multiplies them, then points given at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back
from pos_loyalty.domain.engine.plan import EarnPlan, Pace
from pos_loyalty.domain.engine.reasons import Counted, Limited, Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.what import plain
from pos_loyalty.domain.facts import Unknown
from pos_loyalty.domain.programs.effects import BandsMode, Discounts, Earn, Of
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.domain.programs.settings import BaseRules, Spread

MICRO = 10**6  # Quantities have at most six decimals.


@dataclass(slots=True)
class Counting:
    """An earning rule that held: what it counted, for multipliers to count parts of it again."""

    plan: EarnPlan
    amounts: Sequence[int]  # What was counted of every line; 0 where it is not chosen.
    whole: int  # Their sum.
    counted: Fraction | int  # Above the threshold.
    pace: Pace
    points: int


@dataclass(slots=True)
class Earnings:
    """What the rules gave so far: a reason each, and each one's points over the lines."""

    reasons: dict[str, Reason] = field(default_factory=dict)
    line_points: dict[str, Sequence[int]] = field(default_factory=dict)
    countings: list[Counting] = field(default_factory=list)
    carried: dict[str, Fraction] = field(default_factory=dict)

    def give(self, reason: Reason, line_points: Sequence[int]) -> None:
        """Note what a rule gave."""
        self.reasons[reason.rule] = reason
        self.line_points[reason.rule] = line_points


def earn(scene: Scene, plans: Sequence[EarnPlan]) -> Earnings:
    """Count every earning rule that holds."""
    earnings = Earnings()
    for plan in plans:
        rule = plan.rule
        unmet = unmet_by(plan, scene)
        if unmet is None:
            _count(plan, scene, earnings)
        else:
            earnings.reasons[rule.id] = Reason(rule.id, unmet[0], missing=unmet[1])
    if scene.program.settings.base_rules is BaseRules.BEST:
        _keep_best(earnings)
    return earnings


def unmet_by(plan: EarnPlan, scene: Scene) -> tuple[Outcome, tuple[Missing, ...]] | None:
    """Tell why an earning rule does not count. None: it does."""
    if scene.facts is None:
        return Outcome.NOT_MATCHED, (Missing("member", "none"),)
    if scene.asks_unknown_favourite(plan.earn.lines):
        return Outcome.UNKNOWN, (Missing("favourite_category", "unknown"),)
    rule = plan.rule
    return judge(rule.when, scene) or held_back(rule.id, rule.limits, scene)


def _count(plan: EarnPlan, scene: Scene, earnings: Earnings) -> None:
    rule, earn = plan.rule, plan.earn
    amounts = _amounts(earn, scene)
    whole = _whole(earn, amounts, scene)
    counted = max(whole - plan.above, 0) + _carried(earn, scene)
    pace = pace_for(plan, counted)
    points = worth(plan, pace, counted)
    if earn.carry:
        earnings.carried[earn.unit] = pace.rest(counted)
    earnings.countings.append(Counting(plan, amounts, sum(amounts), counted, pace, points))
    told = _told(plan, pace, whole, counted)
    if points:
        reason = Reason(rule.id, Outcome.APPLIED, earn.unit, points, basis=told)
    else:
        missing = _missing(earn, told.next_step, scene)
        reason = Reason(rule.id, Outcome.NOT_MATCHED, missing=missing, basis=told)
    earnings.give(reason, over_lines(points, amounts, scene))


def _whole(earn: Earn, amounts: Sequence[int], scene: Scene) -> Fraction | int:
    """Tell what is counted before any threshold, in the program's money or in quantity."""
    if earn.of is Of.QUANTITY:
        millionths = sum(amounts)
        whole, rest = divmod(millionths, MICRO)
        return Fraction(millionths, MICRO) if rest else whole
    if earn.of is Of.RECEIPT:
        return int(scene.means_all(earn.lines) or bool(scene.chosen(earn.lines)))
    return scene.in_program_money(sum(amounts))


def worth(plan: EarnPlan, pace: Pace, counted: Fraction | int) -> int:
    """Tell the points for what is counted."""
    if plan.earn.mode is BandsMode.WHOLE or len(plan.paces) == 1:
        return pace.worth(counted)
    points = 0
    for lower, upper in zip(plan.paces, (*plan.paces[1:], None), strict=True):
        end = counted if upper is None else min(counted, upper.since)
        if end > lower.since:
            points += lower.worth(end - lower.since)
    return points


def pace_for(plan: EarnPlan, counted: Fraction | int) -> Pace:
    """Choose the band that `counted` lies in."""
    return next(pace for pace in reversed(plan.paces) if pace.since <= counted)


def _carried(earn: Earn, scene: Scene) -> Fraction | int:
    facts = scene.facts
    if not earn.carry or facts is None or isinstance(facts.carried, Unknown):
        return 0  # What is not known here is added later, never guessed (I13).
    return facts.carried.get(earn.unit, 0)


def _told(plan: EarnPlan, pace: Pace, whole: Fraction | int, counted: Fraction | int) -> Counted:
    next_step = None
    if plan.earn.of is not Of.RECEIPT:
        below = pace.since if plan.earn.mode is BandsMode.MARGINAL else 0
        short = max(plan.above - whole, 0)
        next_step = _decimal(pace.next_at(counted - below) + below - counted + short)
    return Counted(_decimal(whole), pace.told_points, pace.told_step, next_step)


def _decimal(number: Fraction | int) -> Decimal:
    over, under = number.as_integer_ratio()
    return Decimal(over) if under == 1 else Decimal(over) / under


def _missing(earn: Earn, next_step: Decimal | None, scene: Scene) -> tuple[Missing, ...]:
    if next_step is None:
        return (Missing("lines", "none"),)
    if earn.of is Of.QUANTITY:
        return (Missing("quantity", plain(next_step)),)
    return (Missing("amount_minor", scene.needed_for(next_step)),)


def over_lines(points: int, weights: Sequence[int], scene: Scene) -> Sequence[int]:
    """Share points out over the lines they were given for."""
    if not points or not weights:
        return [0] * len(weights)
    return scene.share(points, weights)


def _amounts(earn: Earn, scene: Scene) -> Sequence[int]:
    """Tell what the rule counts of each line: minor units, or millionths of a quantity."""
    chosen = scene.chosen(earn.lines)
    if earn.of is Of.QUANTITY:
        amounts = [0] * len(scene.lines)
        for i in chosen:
            amounts[i] = int(scene.lines[i].quantity * MICRO)
        return amounts
    paid = _paid(earn, scene)
    if earn.tax is Tax.EXCLUDED:
        paid = [scene.without_tax(i, amount) for i, amount in enumerate(paid)]
    if len(chosen) == len(paid):
        return paid
    kept = [0] * len(paid)
    for i in chosen:
        kept[i] = paid[i]
    return kept


def _paid(earn: Earn, scene: Scene) -> Sequence[int]:
    """Tell what counts as paid for each line, before or after what was taken off."""
    settings = scene.program.settings
    if earn.discounts is Discounts.BEFORE:
        return scene.charged
    paid, off = scene.remaining, scene.order_wide
    if earn.discounts is None and not settings.rewards_reduce_base:
        paid, off = scene.discounted, scene.order_wide_by_rules
    if settings.order_discounts is Spread.NOT_SELECTED and earn.lines != ALL_LINES:
        return [amount + part for amount, part in zip(paid, off, strict=True)]
    return paid


def _keep_best(earnings: Earnings) -> None:
    """Of several rules that earn one unit, let only the one stand that gives most."""
    best: dict[str, Counting] = {}
    for one in earnings.countings:
        unit = one.plan.earn.unit
        if unit not in best or one.points > best[unit].points:
            best[unit] = one
    for one in earnings.countings:
        winner = best[one.plan.earn.unit]
        if one is not winner and one.points:
            rule = one.plan.rule.id
            told = Limited(winner.plan.rule.id, one.points)
            earnings.give(Reason(rule, Outcome.CAPPED, basis=told), [0] * len(one.amounts))
        if one is not winner and one.plan.earn.carry:
            earnings.carried.pop(one.plan.earn.unit, None)  # Nothing of it was counted.
    earnings.countings = list(best.values())
