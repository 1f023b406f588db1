"""Figures inside sentences: shares, factors, amounts, quantities, days, and lists of things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from pos_loyalty.i18n import Words, minor_digits

DECIMALS_MAX = 4  # Of a share or a factor: a third is 33.33 percent.
EXACT_CHARACTERS_MAX = 12
ENDS = (
    ".",
    "!",
    "?",
    "…",
    "。",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{FULLWIDTH QUESTION MARK}",
    ":",
)
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")  # After an abbreviation: "8,00 лв.".
TEENS = range(11, 14)


def share(words: Words, rate: Fraction) -> str:
    """Write a share of the whole in percent."""
    return format_percent(_decimal(rate), locale=words.locale, decimal_quantization=False)


def factor(words: Words, by: Fraction) -> str:
    """Write how many times something counts: whole where it is, else with a few decimals."""
    return words.number(_decimal(by))


def exact(words: Words, rate: Fraction) -> str:
    """Write a rate with all its decimals, as far as it has an end."""
    digits = format_decimal(
        Decimal(rate.numerator) / Decimal(rate.denominator),
        locale=words.locale,
        decimal_quantization=False,
    )
    return digits[:EXACT_CHARACTERS_MAX]


def money(words: Words, amount_minor: Decimal | int, currency: str) -> str:
    """Write an amount that may be a part of the smallest coin."""
    whole = int(amount_minor)
    if whole == amount_minor:
        return words.money(whole, currency)
    amount = Decimal(amount_minor).scaleb(-minor_digits(currency))
    return format_currency(amount, currency, locale=words.locale, decimal_quantization=False)


def quantity(words: Words, amount: Decimal, units: tuple[str, ...]) -> str:
    """Write a quantity with its unit when it has one that all share; else pieces."""
    number = words.number(amount)
    if units in {("litre",), ("l",), ("liter",)}:
        return words.gettext("{number} l").format(number=number)
    if units == ("kg",):
        return words.gettext("{number} kg").format(number=number)
    if len(units) == 1 and units[0] != "piece":
        return f"{number}\N{NO-BREAK SPACE}{units[0]}"
    if amount == int(amount):
        return words.ngettext("{n} piece", "{n} pieces", int(amount))
    return number


def days(words: Words, count: int) -> str:
    """Write a number of days."""
    return words.ngettext("{n} day", "{n} days", count)


def span(words: Words, window: str) -> str:
    """Say in which span of time something was counted."""
    match window:
        case "day":
            return words.gettext("today")
        case "week":
            return words.gettext("this week")
        case "month":
            return words.gettext("this month")
        case "year":
            return words.gettext("this year")
        case "ever":
            return words.gettext("in all")
        case _:
            count = int(window.removesuffix("d"))
            return words.ngettext("in the last {n} day", "in the last {n} days", count)


def ordinal(words: Words, number: int) -> str:
    """Write the number of one in a row; other languages than English put it into the sentence."""
    if words.locale.language != "en":
        return words.number(number)
    last = 0 if number % 100 in TEENS else number % 10
    return words.number(number) + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")


def all_of(words: Words, things: Iterable[str]) -> str:
    """Join what holds together: a, b and c."""
    return words.listed(tuple(thing for thing in things if thing))


def one_of(words: Words, things: Iterable[str]) -> str:
    """Join what there is a choice of: a, b or c."""
    choice = tuple(things)
    return format_list(choice, style="or", locale=words.locale) if choice else ""


def parted(words: Words, parts: Iterable[str]) -> str:
    """Put parts of one sentence one after another: "a; b"."""
    told = [part for part in parts if part]
    text = told[0] if told else ""
    for following in told[1:]:
        text = words.gettext("{first}; {second}").format(first=text, second=following)
    return text


def several(words: Words, sentences: Iterable[str]) -> str:
    """Put sentences one after another, as the language spaces them."""
    told = [sentence for sentence in sentences if sentence]
    text = told[0] if told else ""
    for following in told[1:]:
        text = words.gettext("{sentence} {following}").format(sentence=text, following=following)
    return text


def together(words: Words, conditions: Iterable[str]) -> str:
    """Join conditions that all must hold."""
    told = [condition for condition in conditions if condition]
    text = told[0] if told else ""
    for following in told[1:]:
        text = words.gettext("{condition} and {other}").format(condition=text, other=following)
    return text


def sentence(words: Words, text: str) -> str:
    """Begin with a capital and end with one full stop; a text that has its own end keeps it."""
    told = capital(text)
    if told and not told.endswith(ENDS):
        told = words.gettext("{sentence}.").format(sentence=told)
    return TWO_STOPS.sub(".", told)


def capital(text: str) -> str:
    """Write the first letter large."""
    return text[:1].upper() + text[1:]


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = round(exact, DECIMALS_MAX)
    return rounded.normalize() if rounded else Decimal(0)
