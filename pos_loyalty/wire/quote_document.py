"""The answer to a basket, or its refusal, as a document: the same words always, in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from fractions import Fraction

from pos_loyalty.domain.engine.answer import Proposal, Quote, Redeemed, RewardState
from pos_loyalty.domain.engine.reasons import Missing, Reason
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.domain.refusals import Refusal
from pos_loyalty.wire.reading import ratio_text
from pos_loyalty.wire.writing import write_record, write_value

NOTHING = Fraction(0)


def write_quote(
    quote: Quote, program: Program, told: Callable[[Reason], str], language: str = ""
) -> dict[str, object]:
    """Write an answer; `told` puts a reason into a sentence.

    Every unit of the program is told, also where nothing is earned or nobody is known. `language`:
    of the program's own texts. Empty: its first.
    """
    units = [unit.id for unit in program.units]
    return {
        "program": program.id,
        "version": program.version,
        "earned": {unit: quote.earned.get(unit, 0) for unit in units},
        "redeemed": dict(quote.redeemed),
        "redemptions": [_redemption(one) for one in quote.redemptions],
        "balance_after": {unit: quote.balance_after.get(unit) for unit in units},
        "carried": {unit: ratio_text(quote.carried.get(unit, NOTHING)) for unit in units},
        "discount_minor": quote.discount_minor,
        "to_pay_minor": quote.to_pay_minor,
        "tax": [write_record(part) for part in quote.tax],
        "lines": [
            {"index": index, "discount_minor": line.discount_minor, "earned": dict(line.earned)}
            for index, line in enumerate(quote.lines)
        ],
        "rewards": [_reward(state) for state in quote.rewards],
        "vouchers_issued": [write_record(voucher) for voucher in quote.vouchers_issued],
        "tier_after": quote.tier_after,
        "goals_after": dict(quote.goals_after),
        "messages": [
            {"id": said.id, "to": said.to.value, "text": in_language(said.text, language)}
            for said in quote.messages
        ],
        "suggestion": _suggestion(quote.suggestion, language),
        "reasons": [_reason(reason, told) for reason in quote.reasons],
    }


def write_refusal(refusal: Refusal, text: str) -> dict[str, object]:
    """Write why not: the refusal's name, its facts, and `text`, a sentence."""
    facts: dict[str, object] = {}
    for field in fields(refusal):
        value = getattr(refusal, field.name)
        if field.name == "missing":
            facts[field.name] = _missing(value)
        elif field.name != "code":
            facts[field.name] = write_value(value)
    return {"refusal": refusal.code, **facts, "text": text}


def _redemption(one: Redeemed) -> dict[str, object]:
    told: dict[str, object] = {
        "reward": one.reward,
        "times": one.times,
        "cost": dict(one.cost),
        "discount_minor": one.discount_minor,
    }
    if one.pay_minor:
        told["pay_minor"] = one.pay_minor
    if one.goods:
        told["goods"] = [write_record(piece) for piece in one.goods]
    if one.gained:
        told["gained"] = dict(one.gained)
    if one.voucher:
        told["voucher"] = one.voucher
    return told


def _reward(state: RewardState) -> dict[str, object]:
    return {
        "id": state.id,
        "affordable_times": state.affordable_times,
        "usable_now": state.usable_now,
        "missing": _missing(state.missing),
    }


def _suggestion(proposal: Proposal | None, language: str) -> dict[str, object] | None:
    if proposal is None:
        return None
    return {
        "id": proposal.id,
        "text": in_language(proposal.text, language),
        "towards": proposal.towards or None,
        "missing": _missing(proposal.missing),
        "saves_minor": proposal.saves_minor,
    }


def _reason(reason: Reason, told: Callable[[Reason], str]) -> dict[str, object]:
    document: dict[str, object] = {"rule": reason.rule, "outcome": reason.outcome.value}
    if reason.earned:
        document["earned"] = {reason.unit: reason.earned}
    if reason.discount_minor:
        document["discount_minor"] = reason.discount_minor
    if reason.missing:
        document["missing"] = _missing(reason.missing)
    return document | {"text": told(reason)}


def _missing(missing: Iterable[Missing]) -> dict[str, str | int]:
    """Tell what is missing by its word; of two with one word the first, which is met first."""
    told: dict[str, str | int] = {}
    for one in missing:
        told.setdefault(one.word, one.value)
    return told
