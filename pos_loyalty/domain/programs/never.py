"""Why a rule or reward can never be had, where that can be told from the program alone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import combinations

from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import Earn, Multiply, Of
from pos_loyalty.domain.programs.occasions import InStore, OnDates, OnWeekdays, ThroughChannel
from pos_loyalty.domain.programs.persons import InTier
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Reward

WITHOUT_GOODS = ("recognised", "joined", "feedback")  # Events at which nothing is bought.


class WhyNever(Enum):
    """Why it can never be had."""

    NOTHING_TO_MULTIPLY = "nothing_to_multiply"
    NOTHING_BOUGHT = "nothing_bought"
    OTHER_CHANNEL = "other_channel"
    OTHER_STORE = "other_store"
    CONDITIONS_EXCLUDE = "conditions_exclude"
    NO_TIMES = "no_times"


def why_never(part: Rule | Reward, program: Program) -> WhyNever | None:
    """Tell why it can never be had. None: it may be."""
    if any(limit.times == 0 for limit in part.limits):
        return WhyNever.NO_TIMES
    for one, other in combinations(part.when, 2):
        if _exclude(one, other):
            return WhyNever.CONDITIONS_EXCLUDE
    for condition in part.when:
        why = _elsewhere(condition, program)
        if why is not None:
            return why
    return _idle(part, program) if isinstance(part, Rule) else None


def _exclude(one: Condition, other: Condition) -> bool:
    """Whether two conditions never hold at once."""
    match one, other:
        case OnWeekdays(), OnWeekdays():
            return _apart(one.days, other.days)
        case (InTier(any_of=names), InTier(any_of=others)) | (
            InStore(any_of=names),
            InStore(any_of=others),
        ):
            return _apart(names, others)
        case ThroughChannel(), ThroughChannel():
            return _apart(one.any_of, other.any_of)
        case OnDates(), OnDates():
            firsts = [day for day in (one.first, other.first) if day is not None]
            lasts = [day for day in (one.last, other.last) if day is not None]
            return bool(firsts and lasts) and max(firsts) > min(lasts)
        case MinimumAmount(), MinimumAmount() if (one.lines, one.tax) == (other.lines, other.tax):
            below = [most for most in (one.below_minor, other.below_minor) if most is not None]
            return bool(below) and max(one.amount_minor, other.amount_minor) >= min(below)
        case _:
            return False


def _elsewhere(condition: Condition, program: Program) -> WhyNever | None:
    match condition:
        case InStore() if program.stores and _apart(condition.any_of, program.stores):
            return WhyNever.OTHER_STORE
        case ThroughChannel() if program.channels and _apart(condition.any_of, program.channels):
            return WhyNever.OTHER_CHANNEL
        case _:
            return None


def _idle(rule: Rule, program: Program) -> WhyNever | None:
    """Tell why its effect comes to nothing."""
    earning = [one.then.unit for one in program.rules if isinstance(one.then, Earn)]
    match rule.then:
        case Multiply(unit=unit) if unit not in earning:
            return WhyNever.NOTHING_TO_MULTIPLY
        case Multiply():
            return WhyNever.NOTHING_BOUGHT if rule.on in WITHOUT_GOODS else None
        case Earn(of=of) if of is not Of.RECEIPT and rule.on in WITHOUT_GOODS:
            return WhyNever.NOTHING_BOUGHT
        case _:
            return None


def _apart(one: Iterable[object], other: Iterable[object]) -> bool:
    return set(one).isdisjoint(other)
