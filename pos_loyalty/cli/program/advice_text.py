"""Advice on a program, a sentence each."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.programs.advice import (
    Advice,
    CostUnknown,
    DearReward,
    NeverExpires,
    NeverHolds,
    NoContact,
    NoGoal,
    NotSpecial,
    OutOfReach,
    Untranslated,
)
from pos_loyalty.domain.programs.never import WhyNever

PERCENT = 100

WHY_NEVER = {
    WhyNever.NOTHING_TO_MULTIPLY: "no rule earns what it multiplies",
    WhyNever.NOTHING_BOUGHT: "nothing is bought at that event",
    WhyNever.OTHER_CHANNEL: "the program does not hold in that channel",
    WhyNever.OTHER_STORE: "the program does not hold in that store",
    WhyNever.CONDITIONS_EXCLUDE: "two of its conditions exclude each other",
    WhyNever.NO_TIMES: "a limit allows it 0 times",
}


def sentence(advice: Advice) -> str:  # noqa: PLR0911 - one sentence for each
    """Say in a sentence what to look at again."""
    match advice:
        case DearReward():
            return (
                f"this reward costs the shop {percent(advice.share)} of the sale that earns it; "
                f"up to {percent(advice.usual)} is usual"
            )
        case NotSpecial():
            return (
                f"it is called special, but takes off {percent(advice.share)}; "
                f"special is from {percent(advice.least)} on"
            )
        case NeverHolds():
            return f"{advice.name} can never apply: {WHY_NEVER[advice.why]}"
        case Untranslated():
            return f"no text in {', '.join(advice.languages)}, as other texts have"
        case NeverExpires():
            return f"{advice.unit} never expire: what the shop owes only grows"
        case OutOfReach():
            return (
                f"{advice.reward} is out of reach: with an average receipt a week it takes "
                f"{advice.months_needed} months, but points last {advice.months_kept}"
            )
        case CostUnknown():
            return "no cost_minor: reports will take the sale price as its cost"
        case NoGoal():
            return "no goal: reports cannot say whether the program does what it is for"
        case NoContact():
            return "no contact: the conditions for members name nobody to ask"
        case _:
            assert_never(advice)


def percent(share: Fraction) -> str:
    """Write a share as people do, to a tenth of a percent."""
    tenths = round(share * PERCENT * 10)
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"
