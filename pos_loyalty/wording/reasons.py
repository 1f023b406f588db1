"""Why a quote is what it is: what every rule gave, or what is missing, and how near rewards are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from pos_loyalty.domain.engine.answer import Proposal, RewardState
from pos_loyalty.domain.engine.reasons import (
    Counted,
    Limited,
    Missing,
    Multiplied,
    Outcome,
    Reason,
)
from pos_loyalty.domain.programs.benefits import FreeItem
from pos_loyalty.domain.programs.effects import Earn, Multiply, Of
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount, MinimumQuantity
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.domain.programs.tiers import Goal
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.conditions import held_when
from pos_loyalty.wording.effects import effect_told
from pos_loyalty.wording.figures import capital, factor, parted, sentence, several
from pos_loyalty.wording.limits import cap_told, limit_told
from pos_loyalty.wording.missing import missing_of_rule, missing_short, missing_told, own_limits
from pos_loyalty.wording.paces import counted_told, pace_told, whole_points
from pos_loyalty.wording.selections import selection_told
from pos_loyalty.wording.titles import part_name
from pos_loyalty.wording.units import unit_amount, unit_name


def rule_name(words: Words, reason: Reason, program: Program) -> str:
    """Name a rule in a few words, as on a receipt."""
    return part_name(words, reason.rule, program)


def outcome_name(words: Words, outcome: Outcome) -> str:
    """Name what became of a rule."""
    match outcome:
        case Outcome.APPLIED:
            return words.gettext("counted")
        case Outcome.NOT_MATCHED:
            return words.gettext("not this time")
        case Outcome.UNKNOWN:
            return words.gettext("not known here")
        case Outcome.CAPPED:
            return words.gettext("limited")
        case _:
            assert_never(outcome)


def why(words: Words, reason: Reason, program: Program) -> str:
    """Say what a rule gave and how, or what is missing."""
    rule = next((one for one in program.rules if one.id == reason.rule), None)
    if isinstance(reason.basis, Limited):
        return sentence(words, _held_back(words, reason, reason.basis, program))
    match reason.outcome:
        case Outcome.APPLIED:
            return _gave(words, reason, rule, program)
        case Outcome.CAPPED if rule is not None and rule.limits:
            per = str(reason.missing[0].value) if reason.missing else ""
            limits = own_limits(rule.limits, per)
            return sentence(words, limit_told(words, limits[0]))
        case _:
            return _not_yet(words, reason, rule, program)


def reward_state_told(words: Words, state: RewardState, program: Program) -> str:
    """Say how near a reward is: a few words, as beside its name."""
    if state.missing:
        points = [one for one in state.missing if one.word != "lines"]  # They come first.
        told = [missing_short(words, one, program) for one in points or state.missing]
        return parted(words, told)
    if state.usable_now:
        if state.affordable_times > 1:
            return words.ngettext(
                "{n} can be had now", "{n} can be had now", state.affordable_times
            )
        return words.gettext("can be had now")
    return words.gettext("not this time")


def suggestion_told(words: Words, proposal: Proposal, program: Program) -> str:
    """Say the one suggestion of a sale, and what it gains."""
    told = sentence(words, in_language(proposal.text, words.language))
    if not told:
        told = sentence(words, part_name(words, proposal.id, program))
    if proposal.saves_minor is not None:
        saved = words.money(proposal.saves_minor, program.currency)
        gain = words.gettext("It would have saved {amount} in the last 12 months.")
        return several(words, (told, gain.format(amount=saved)))
    near = _near(words, proposal, program) if proposal.missing else ""
    if not proposal.towards or not near:
        return told
    gains = words.gettext("{missing} → {gain}").format(
        missing=near, gain=part_name(words, proposal.towards, program)
    )
    return several(words, (told, sentence(words, gains)))


def _near(words: Words, proposal: Proposal, program: Program) -> str:
    """Say how much is missing towards what is suggested: "2 more: coffee"; empty: no amount."""
    missing = proposal.missing[0]
    lines = (
        missing.condition.lines
        if isinstance(missing.condition, MinimumAmount | MinimumQuantity)
        else ALL_LINES
    )
    match missing.word:
        case "amount_minor" | "spend_minor":
            amount = words.money(int(missing.value), program.currency)
        case "quantity":
            amount = words.number(Decimal(str(missing.value)))
        case _:
            return ""
    if lines == ALL_LINES:
        return words.gettext("{amount} more").format(amount=amount)
    return words.gettext("{number} more: {lines}").format(
        number=amount, lines=selection_told(words, lines)
    )


def _gave(words: Words, reason: Reason, rule: Rule | None, program: Program) -> str:
    """Say what a rule that holds gave."""
    if rule is None:
        return sentence(words, _gave_of_goal(words, reason, program))
    then, basis = rule.then, reason.basis
    if isinstance(then, Earn) and isinstance(basis, Counted):
        return _earned(words, rule, then, basis, program)
    if isinstance(then, Multiply) and isinstance(basis, Multiplied):
        told = _multiplied(words, reason, then, program)
        return sentence(words, held_when(words, told, rule.when, program))
    own = in_language(rule.text, words.language) if isinstance(then, FreeItem) else ""
    told = own or effect_told(words, then, program)  # An article number says nothing to anybody.
    if reason.discount_minor:
        told = words.gettext("{offer}: {amount} saved").format(
            offer=told, amount=words.money(reason.discount_minor, program.currency)
        )
    return sentence(words, held_when(words, told, rule.when, program))


def _earned(words: Words, rule: Rule, then: Earn, basis: Counted, program: Program) -> str:
    """Say what was earned on what, and what gives the next step."""
    pace = (basis.points, basis.step)
    told = pace_told(words, then, pace, program)
    if then.of is not Of.RECEIPT:
        told = words.gettext("{pace} on {amount}").format(
            pace=_above(words, told, then, program),
            amount=counted_told(words, then, basis.base, program),
        )
    told = sentence(words, held_when(words, told, rule.when, program))
    if basis.next_step is None:
        return told
    points, step = whole_points(pace)
    if step != basis.step:  # Half a point each: the next step alone may give nothing.
        return told
    more = words.gettext("{amount} more gives {points} more.").format(
        amount=counted_told(words, then, basis.next_step, program),
        points=unit_amount(words, program, then.unit, points),
    )
    return several(words, (told, more))


def _above(words: Words, told: str, earn: Earn, program: Program) -> str:
    if not earn.above:
        return told
    return words.gettext("{pace} on the part above {threshold}").format(
        pace=told, threshold=counted_told(words, earn, earn.above, program)
    )


def _multiplied(words: Words, reason: Reason, effect: Multiply, program: Program) -> str:
    lines = (
        unit_name(words, program, effect.unit)
        if effect.lines == ALL_LINES
        else selection_told(words, effect.lines)
    )
    return words.gettext("{what} × {by}: {points} more").format(
        what=lines,
        by=factor(words, effect.by),
        points=unit_amount(words, program, effect.unit, reason.earned),
    )


def _gave_of_goal(words: Words, reason: Reason, program: Program) -> str:
    goal: Goal | None = next((one for one in program.goals if one.id == reason.rule), None)
    if goal is not None:
        return words.gettext("reached: {gain}").format(gain=effect_told(words, goal.then, program))
    if reason.unit:
        return unit_amount(words, program, reason.unit, reason.earned)
    return words.gettext("counted")


def _not_yet(words: Words, reason: Reason, rule: Rule | None, program: Program) -> str:
    """Say what a rule still asks for, or which fact is not known here."""
    if rule is not None and _none_of_it(reason, rule):
        none = Missing("lines", "none")
        return missing_of_rule(words, none, rule.then, program)
    told = [
        missing_told(words, missing, program)
        if rule is None
        else missing_of_rule(words, missing, rule.then, program)
        for missing in reason.missing
    ]
    if told:
        return several(words, told)
    return sentence(words, outcome_name(words, reason.outcome))


def _none_of_it(reason: Reason, rule: Rule) -> bool:
    """Whether nothing of the lines that a rule names is in the basket at all."""
    counted = isinstance(reason.basis, Counted) and not reason.basis.base
    return counted and isinstance(rule.then, Earn) and rule.then.lines != ALL_LINES


def _held_back(words: Words, reason: Reason, basis: Limited, program: Program) -> str:
    """Say which limit took something away, or which rule counted instead."""
    rule = next((one for one in program.rules if one.id == reason.rule), None)
    cap = next((one for one in program.caps if one.id == basis.by), None)
    if cap is not None:
        together = () if cap.rules == (reason.rule,) else cap.rules
        return cap_told(words, replace(cap, rules=together), program)
    if basis.by == reason.rule and rule is not None and rule.limits:
        return limit_told(words, rule.limits[0])
    if basis.by and basis.by != reason.rule:
        return words.gettext("“{rule}” gives more and counts instead").format(
            rule=capital(part_name(words, basis.by, program))
        )
    return words.gettext("another offer gives more and counts instead")
