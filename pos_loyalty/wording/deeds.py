"""Conditions of what a member did before: spent, earned, rated, took or declined an offer."""

from __future__ import annotations

from typing import assert_never

from pos_loyalty.domain.programs.deeds import DidActivity, HasEarned, OfferMet, Response, Spent
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import all_of, span
from pos_loyalty.wording.units import unit_amount
from pos_loyalty.wording.wares import activity, plain


def spent(words: Words, condition: Spent, program: Program) -> str:
    """Say how much must have been spent, and since when."""
    least = words.money(condition.at_least_minor, program.currency)
    if condition.below_minor is None:
        told = words.gettext("when at least {amount} was spent {span}")
        return told.format(amount=least, span=span(words, condition.window))
    below = words.money(condition.below_minor, program.currency)
    told = (
        words.gettext("when {amount} to less than {below} was spent {span}")
        if condition.at_least_minor
        else words.gettext("when less than {below} was spent {span}")
    )
    return told.format(amount=least, below=below, span=span(words, condition.window))


def earned(words: Words, condition: HasEarned, program: Program) -> str:
    """Say how much of a unit must have been earned, and since when."""
    return words.gettext("when {points} or more were earned {span}").format(
        points=unit_amount(words, program, condition.unit, condition.at_least),
        span=span(words, condition.window),
    )


def activities(words: Words, condition: DidActivity) -> str:
    """Say what a member must have done, how often, and since when."""
    told = activity(words, condition.activity)
    if condition.at_least > 1:
        times = words.ngettext(
            "{{after}} ({n} time at least)", "{{after}} ({n} times at least)", condition.at_least
        )
        told = times.format(after=told)
    if condition.within_days is not None:
        window = f"{condition.within_days}d" if condition.within_days else "day"
        told = words.gettext("{after} {span}").format(after=told, span=span(words, window))
    return told


def offer_met(words: Words, condition: OfferMet) -> str:
    """Say what became of an offer, and how often."""
    offer = plain(words, condition.offer)
    told = []
    if condition.at_least:
        told.append(_met_at_least(words, condition.response, condition.at_least))
    if condition.at_most is not None:
        told.append(_met_at_most(words, condition.response, condition.at_most))
    if not told:
        told.append(words.gettext("whatever became of the offer “{offer}”"))
    return all_of(words, [one.format(offer=offer) for one in told])


def _met_at_least(words: Words, response: Response, times: int) -> str:
    match response:
        case Response.SHOWN:
            return words.ngettext(
                "when the offer “{{offer}}” was shown",
                "when the offer “{{offer}}” was shown {n} times or more",
                times,
            )
        case Response.TAKEN:
            return words.ngettext(
                "when the offer “{{offer}}” was taken",
                "when the offer “{{offer}}” was taken {n} times or more",
                times,
            )
        case Response.DECLINED:
            return words.ngettext(
                "when the offer “{{offer}}” was declined",
                "when the offer “{{offer}}” was declined {n} times or more",
                times,
            )
        case _:
            assert_never(response)


def _met_at_most(words: Words, response: Response, times: int) -> str:
    match response:
        case Response.SHOWN if not times:
            return words.gettext("when the offer “{offer}” was not shown yet")
        case Response.TAKEN if not times:
            return words.gettext("when the offer “{offer}” was not taken yet")
        case Response.DECLINED if not times:
            return words.gettext("when the offer “{offer}” was not declined yet")
        case Response.SHOWN:
            told = words.ngettext(
                "when the offer “{{offer}}” was shown {n} time at most",
                "when the offer “{{offer}}” was shown {n} times at most",
                times,
            )
        case Response.TAKEN:
            told = words.ngettext(
                "when the offer “{{offer}}” was taken {n} time at most",
                "when the offer “{{offer}}” was taken {n} times at most",
                times,
            )
        case Response.DECLINED:
            told = words.ngettext(
                "when the offer “{{offer}}” was declined {n} time at most",
                "when the offer “{{offer}}” was declined {n} times at most",
                times,
            )
        case _:
            assert_never(response)
    return told
