"""Every rule with what it gave or what is missing, drawn. Pure."""

from __future__ import annotations

from pos_loyalty.domain.engine.reasons import Outcome, Reason
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.rewards_state import rewards_state
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.why import RuleState, WhyState
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.reasons import outcome_name, rule_name, why

GAVE = frozenset({Outcome.APPLIED, Outcome.CAPPED})


def why_state(teller: Teller, model: SaleModel) -> WhyState:
    """Explain the points of this basket, rule by rule: those that counted first."""
    words, offered = teller.words, model.offer
    title = words.gettext("Why these points?")
    if offered is None or offered.program is None:
        return WhyState(title, (), words.gettext("No program is in force today."))
    quoted = offered.teaser or offered.quote
    reasons = sorted(quoted.reasons, key=lambda reason: reason.outcome not in GAVE)
    rules = tuple([_rule(teller, reason, offered.program) for reason in reasons])
    note = ""
    if offered.teaser is not None:
        note = words.gettext("So it would be for a member: scan her card.")
    return WhyState(title, rules, note, rewards_state(teller, model))


def _rule(teller: Teller, reason: Reason, program: Program) -> RuleState:
    words = teller.words
    return RuleState(
        name=capital(rule_name(words, reason, program)),
        outcome=_outcome(words, reason, program, teller.store.currency),
        text=why(words, reason, program),
        applied=reason.outcome in GAVE and bool(reason.earned or reason.discount_minor),
    )


def _outcome(words: Words, reason: Reason, program: Program, currency: str) -> str:
    if reason.earned and reason.outcome in GAVE:
        return phrases.gained(words, program, reason.unit, reason.earned)
    if reason.discount_minor:
        return words.money(-reason.discount_minor, currency)
    return outcome_name(words, reason.outcome)
