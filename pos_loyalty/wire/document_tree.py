"""Values of the vocabulary as the plain values of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos_loyalty.wire.document_words import KIND
from pos_loyalty.wire.reading import ratio_text


def as_tree(value: object) -> object:  # noqa: PLR0911 - one for each type of value
    """Write a value as JSON knows it; a table leaves out what is as usual, but never its kind."""
    match value:
        case Enum():
            return value.value
        case Fraction():
            return ratio_text(value)
        case Decimal():
            return f"{value.normalize():f}"
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {word: as_tree(one) for word, one in value.items()}
        case tuple():
            return [as_tree(one) for one in value]
        case _ if is_dataclass(value):
            told = ((field, getattr(value, field.name)) for field in fields(value))
            return {f.name: as_tree(one) for f, one in told if f.name == KIND or one != usual(f)}
        case _:
            return value


def usual(field: Field[object]) -> object:
    """Tell what a field is when it is left out. MISSING: it must be there."""
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
