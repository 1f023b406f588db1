"""Values out of JSON, each checked, and the place in the document of what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.domain.texts import CONTROL, TEXT_CHARACTERS_MAX
from pos_loyalty.wire.building import TEXT, build
from pos_loyalty.wire.document_text import WHOLE
from pos_loyalty.wire.wrong_parts import (
    Odd,
    WrongPart,
    missing_word,
    unknown_word,
)

DOCUMENT_CHARACTERS_MAX = 2_000_000  # The fullest basket, with a member of 10,000 lots.
ENTRIES_MAX = 10_000
COUNT_MAX = 10**12
DIGITS_MAX = 20
YEAR_MIN = 1900
YEAR_MAX = 2199
DECIMALS_MAX = 12
DECIMAL = re.compile(r"([0-9]{1,12})(\.[0-9]{1,12})?")
RATIO = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12}|/[1-9][0-9]{0,11})?")
DAY_LENGTH = len("2026-01-31")

T = TypeVar("T")
Reader = Callable[[object], T]


def parse_json(text: str, file: str, line: int | None = None) -> object:
    """Parse a text. What is odd in it stands there as Odd, and no reader takes it.

    `line`: where in `file` the text begins, if it is not all of it. Raises WrongDocument for what
    is no JSON, too long or nested too deeply.
    """
    all_of_it = WHOLE if line is None else f"line {line}"
    if len(text) > DOCUMENT_CHARACTERS_MAX:
        found, allowed = f"{len(text)} characters", f"at most {DOCUMENT_CHARACTERS_MAX}"
        raise WrongDocument(file=file, path=all_of_it, found=found, allowed=allowed)
    try:
        return _parse(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno + (line or 1) - 1}, column {error.colno}"
        found = error.msg if text.strip() else "an empty text"
        raise WrongDocument(file=file, path=where, found=found, allowed="JSON") from error
    except RecursionError as error:
        found = "tables in tables, too deep"
        raise WrongDocument(
            file=file, path=all_of_it, found=found, allowed="a few levels"
        ) from error


def record(
    make: Callable[..., T], fields: Mapping[str, Reader[object]], needed: Iterable[str] = ()
) -> Reader[T]:
    """Make a reader of objects with these words; those not `needed` may be left out."""
    required = tuple(needed)

    def read(found: object) -> T:
        return build(make, read_fields(found, fields, required), found)

    return read


def read_fields(
    found: object, fields: Mapping[str, Reader[object]], needed: tuple[str, ...]
) -> dict[str, Any]:
    """Read an object word by word."""
    if not isinstance(found, dict):
        raise WrongPart(found, "a table with " + ", ".join(fields))
    told: dict[str, object] = {}
    for word, value in found.items():
        reader = fields.get(word)
        if reader is None:
            raise unknown_word(word, fields)
        try:
            told[word] = reader(value)
        except WrongPart as error:
            raise error.inside(word) from None
    for word in needed:
        if word not in told:
            raise missing_word(word)
    return told


def many(reader: Reader[T], most: int = ENTRIES_MAX) -> Reader[tuple[T, ...]]:
    """Make a reader of lists."""

    def read(found: object) -> tuple[T, ...]:
        if not isinstance(found, list):
            raise WrongPart(found, "a list, in [ ]")
        if len(found) > most:
            raise WrongPart(Odd(f"{len(found)} entries", f"at most {most}"))
        told: list[T] = []
        try:
            for value in found:
                told.append(reader(value))  # noqa: PERF401 - len(told) says where it went wrong
        except WrongPart as error:
            raise error.inside(len(told)) from None
        return tuple(told)

    return read


def table(reader: Reader[T], words: Reader[str] | None = None) -> Reader[dict[str, T]]:
    """Make a reader of objects whose words are free, or such as `words` takes."""
    key = read_word if words is None else words

    def read(found: object) -> dict[str, T]:
        if not isinstance(found, dict):
            raise WrongPart(found, "a table, in { }")
        if len(found) > ENTRIES_MAX:
            raise WrongPart(Odd(f"{len(found)} entries", f"at most {ENTRIES_MAX}"))
        told: dict[str, T] = {}
        for word, value in found.items():
            try:
                told[key(word)] = reader(value)
            except WrongPart as error:
                raise error.inside(word) from None
        return told

    return read


def or_null(reader: Reader[T], null: T | None = None) -> Reader[T | None]:
    """Make a reader that takes null, too, as `null`: there is none."""

    def read(found: object) -> T | None:
        return null if found is None else reader(found)

    return read


def whole(least: int, most: int = COUNT_MAX) -> Reader[int]:
    """Make a reader of whole numbers."""

    def read(found: object) -> int:
        if type(found) is int and least <= found <= most:  # True is an int, too: not here.
            return found
        raise WrongPart(found, f"a whole number from {least} to {most}")

    return read


def one_of(words: Iterable[str]) -> Reader[str]:
    """Make a reader of words out of a list."""
    known = dict.fromkeys(words)

    def read(found: object) -> str:
        if isinstance(found, str) and found in known:
            return found
        raise WrongPart(found, allowed_words(found if isinstance(found, str) else "", known))

    return read


def shaped(pattern: str, allowed: str) -> Reader[str]:
    """Make a reader of texts of one shape."""
    shape = re.compile(pattern)

    def read(found: object) -> str:
        if isinstance(found, str) and shape.fullmatch(found):
            return found
        raise WrongPart(found, allowed)

    return read


def read_text(found: object) -> str:
    """Read a text that may be stored, shown and printed; it may be empty."""
    if isinstance(found, str) and len(found) <= TEXT_CHARACTERS_MAX and not CONTROL.search(found):
        return found
    raise WrongPart(found, TEXT)


def read_string(found: object) -> str:
    """Read a text for a value that checks its texts itself."""
    if isinstance(found, str):
        return found
    raise WrongPart(found, TEXT)


def read_word(found: object) -> str:
    """Read a text that says something."""
    if found == "":
        raise WrongPart(found, "a text that is not empty")
    return read_text(found)


def read_day(found: object) -> date:
    """Read a day of ISO 8601, with its dashes."""
    if isinstance(found, str) and len(found) == DAY_LENGTH and found[4] == found[7] == "-":
        try:
            return date.fromisoformat(found)
        except ValueError:
            pass
    raise WrongPart(found, "a day, as in 2026-01-31")


def read_human_day(found: object) -> date:
    """Read a day of somebody's life: days can be counted from it, and to it."""
    day = read_day(found)
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        raise WrongPart(found, f"a day from {YEAR_MIN} to {YEAR_MAX}")
    return day


def read_decimal(found: object) -> Decimal:
    """Read a decimal number, as text: 0.1 is no number of a computer's."""
    if isinstance(found, str) and DECIMAL.fullmatch(found):
        return Decimal(found)
    raise WrongPart(found, 'a decimal number as text, as in "2" or "0.350"')


def read_ratio(found: object) -> Fraction:
    """Read a decimal number or a fraction, as text."""
    if isinstance(found, str):
        ratio = _ratio(found)
        if ratio is not None:
            return ratio
    raise WrongPart(found, 'a decimal number as text, as in "0.22"')


@lru_cache(maxsize=1000)  # A shop has few rates, and making a Fraction is slow.
def _ratio(text: str) -> Fraction | None:
    return Fraction(text) if RATIO.fullmatch(text) else None


def ratio_text(ratio: Fraction) -> str:
    """Write a fraction as a decimal number where that is exact, else as a fraction."""
    value, divisor = ratio.as_integer_ratio()
    for decimals in range(DECIMALS_MAX + 1):
        if 10**decimals % divisor == 0:
            return f"{Decimal(value * 10**decimals // divisor).scaleb(-decimals):f}"
    return f"{value}/{divisor}"


def _parse(text: str) -> object:
    try:
        return _JSON.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # A number of thousands of digits.
        return _JSON_OF_LONG_NUMBERS.decode(text)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object] | Odd:
    """Make an object of its words, none of which is there twice."""
    told = dict(pairs)
    if len(told) == len(pairs):
        return told
    last = {word: number for number, (word, _) in enumerate(pairs)}
    twice = next(word for number, (word, _) in enumerate(pairs) if last[word] != number)
    return Odd("the word twice", "once", twice)


def _long_number(digits: str) -> int | Odd:
    if len(digits) <= DIGITS_MAX:
        return int(digits)
    return Odd(f"{digits[:DIGITS_MAX]}… ({len(digits)} digits)", "a number of fewer digits")


_JSON = json.JSONDecoder(object_pairs_hook=_once)
_JSON_OF_LONG_NUMBERS = json.JSONDecoder(object_pairs_hook=_once, parse_int=_long_number)
