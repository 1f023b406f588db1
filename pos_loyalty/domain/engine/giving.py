"""What rules give at once: points, vouchers, a draw; and the caps over everything earned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from pos_loyalty.domain.engine.answer import IssuedVoucher
from pos_loyalty.domain.engine.earning import Earnings, over_lines
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import held_back, used
from pos_loyalty.domain.engine.plan import Giver
from pos_loyalty.domain.engine.reasons import Limited, Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.programs.effects import DrawPrize, Give, IssueVoucher
from pos_loyalty.domain.programs.limits import Cap
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.domain.scoring import LEFT_MAX


class Presents:
    """Vouchers and draws that this event gives."""

    __slots__ = ("draws", "vouchers")

    def __init__(self) -> None:
        self.vouchers: list[IssuedVoucher] = []
        self.draws: list[str] = []

    @property
    def room(self) -> int:
        """How many more an event can record; every draw may be a voucher."""
        return LEFT_MAX - len(self.vouchers) - len(self.draws)


def give(scene: Scene, givers: Sequence[Giver], earnings: Earnings, presents: Presents) -> None:
    """Let every rule that holds give what it gives at once."""
    for one in givers:
        rule = one.rule
        unmet = _unmet(rule, scene)
        if unmet is not None:
            earnings.reasons[rule.id] = unmet
            continue
        every = None if isinstance(one.gives, Give) else one.gives.every_minor
        times = 1 if every is None else _times(every, scene)
        if every is None or times:
            hand_over(rule.id, one.gives, times, scene, earnings, presents)
        else:
            earnings.reasons[rule.id] = _too_little(rule.id, every, scene)


def _unmet(rule: Rule, scene: Scene) -> Reason | None:
    if scene.facts is None:
        return Reason(rule.id, Outcome.NOT_MATCHED, missing=(Missing("member", "none"),))
    held = judge(rule.when, scene) or held_back(rule.id, rule.limits, scene)
    return None if held is None else Reason(rule.id, held[0], missing=held[1])


def _times(every_minor: int, scene: Scene) -> int:
    """Count the whole steps in what is to pay, as many as an event can record."""
    to_pay = scene.in_program_money(scene.to_pay(ALL_LINES))
    return min(to_pay // every_minor, LEFT_MAX)


def _too_little(rule: str, every_minor: int, scene: Scene) -> Reason:
    """Say how much more would give the first one."""
    missing = scene.needed_for(every_minor) - scene.to_pay(ALL_LINES)
    return Reason(rule, Outcome.NOT_MATCHED, missing=(Missing("amount_minor", missing),))


def hand_over(
    source: str,
    then: Give | IssueVoucher | DrawPrize,
    times: int,
    scene: Scene,
    earnings: Earnings,
    presents: Presents,
) -> None:
    """Give a rule's or goal's present so many times, as far as an event can record them."""
    match then:
        case Give(points, unit):
            reason = Reason(source, Outcome.APPLIED, unit, points * times)
            earnings.give(reason, over_lines(points * times, scene.remaining, scene))
            return
        case IssueVoucher():
            issued = voucher(then, source, scene.day)
            presents.vouchers.extend([issued] * min(times, presents.room))
        case DrawPrize(pool):
            presents.draws.extend([pool] * min(times, presents.room))
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(then)
    earnings.reasons[source] = Reason(source, Outcome.APPLIED)


def voucher(issue: IssueVoucher, source: str, day: date) -> IssuedVoucher:
    """Make out a voucher on `day`: good on exactly `valid_days` days."""
    first = day + timedelta(days=issue.after_days)
    return IssuedVoucher(issue.reward, source, first, first + timedelta(days=issue.valid_days - 1))


def cap(scene: Scene, caps: Sequence[Cap], earnings: Earnings) -> None:
    """Cut what several rules gave together down to what they may; the last ones lose first."""
    facts = scene.facts
    for one in caps:
        rules = [rule for rule in reversed(earnings.line_points) if _under(one, rule, earnings)]
        together = sum([earnings.reasons[rule].earned for rule in rules])
        had = None if facts is None else used(facts, one.id, one.per)
        for rule in rules:
            reason = earnings.reasons[rule]
            if reason.earned <= 0:
                continue  # A multiplier that took away.
            if had is None:  # What was had already is not known here: added later (I13).
                missing = (Missing("usage", "unknown"),)
                cut = Reason(rule, Outcome.UNKNOWN, missing=missing)
            else:
                over = min(reason.earned, max(0, had + together - one.most))
                if not over:
                    continue
                told = Limited(one.id, reason.earned)
                left = reason.earned - over
                cut = replace(reason, outcome=Outcome.CAPPED, earned=left, basis=told)
            together -= reason.earned - cut.earned
            earnings.give(cut, over_lines(cut.earned, earnings.line_points[rule], scene))
    if caps:
        _take_no_more_than_there_is(scene, earnings)


def _take_no_more_than_there_is(scene: Scene, earnings: Earnings) -> None:
    """Let multipliers below 1 take away only what the caps have left."""
    left: dict[str, int] = {}
    for rule in earnings.line_points:
        reason = earnings.reasons[rule]
        left[reason.unit] = left.get(reason.unit, 0) + reason.earned
    for rule in reversed(earnings.line_points):
        reason = earnings.reasons[rule]
        back = min(-reason.earned, -left[reason.unit]) if reason.earned < 0 else 0
        if back > 0:
            left[reason.unit] += back
            weights = [-part for part in earnings.line_points[rule]]
            less = replace(reason, earned=reason.earned + back)
            earnings.give(less, over_lines(less.earned, weights, scene))


def _under(one: Cap, rule: str, earnings: Earnings) -> bool:
    reason = earnings.reasons[rule]
    return reason.unit == one.unit and (not one.rules or rule in one.rules)
