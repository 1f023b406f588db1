"""What members collect, with its number; how long it lasts, and when it may be spent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_never

from babel.dates import format_skeleton

from pos_loyalty.domain.programs.effects import Earn, Give
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Convert
from pos_loyalty.domain.programs.units import (
    CalendarDay,
    Expiry,
    Inactivity,
    Months,
    ProgramEnd,
    UnitOfAccount,
    Usable,
)
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words, minor_digits
from pos_loyalty.wording.figures import capital

FORMS = "|"  # Between the forms of a unit's name: "star|stars", "звезда|звезды|звёзд".
MANY = 5  # Takes the form of many in every language here.
LEAP_YEAR = 2024  # A day of the year is told without its year; this one has all of them.


def unit_amount(words: Words, program: Program, unit: str, amount: int) -> str:
    """Write an amount of a unit, with the unit's name in the form of its number.

    A unit whose smallest step is the smallest coin (value_minor 1, the currency's own decimals) is
    money and written as money. A name may hold the plural forms of its language, in their order,
    apart by "|", and behind them one for the name alone; a single word stands for all of them.
    """
    account = program.unit_named(unit) or UnitOfAccount(unit)
    if is_money(account, program):
        return words.money(amount, program.currency)
    number = Decimal(amount).scaleb(-account.precision)
    whole = number == int(number)
    # A part takes the form of two: 1.5 points, 1,5 балла.
    return named(words, account, int(number) if whole else 2, words.number(number))


def named(words: Words, unit: UnitOfAccount, count: int, number: str) -> str:
    """Put a unit's name to a number that is written already; `count` chooses its form."""
    forms = _own_forms(words, unit)
    if not forms:
        return _built_in(words, _known_as(words, unit), count).format(n=number)
    place = _places(words).index(_built_in(words, "points", count))
    return f"{number} {forms[min(place, len(forms) - 1)]}"


def unit_name(words: Words, program: Program, unit: str) -> str:
    """Name a unit as it stands alone: points, stars, money back."""
    account = program.unit_named(unit) or UnitOfAccount(unit)
    forms = _own_forms(words, account)
    if forms:
        counted = len(_places(words))
        return forms[counted] if len(forms) > counted else forms[min(1, len(forms) - 1)]
    if is_money(account, program):
        return words.gettext("money back")
    return _built_in_name(words, _known_as(words, account))


def is_money(unit: UnitOfAccount, program: Program) -> bool:
    """Whether a unit's figures are minor units of the program's currency."""
    return unit.value_minor == 1 and unit.precision == minor_digits(program.currency)


def units_earned(program: Program) -> tuple[UnitOfAccount, ...]:
    """List the units that something in the program gives."""
    gains = (
        *(rule.then for rule in program.rules),
        *(goal.then for goal in program.goals),
        *(reward.gives for reward in program.rewards),
    )
    given = {gain.unit for gain in gains if isinstance(gain, Earn | Give | Convert)}
    asked = [*(one.points for one in program.questions), *(one.points for one in program.notices)]
    if any(asked):
        given.add(program.main_unit.id)
    return tuple(unit for unit in program.units if unit.id in given)


def expiry_told(words: Words, program: Program, unit: UnitOfAccount) -> str:
    """Say when what was earned of a unit is gone; empty for a level's, which is never spent."""
    if unit.lasts is None:
        told = "" if unit.status_only else words.gettext("{unit}: no expiry.")
    else:
        told = _lasts(words, unit.lasts)
    return told.format(unit=capital(unit_name(words, program, unit.id)))


def _lasts(words: Words, lasts: Expiry) -> str:
    """Say when something is gone, with {unit} where its name goes."""
    match lasts:
        case Months(months):
            return words.ngettext(
                "{{unit}}: valid for {n} month from the day of earning.",
                "{{unit}}: valid for {n} months from the day of earning.",
                months,
            )
        case CalendarDay(month, day, years):
            return _calendar_day(words, _day_of_year(words, month, day), years)
        case Inactivity(count):
            return words.ngettext(
                "{{unit}}: gone after {n} day without a purchase.",
                "{{unit}}: gone after {n} days without a purchase.",
                count,
            )
        case ProgramEnd():
            return words.gettext("{unit}: valid until the program ends.")
        case _:
            assert_never(lasts)


def _calendar_day(words: Words, day: str, years: int) -> str:
    if years == 1:
        return words.gettext("{unit}: back to zero every year on {day}.").format(
            unit="{unit}", day=day
        )
    return words.ngettext(
        "{{unit}}: on {{day}} of each year what is older than {n} year expires.",
        "{{unit}}: on {{day}} of each year what is older than {n} years expires.",
        years - 1,
    ).format(unit="{unit}", day=day)


def usable_told(words: Words, program: Program, unit: UnitOfAccount) -> str:
    """Say from when on what was earned of a unit may be spent."""
    name = capital(unit_name(words, program, unit.id))
    if unit.status_only:
        return words.gettext("{unit}: count for the level only and cannot be spent.").format(
            unit=name
        )
    match unit.usable:
        case Usable.AT_ONCE:
            told = words.gettext("{unit}: usable at once, on the same receipt.")
        case Usable.NEXT_RECEIPT:
            told = words.gettext("{unit}: usable from the next receipt on.")
        case Usable.NEXT_DAY:
            told = words.gettext("{unit}: usable from the next day on.")
        case Usable.AFTER_DAYS:
            told = words.ngettext(
                "{{unit}}: usable after {n} day.",
                "{{unit}}: usable after {n} days.",
                unit.usable_after_days,
            )
        case Usable.ON_DELIVERY:
            told = words.gettext("{unit}: usable once the order is handed over.")
        case _:
            assert_never(unit.usable)
    return told.format(unit=name)


def _own_forms(words: Words, unit: UnitOfAccount) -> list[str]:
    """Give the forms of a unit's own name; none when it is one that is built in."""
    own = in_language(unit.name, words.language)
    if not own:
        return [] if unit.id in BUILT_IN else [unit.id]
    return [] if _known_as(words, unit) else [form.strip() for form in own.split(FORMS)]


def _known_as(words: Words, unit: UnitOfAccount) -> str:
    """Find the built-in unit that is called so, or that it is when it has no name."""
    own = in_language(unit.name, words.language).casefold()
    if not own:
        return unit.id
    for known in BUILT_IN:
        forms = {_built_in(words, known, n) for n in (1, 2, MANY)}
        names = {form.replace("{n}", "").strip().casefold() for form in forms}
        if own in {*names, _built_in_name(words, known).casefold()}:
            return known
    return ""


def _built_in_name(words: Words, unit: str) -> str:
    if unit == "points":  # "points" alone is said of a number that stands above it.
        return words.translations.ngettext("point", "points", MANY)
    return words.gettext(NAMES[unit])


def _places(words: Words) -> list[str]:
    """List the plural forms of the language, asked through a unit whose forms are known."""
    return list(dict.fromkeys(_built_in(words, "points", n) for n in (1, 2, MANY)))


def _built_in(words: Words, unit: str, count: int) -> str:
    """Give the form of a known unit for a count, with {n} where the number goes."""
    ngettext = words.translations.ngettext
    match unit:
        case "stars":
            told = ngettext("{n} star", "{n} stars", count)
        case "stamps":
            told = ngettext("{n} stamp", "{n} stamps", count)
        case "coins":
            told = ngettext("{n} coin", "{n} coins", count)
        case "miles":
            told = ngettext("{n} mile", "{n} miles", count)
        case "bonuses":
            told = ngettext("{n} bonus", "{n} bonuses", count)
        case "bonus_points":
            told = ngettext("{n} bonus point", "{n} bonus points", count)
        case "badges":
            told = ngettext("{n} badge", "{n} badges", count)
        case _:
            told = ngettext("{n} point", "{n} points", count)
    return told


def _day_of_year(words: Words, month: int, day: int) -> str:
    return format_skeleton("MMMMd", date(LEAP_YEAR, month, day), locale=words.locale)


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


BUILT_IN = ("points", "stars", "stamps", "coins", "miles", "bonuses", "bonus_points", "badges")
NAMES = {
    "stars": _("stars"),
    "stamps": _("stamps"),
    "coins": _("coins"),
    "miles": _("miles"),
    "bonuses": _("bonuses"),
    "bonus_points": _("bonus points"),
    "badges": _("badges"),
}
