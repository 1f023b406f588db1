"""How fast something is earned, in words: "1 point for every €1.00 spent on coffee"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.programs.effects import BandsMode, Discounts, Earn, Of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.domain.programs.units import UnitOfAccount
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import money, parted, quantity, share
from pos_loyalty.wording.selections import counted_in, selection_told
from pos_loyalty.wording.units import is_money, unit_amount, unit_name

Pace = tuple[Fraction, Decimal]  # Points for every step.


def earning(words: Words, earn: Earn, program: Program) -> str:
    """Say what is earned, on what, from which amounts on."""
    told = _bands(words, earn, program) if earn.bands else _first_pace(words, earn, program)
    if earn.tax is Tax.EXCLUDED:
        told = words.gettext("{pace}, tax not counted").format(pace=told)
    if earn.discounts is Discounts.BEFORE and program.settings.rewards_reduce_base:
        told = words.gettext("{pace}, before discounts").format(pace=told)
    return told


def pace_told(words: Words, earn: Earn, pace: Pace, program: Program) -> str:
    """Say what is earned for every step of what a rule counts."""
    if earn.of is Of.RECEIPT:
        return _per_receipt(words, earn, pace[0], program)
    if earn.of is Of.AMOUNT and _is_share(earn, pace, program):
        return _cashback(words, earn, pace)
    points, step = whole_points(pace)
    amount = unit_amount(words, program, earn.unit, points)
    counted = replace(earn.lines, units=()) if earn.of is Of.QUANTITY else earn.lines
    every = counted_told(words, earn, step, program)
    if counted == ALL_LINES:
        return words.gettext("{points} for every {step}").format(points=amount, step=every)
    lines = selection_told(words, counted)
    message = (
        words.gettext("{points} for every {step} of {lines}")
        if earn.of is Of.QUANTITY
        else words.gettext("{points} for every {step} spent on {lines}")
    )
    return message.format(points=amount, step=every, lines=lines)


def counted_told(words: Words, earn: Earn, amount: Decimal, program: Program) -> str:
    """Write an amount of what a rule counts: money, or a quantity."""
    match earn.of:
        case Of.AMOUNT:
            return money(words, amount, program.currency)
        case _:
            return quantity(words, amount, counted_in(earn.lines))


def whole_points(pace: Pace) -> tuple[int, Decimal]:
    """Turn half a point for one euro into one point for two."""
    points, step = pace
    return points.numerator, step * points.denominator


def _first_pace(words: Words, earn: Earn, program: Program) -> str:
    told = pace_told(words, earn, (earn.points, earn.step), program)
    if not earn.above:
        return told
    threshold = counted_told(words, earn, earn.above, program)
    return words.gettext("{pace} on the part above {threshold}").format(
        pace=told, threshold=threshold
    )


def _bands(words: Words, earn: Earn, program: Program) -> str:
    """Tell the bands one after another, each from where it begins."""
    parts = [_first_pace(words, earn, program)] if earn.points else []
    begins: Callable[[str], str] = (
        (lambda since: words.gettext("from {since} on").format(since=since))
        if earn.mode is BandsMode.WHOLE
        else (lambda since: words.gettext("on the part from {since} on").format(since=since))
    )
    for band in earn.bands:
        since = begins(counted_told(words, earn, band.since + earn.above, program))
        told = (
            pace_told(words, replace(earn, lines=ALL_LINES), (band.points, band.step), program)
            if parts and band.points
            else pace_told(words, earn, (band.points, band.step), program)
            if band.points
            else words.gettext("no {unit}").format(unit=unit_name(words, program, earn.unit))
        )
        parts.append(words.gettext("{since}: {pace}").format(since=since, pace=told))
    return parted(words, parts)


def _per_receipt(words: Words, earn: Earn, points: Fraction, program: Program) -> str:
    amount = unit_amount(words, program, earn.unit, int(points))
    if earn.lines == ALL_LINES:
        return words.gettext("{points} for every receipt").format(points=amount)
    return words.gettext("{points} for every receipt with {lines}").format(
        points=amount, lines=selection_told(words, earn.lines)
    )


def _is_share(earn: Earn, pace: Pace, program: Program) -> bool:
    """Whether money is earned on money: a share of it comes back."""
    unit = program.unit_named(earn.unit) or UnitOfAccount(earn.unit)
    return is_money(unit, program) and pace[0] < pace[1]


def _cashback(words: Words, earn: Earn, pace: Pace) -> str:
    rate = share(words, pace[0] / Fraction(pace[1]))
    if earn.lines == ALL_LINES:
        return words.gettext("{rate} back").format(rate=rate)
    return words.gettext("{rate} back on {lines}").format(
        rate=rate, lines=selection_told(words, earn.lines)
    )
