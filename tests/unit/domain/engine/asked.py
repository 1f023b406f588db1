"""Asking the engine about one rule at a time."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Outcome, Reason
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import Earn, Effect, Give, Stacking
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.refusals import Refusal, Refused
from tests.fakes.programs import basket_of, bought, member, program_of

KNOWN = member()
ONE = Fraction(1)
EURO = Decimal(100)
BASE = Earn(ONE, EURO)
TEN_EURO = basket_of(bought(1000))


def reason_of(found: Quote, rule: str) -> Reason:
    """Find what the quote says of one rule."""
    return next(one for one in found.reasons if one.rule == rule)


def missing_in(reason: Reason) -> dict[str, str | int]:
    """Tell what is missing by its word."""
    return {one.word: one.value for one in reason.missing}


def judged(
    condition: Condition,
    basket: Basket = TEN_EURO,
    facts: MemberFacts | None = KNOWN,
    program: Program | None = None,
) -> dict[str, str | int] | str:
    """Judge one condition: "holds", "unknown", or what is missing."""
    program = program or program_of()
    rule = Rule("asked", Give(1), (condition,), on=basket.event)
    asking = Program(
        **{name: getattr(program, name) for name in program.__slots__ if name != "rules"},
        rules=(rule,),
    )
    reason = reason_of(quote(basket, facts, asking), "asked")
    if reason.outcome is Outcome.APPLIED:
        return "holds"
    return "unknown" if reason.outcome is Outcome.UNKNOWN else missing_in(reason)


def ruled(
    *effects: Effect, basket: Basket = TEN_EURO, facts: MemberFacts | None = KNOWN, **others: object
) -> Quote:
    """Quote a basket under rules named rule-0, rule-1 …"""
    rules = [Rule(f"rule-{i}", effect) for i, effect in enumerate(effects)]
    return quote(basket, facts, program_of(*rules, **others))


def stacked(
    *effects: tuple[Effect, Stacking | None], basket: Basket = TEN_EURO, **others: object
) -> Quote:
    """Quote a basket under rules that stack so."""
    rules = [Rule(f"rule-{i}", then, stacking=how) for i, (then, how) in enumerate(effects)]
    return quote(basket, KNOWN, program_of(*rules, **others))


def refused(basket: Basket, program: Program, facts: MemberFacts | None = KNOWN) -> Refusal:
    """Quote what must be refused."""
    try:
        quote(basket, facts, program)
    except Refused as refusal:
        return refusal.refusal
    raise AssertionError("it was granted")
