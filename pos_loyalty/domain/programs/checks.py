"""What values of a program's document keep to, each said once, with the field that broke it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pos_loyalty.domain.texts import CONTROL

COUNT_MAX = 10**12
DECIMALS_MAX = 6
SMALLEST = Decimal(1).scaleb(-DECIMALS_MAX)
LIST_MAX = 1000
DAYS_MAX = 36500
TEXT_MAX = 2000
DIVISOR_MAX = 10**9
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WINDOW = re.compile(r"day|week|month|year|ever|[1-9][0-9]{0,3}d")


class WrongValue(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A field of a document with a value it cannot have."""

    def __init__(self, field: str, found: object, allowed: str) -> None:
        super().__init__(f"{field} is {found!r}, allowed: {allowed}")
        self.field = field
        self.found = found
        self.allowed = allowed


def between(field: str, value: int, least: int, most: int = COUNT_MAX) -> None:
    """Check a whole number."""
    if not least <= value <= most:
        raise WrongValue(field, value, f"a whole number from {least} to {most}")


def measure(field: str, value: Decimal, least: Decimal) -> None:
    """Check an amount or quantity that is counted in: a gram in tonnes is the smallest."""
    decimals = value.as_tuple().exponent
    fits = isinstance(decimals, int) and decimals >= -DECIMALS_MAX
    if not (fits and least <= value <= COUNT_MAX):
        allowed = f"{least:f} to {COUNT_MAX}, with at most {DECIMALS_MAX} decimals"
        raise WrongValue(field, str(value), allowed)


def identifier(field: str, value: str) -> None:
    """Check a name by which other parts of the document speak of this one."""
    if not IDENTIFIER.fullmatch(value):
        raise WrongValue(field, value, "small letters, digits, - and _; at most 64")


def identifiers(field: str, values: Sequence[str]) -> None:
    """Check a list of names."""
    some(field, values)
    for value in values:
        identifier(field, value)


def some(field: str, values: Sequence[object]) -> None:
    """Check that a list holds something, and not too much."""
    if not 1 <= len(values) <= LIST_MAX:
        raise WrongValue(field, f"{len(values)} entries", f"1 to {LIST_MAX} entries")


def at_most(field: str, values: Sequence[object], most: int = LIST_MAX) -> None:
    """Check that a list is not too long."""
    if len(values) > most:
        raise WrongValue(field, f"{len(values)} entries", f"at most {most} entries")


def window(field: str, value: str) -> None:
    """Check a span of time that counters are kept for."""
    if not WINDOW.fullmatch(value):
        raise WrongValue(field, value, "day, week, month, year, ever, or days as in 30d")


def wording(field: str, texts: Mapping[str, str]) -> None:
    """Check texts by language."""
    for language, text in texts.items():
        if not LANGUAGE.fullmatch(language):
            raise WrongValue(field, language, "a language tag such as en or zh-Hans")
        if not text.strip() or len(text) > TEXT_MAX or CONTROL.search(text):
            raise WrongValue(f"{field}.{language}", text, f"a text of 1 to {TEXT_MAX} characters")


def in_order(field: str, first: date | None, last: date | None) -> None:
    """Check that what ends does not end before it begins. None: open."""
    if first is not None and last is not None and last < first:
        raise WrongValue(field, last.isoformat(), f"a day not before {first.isoformat()}")


def unique(field: str, names: Iterable[str], what: str) -> None:
    """Check that no two entries of a list have one name."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            raise WrongValue(f"{field}[{number}].id", name, f"an id no other {what} has")
        seen.add(name)
