"""A document's text, TOML or JSON, as a tree of plain values that keeps every figure exact."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from decimal import Decimal

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.texts import CONTROL

BYTES_MAX = 1_000_000
DEPTH_MAX = 32
ENTRIES_MAX = 1000
TEXT_MAX = 2000
DIGITS_MAX = 18  # Of a whole number: less than 2^63.
FOUND_MAX = 80
PATH_MAX = 200
WHOLE = "(whole)"
BOM = "\ufeff"  # Some editors put it before a text; it says nothing.
BARE_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
FIGURE = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)
EXPONENT_DIGITS = 2
FIGURE_MAX = 120  # Characters: of an exponent that was written out.
# The standard library's reader takes a minute for a key of a hundred thousand parts.
KEY_PARTS = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEPTH_MAX}}}"""
)
TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
LONG_NUMBER = re.compile(r"[0-9_]{1000}")

Place = tuple[int | str, ...]


class Figure(str):
    """A number with a fraction, as it was written."""

    __slots__ = ()


class Table(dict[str, object]):
    """A JSON object, and a word that is twice in it."""

    twice: str | None = None


def decode_document(raw: bytes, file: str) -> str:
    """Read bytes as UTF-8. Raises WrongDocument with the line and column that are not."""
    if len(raw) > BYTES_MAX:
        raise _too_long(file, len(raw))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        found = f"the byte 0x{raw[error.start]:02x}"
        raise WrongDocument(
            file=file, path=_position(before, len(before)), found=found, allowed="UTF-8"
        ) from error


def parse_document(text: str, file: str) -> dict[str, object]:
    """Read a text, JSON when `file` ends in .json, else TOML.

    Days and times become texts of ISO 8601, numbers with a fraction a Figure. Raises WrongDocument
    with the place of what is no TOML or JSON, or is beyond every limit.
    """
    size = len(text) if len(text) > BYTES_MAX else len(text.encode("utf-8", "surrogatepass"))
    if size > BYTES_MAX:
        raise _too_long(file, size)
    text = text.removeprefix(BOM)
    if not text.strip():
        raise WrongDocument(file=file, path=WHOLE, found="nothing", allowed="a document")
    tree = _read_json(text, file) if file.lower().endswith(".json") else _read_toml(text, file)
    if not isinstance(tree, dict):
        raise WrongDocument(file=file, path=WHOLE, found=shown(tree), allowed="a table")
    return {word: _cleaned(value, (word,), file) for word, value in _entries(tree, (), file)}


def place(parts: Place) -> str:
    """Write a place as people do: rules[0].then.points."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        word = part if BARE_WORD.fullmatch(part) else json.dumps(part[:FOUND_MAX])
        text += f".{word}" if text else word
    return text if len(text) <= PATH_MAX else text[:PATH_MAX] + "…"


def shown(value: object) -> str:
    """Write what was found, short enough for a line."""
    match value:
        case dict():
            return "a table"
        case list():
            return f"a list of {len(value)}"
        case None | bool():
            return json.dumps(value)
        case _:
            text = repr(value[:FOUND_MAX]) if type(value) is str else str(value)
            return text if len(text) <= FOUND_MAX else text[:FOUND_MAX] + "…"


def _too_long(file: str, size: int) -> WrongDocument:
    allowed = f"at most {BYTES_MAX} bytes"
    return WrongDocument(file=file, path=WHOLE, found=f"{size} bytes", allowed=allowed)


def _read_json(text: str, file: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_table,
            parse_float=_figure,
            parse_int=_whole_number,
            parse_constant=Figure,
        )
    except json.JSONDecodeError as error:
        path = f"line {error.lineno}, column {error.colno}"
        raise WrongDocument(file=file, path=path, found=error.msg, allowed="JSON") from error
    except RecursionError as error:
        raise _too_deep(file, WHOLE) from error


def _read_toml(text: str, file: str) -> object:
    if parts := KEY_PARTS.search(text):
        raise _too_deep(file, _position(text, parts.start()))
    try:
        return tomllib.loads(text, parse_float=_figure)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        where = TOML_PLACE.search(said)
        path = f"line {where[1]}, column {where[2]}" if where else "the last line"
        found = TOML_PLACE.sub("", said).removesuffix(" (at end of document)")[:FOUND_MAX]
        raise WrongDocument(file=file, path=path, found=found, allowed="TOML") from error
    except RecursionError as error:
        raise _too_deep(file, WHOLE) from error
    except ValueError as error:  # A number of thousands of digits, or a day that is none.
        number = LONG_NUMBER.search(text)
        path = _position(text, number.start()) if number else WHOLE
        raise WrongDocument(
            file=file, path=path, found=str(error)[:FOUND_MAX], allowed="TOML"
        ) from error


def _too_deep(file: str, path: str) -> WrongDocument:
    allowed = f"at most {DEPTH_MAX} levels"
    return WrongDocument(file=file, path=path, found="tables in tables, too deep", allowed=allowed)


def _position(text: str, index: int) -> str:
    line = text.count("\n", 0, index) + 1
    return f"line {line}, column {index - (text.rfind(chr(10), 0, index) + 1) + 1}"


def _table(pairs: list[tuple[str, object]]) -> Table:
    table = Table()
    for word, value in pairs:
        if word in table:
            table.twice = word
        table[word] = value
    return table


def _whole_number(text: str) -> int | Figure:
    return int(text) if len(text.lstrip("-")) <= DIGITS_MAX else Figure(text)


def _figure(text: str) -> Figure:
    """Keep a number as it was written; a small exponent is written out."""
    mantissa, _, exponent = text.replace("_", "").lower().partition("e")
    digits = exponent.lstrip("+-")
    if digits.isdigit() and len(digits) <= EXPONENT_DIGITS:
        return Figure(format(Decimal(f"{mantissa}e{exponent}"), "f"))
    return Figure(text.replace("_", ""))


def _entries(table: dict[str, object], path: Place, file: str) -> list[tuple[str, object]]:
    if isinstance(table, Table) and table.twice is not None:
        twice = place((*path, table.twice))
        raise WrongDocument(file=file, path=twice, found="the word twice", allowed="once")
    return list(table.items())


def _cleaned(value: object, path: Place, file: str) -> object:
    """Turn what TOML knows beyond JSON into texts, and hold everything to its limit."""
    match value:
        case dict() | list() if len(path) >= DEPTH_MAX:
            raise _too_deep(file, place(path))
        case dict() | list() if len(value) > ENTRIES_MAX:
            wrong = (f"{len(value)} entries", f"at most {ENTRIES_MAX} entries")
        case dict():
            entries = _entries(value, path, file)
            return {word: _cleaned(one, (*path, word), file) for word, one in entries}
        case list():
            return [_cleaned(one, (*path, number), file) for number, one in enumerate(value)]
        case datetime() | date() | time():
            return value.isoformat()
        case _ if (excess := _excess(value)) is None:
            return value
        case _:
            wrong = excess
    found, allowed = wrong
    raise WrongDocument(file=file, path=place(path), found=found, allowed=allowed)


def _excess(value: object) -> tuple[str, str] | None:
    """Tell what is too much of a single value, and what is allowed."""
    match value:
        case Figure():
            too_long = len(value) > FIGURE_MAX
            return ("a number too long", f"at most {DIGITS_MAX} digits") if too_long else None
        case str() if len(value) > TEXT_MAX:
            return f"{len(value)} characters", f"at most {TEXT_MAX} characters"
        case str() if CONTROL.search(value):
            return shown(value), "a text without control characters"
        case int() if not -(10**DIGITS_MAX) < value < 10**DIGITS_MAX:
            return "a number too long", f"at most {DIGITS_MAX} digits"
        case _:
            return None
