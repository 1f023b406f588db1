"""Figures as people write them (3.20 €, 4.5 points) and as programs count them (320, 45)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.money import digits_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.document_text import FIGURE
from pos_loyalty.wire.wrong_parts import WrongPart

PERCENT = 100
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})|today([+-]\d{1,5})?", re.ASCII)
AN_INSTANT = "an instant with its offset, as in 2026-01-31T17:40:00+01:00"
A_DAY = "a day: 2026-01-31, today, today+2 or today-2"
YEAR_MIN = 1900
YEAR_MAX = 2199


def number(value: object) -> Decimal:
    """Read a figure, exactly. Raises WrongPart."""
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, str) and FIGURE.fullmatch(value):
        return Decimal(value)
    raise WrongPart(value, "a number, as in 2 or 3.20")


def count(value: object) -> int:
    """Read a whole number, not negative. Raises WrongPart."""
    found = number(value)
    if found < 0 or found != int(found):
        raise WrongPart(value, "a whole number, not negative")
    return int(found)


def minor(value: object, currency: str) -> int:
    """Turn an amount into minor units. Raises WrongPart for more decimals than it has."""
    return _scaled(value, digits_of(currency), f"an amount of {currency}")


def steps(value: object, unit: str, program: Program) -> int:
    """Turn points into the smallest steps of their unit. Raises WrongPart."""
    return _scaled(value, precision(unit, program), f"an amount of {unit}")


def precision(unit: str, program: Program) -> int:
    """Tell how many decimals a unit has. Raises WrongPart for one that the program has not."""
    found = program.unit_named(unit)
    if found is None:
        units = ", ".join(one.id for one in program.units)
        raise WrongPart(unit, f"a unit of the program: {units}")
    return found.precision


def in_points(points: int, unit: str, program: Program) -> Fraction:
    """Say smallest steps of a unit as people do."""
    return Fraction(points, 10 ** precision(unit, program))


def in_money(amount_minor: int, currency: str) -> Fraction:
    """Say minor units as people do."""
    return Fraction(amount_minor, 10 ** digits_of(currency))


def day(value: object, today: date) -> date:
    """Read a day: 2026-01-31, or today, today+2, today-2. Raises WrongPart."""
    match = DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise WrongPart(value, A_DAY)
    try:
        found = date.fromisoformat(match[1]) if match[1] else today + timedelta(int(match[2] or 0))
    except (ValueError, OverflowError) as error:
        raise WrongPart(value, A_DAY) from error
    if not YEAR_MIN <= found.year <= YEAR_MAX:
        raise WrongPart(value, f"a day of the years {YEAR_MIN} to {YEAR_MAX}")
    return found


def instant(value: object, now: datetime) -> datetime:
    """Read an instant with its offset, or a day, at the same hour as `now`. Raises WrongPart."""
    if isinstance(value, str) and "T" in value:
        day(value.partition("T")[0], now.date())
        try:
            found = datetime.fromisoformat(value)
        except ValueError as error:
            raise WrongPart(value, AN_INSTANT) from error
        if found.tzinfo is None:
            raise WrongPart(value, AN_INSTANT)
        return found
    return datetime.combine(day(value, now.date()), now.timetz())


def plain(value: Fraction) -> int | float | str:
    """Write a number for JSON; one without an end is a text, as in "1/3"."""
    if value.denominator == 1:
        return value.numerator
    near = float(value)
    return near if Fraction(repr(near)) == value else str(value)


def _scaled(value: object, digits: int, what: str) -> int:
    found = number(value).scaleb(digits)
    if found != int(found) or found < 0:
        raise WrongPart(value, f"{what}: not negative, at most {digits} decimals")
    return int(found)
