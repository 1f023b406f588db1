"""How often, and how much, at most, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import all_of
from pos_loyalty.wording.titles import part_name
from pos_loyalty.wording.units import unit_amount


def limit_told(words: Words, limit: Limit) -> str:
    """Say how often at most: "at most 3 times a day"."""
    ngettext, times = words.ngettext, limit.times
    match limit.per:
        case Per.RECEIPT:
            told = ngettext("once on each receipt", "at most {n} times on each receipt", times)
        case Per.DAY:
            told = ngettext("once a day", "at most {n} times a day", times)
        case Per.WEEK:
            told = ngettext("once a week", "at most {n} times a week", times)
        case Per.MONTH:
            told = ngettext("once a month", "at most {n} times a month", times)
        case Per.YEAR:
            told = ngettext("once a year", "at most {n} times a year", times)
        case Per.PERIOD:
            told = ngettext(
                "once in the whole program", "at most {n} times in the whole program", times
            )
        case Per.EVER:
            told = ngettext("once for each member", "at most {n} times for each member", times)
        case Per.TOTAL:
            told = ngettext(
                "once for all members together", "at most {n} times for all members together", times
            )
        case _:
            assert_never(limit.per)
    return told


def with_limits(words: Words, text: str, limits: Sequence[Limit]) -> str:
    """Put limits behind what they limit."""
    if not limits:
        return text
    return words.gettext("{text}, {limits}").format(
        text=text, limits=all_of(words, [limit_told(words, limit) for limit in limits])
    )


def span_of(words: Words, per: Per) -> str:
    """Say over which span an amount is counted."""
    return words.gettext(SPANS[per])


def cap_told(words: Words, cap: Cap, program: Program) -> str:
    """Say how much several rules give together at most."""
    most = unit_amount(words, program, cap.unit, cap.most)
    told = words.gettext("at most {points} {span}").format(
        points=most, span=span_of(words, cap.per)
    )
    if not cap.rules:
        return told
    names = all_of(words, [part_name(words, rule, program) for rule in cap.rules])
    return words.gettext("{limit} from: {rules}").format(limit=told, rules=names)


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


SPANS = {
    Per.RECEIPT: _("on each receipt"),
    Per.DAY: _("a day"),
    Per.WEEK: _("a week"),
    Per.MONTH: _("a month"),
    Per.YEAR: _("a year"),
    Per.PERIOD: _("in the whole program"),
    Per.EVER: _("for each member"),
    Per.TOTAL: _("for all members together"),
}
