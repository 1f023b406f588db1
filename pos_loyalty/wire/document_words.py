"""Whether the words of a document are words of the vocabulary, told with the nearest that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.kinds import kinds_of
from pos_loyalty.domain.programs.spelling import allowed_words, nearest
from pos_loyalty.wire.document_text import DIGITS_MAX, FIGURE, Figure, Place, place, shown

KIND = "kind"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SHARE = re.compile(r"[+-]?[0-9]{1,20}/[1-9][0-9]{0,19}", re.ASCII)
A_WHOLE_NUMBER = "a whole number"
A_NUMBER = "a number, as in 2 or 1.5"
A_SHARE = 'a number, as in 2, 1.5 or "1/3"'
A_DAY = "a day, as in 2026-01-31"
A_TEXT = 'a text, in "…"'
A_LIST = "a list, in [ ]"
A_TABLE = "a table, in { }"
TRUE_OR_FALSE = "true or false"


def check_words(value: object, hint: object, file: str, path: Place = ()) -> None:
    """Check every word, kind, choice, number and day of a part of a document.

    Anything else about it (what is missing, what is no list) is left to its reader. Raises
    WrongDocument with the first that is none.
    """
    if value is None:
        return
    hint = _without_none(hint)
    match value:
        case dict() if get_origin(hint) is Annotated:
            check_words(value, _chosen(value, hint, file, path), file, path)
        case dict() if isinstance(hint, type) and is_dataclass(hint):
            _check_table(value, hint, file, path)
        case dict():
            for word, one in value.items():
                check_words(one, str, file, (*path, word))
        case list():
            entry = next(iter(get_args(hint)), object)
            for number, one in enumerate(value):
                check_words(one, entry, file, (*path, number))
        case _:
            _check_leaf(value, hint, file, path)


@cache
def words_of(table: type) -> dict[str, object]:
    """List the words of a table with what stands behind each."""
    hints = get_type_hints(table, include_extras=True)
    return {field.name: hints[field.name] for field in fields(table)}


@cache
def _kinds(union: object) -> dict[str, type]:
    return kinds_of(union)


def _without_none(hint: object) -> object:
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    return next(choice for choice in get_args(hint) if choice is not NoneType)


def _check_table(value: dict[str, object], table: type, file: str, path: Place) -> None:
    words = words_of(table)
    for word in value:
        if word not in words:
            raise _unknown(word, words, file, path)
    for word, one in value.items():
        check_words(one, words[word], file, (*path, word))


def _chosen(value: dict[str, object], union: object, file: str, path: Place) -> type:
    kinds = _kinds(union)
    if KIND not in value:
        typo = next((word for word in value if nearest(word, (KIND,))), None)
        if typo is not None and not any(typo in words_of(table) for table in kinds.values()):
            raise _unknown(typo, (KIND,), file, path)
        raise WrongDocument(
            file=file, path=place((*path, KIND)), found="nothing", allowed=", ".join(kinds)
        )
    kind = value[KIND]
    if not isinstance(kind, str) or kind not in kinds:
        allowed = allowed_words(str(kind), kinds)
        raise WrongDocument(
            file=file, path=place((*path, KIND)), found=shown(kind), allowed=allowed
        )
    return kinds[kind]


def _unknown(word: str, words: Iterable[str], file: str, path: Place) -> WrongDocument:
    found = f"unknown word {shown(word)}"
    return WrongDocument(
        file=file, path=place((*path, word)), found=found, allowed=allowed_words(word, words)
    )


def _check_leaf(value: object, hint: object, file: str, path: Place) -> None:
    allowed: str | None = None
    if isinstance(hint, type) and issubclass(hint, Enum):
        choices = [str(choice.value) for choice in hint]
        if value not in choices:
            allowed = allowed_words(str(value), choices)
    elif hint in {Fraction, Decimal}:
        exact = hint is Decimal
        allowed = None if _is_number(value, exact=exact) else A_NUMBER if exact else A_SHARE
    elif hint is date:
        allowed = None if isinstance(value, str) and DAY.fullmatch(value) else A_DAY
    elif isinstance(value, Figure):
        allowed = _instead_of_figure(hint)
    if allowed is not None:
        raise WrongDocument(file=file, path=place(path), found=shown(value), allowed=allowed)


def _is_number(value: object, *, exact: bool) -> bool:
    if not isinstance(value, str):
        return isinstance(value, int) and not isinstance(value, bool)
    return bool(FIGURE.fullmatch(value) or (not exact and SHARE.fullmatch(value)))


def _instead_of_figure(hint: object) -> str:
    if hint is int:
        return f"{A_WHOLE_NUMBER} of at most {DIGITS_MAX} digits"
    if hint is bool:
        return TRUE_OR_FALSE
    return A_TABLE if is_dataclass(hint) or get_origin(hint) is Annotated else A_TEXT
