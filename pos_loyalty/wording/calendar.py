"""Conditions of time in words: weekdays, hours, dates, days since something, visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from babel.dates import format_time

from pos_loyalty.domain.programs.deeds import OnVisit
from pos_loyalty.domain.programs.occasions import DuringHours, Weekday
from pos_loyalty.domain.programs.persons import AroundDate, DaysSince, MemberDate, MemberPast
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import all_of, days, one_of, ordinal


def weekdays(words: Words, on: Sequence[Weekday]) -> str:
    """Name days of the week as they come back every week."""
    return all_of(words, [words.gettext(WEEKDAYS[day]) for day in on])


def hours(words: Words, span: DuringHours) -> str:
    """Name hours of the day, of 24 everywhere."""
    since, until = (
        format_time(at, format="HH:mm", locale=words.locale) for at in (span.since, span.until)
    )
    return words.gettext("between {since} and {until}").format(since=since, until=until)


def dates(words: Words, first: date | None, last: date | None) -> str:
    """Name a span of days, both inclusive. None: open."""
    if first is None:
        if last is None:
            return words.gettext("at any time")
        return words.gettext("until {last}").format(last=words.day(last))
    if last is None:
        return words.gettext("from {first} on").format(first=words.day(first))
    if first == last:
        return words.gettext("on {day}").format(day=words.day(first))
    return words.gettext("from {first} to {last}").format(
        first=words.day(first), last=words.day(last)
    )


def around_date(words: Words, around: AroundDate) -> str:
    """Name the days around a day of the member's own."""
    messages = AROUND[around.date][bool(around.before_days), bool(around.after_days)]
    return words.gettext(messages).format(
        before=days(words, around.before_days), after=days(words, around.after_days)
    )


def days_since(words: Words, past: DaysSince) -> str:
    """Say how long ago something of the member's past is."""
    match past.since:
        case MemberPast.JOINED:
            return _since_joining(words, past.at_least, past.at_most)
        case MemberPast.LAST_PURCHASE:
            return _since_purchase(words, past.at_least, past.at_most)
        case _:
            assert_never(past.since)


def _since_joining(words: Words, least: int, most: int | None) -> str:
    if most is None:
        return words.ngettext(
            "from {n} day after joining on", "from {n} days after joining on", least
        )
    if least == most:
        return words.ngettext("{n} day after joining", "{n} days after joining", least)
    if least == 0:
        return words.ngettext(
            "in the first {n} day after joining", "in the first {n} days after joining", most
        )
    told = words.ngettext(
        "{{least}} to {n} day after joining", "{{least}} to {n} days after joining", most
    )
    return told.format(least=words.number(least))


def _since_purchase(words: Words, least: int, most: int | None) -> str:
    if most is None or least == most:
        return words.ngettext(
            "after {n} day without a purchase", "after {n} days without a purchase", least
        )
    if least == 0:
        return words.ngettext(
            "within {n} day of the last purchase", "within {n} days of the last purchase", most
        )
    told = words.ngettext(
        "after {{least}} to {n} day without a purchase",
        "after {{least}} to {n} days without a purchase",
        most,
    )
    return told.format(least=words.number(least))


def visits(words: Words, visit: OnVisit) -> str:
    """Say on which visits."""
    if visit.every is not None:
        if visit.every == 1:
            return words.gettext("on every visit")
        return words.gettext("on every {nth} visit").format(nth=ordinal(words, visit.every))
    if visit.at == (1,):
        return words.gettext("on the first visit")
    nth = one_of(words, [ordinal(words, number) for number in visit.at])
    return words.gettext("on the {nth} visit").format(nth=nth)


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


WEEKDAYS = {
    Weekday.MONDAY: _("on Mondays"),
    Weekday.TUESDAY: _("on Tuesdays"),
    Weekday.WEDNESDAY: _("on Wednesdays"),
    Weekday.THURSDAY: _("on Thursdays"),
    Weekday.FRIDAY: _("on Fridays"),
    Weekday.SATURDAY: _("on Saturdays"),
    Weekday.SUNDAY: _("on Sundays"),
}
# By whether days before, and days after, count too.
AROUND = {
    MemberDate.BIRTHDAY: {
        (False, False): _("on the birthday"),
        (True, False): _("from {before} before the birthday until the day itself"),
        (False, True): _("from the birthday until {after} after it"),
        (True, True): _("from {before} before to {after} after the birthday"),
    },
    MemberDate.JOINED: {
        (False, False): _("on the anniversary of joining"),
        (True, False): _("from {before} before the anniversary of joining until the day itself"),
        (False, True): _("from the anniversary of joining until {after} after it"),
        (True, True): _("from {before} before to {after} after the anniversary of joining"),
    },
}
