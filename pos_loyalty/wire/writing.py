"""Values of the domain as JSON has them: always the same way, what is unknown left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.facts import UNKNOWN
from pos_loyalty.wire.reading import ratio_text

WHERE_THERE = frozenset({"usable_on", "first", "last", "cost_minor"})  # None of them: left out.


def write_record(record: object) -> dict[str, object]:
    """Write a dataclass as an object, its words in their order.

    Raises TypeError for what is none, or holds what no document has.
    """
    told: dict[str, object] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if value is UNKNOWN or (value is None and field.name in WHERE_THERE):
            continue
        shown = write_value(value)
        if shown == {} and is_dataclass(value):
            continue  # Nothing of it is known.
        told[field.name] = shown
    return told


def write_value(value: object) -> object:
    """Write one value."""
    match value:
        case None | str() | int():
            return value
        case Fraction():
            return ratio_text(value)
        case Decimal():
            return f"{value:f}"
        case date():  # An instant is one, too.
            return value.isoformat()
        case _:
            return _write_several(value)


def _write_several(value: object) -> object:
    if isinstance(value, tuple):
        return [write_value(one) for one in value]
    if isinstance(value, Mapping):
        return {word: write_value(value[word]) for word in sorted(value)}
    return write_record(value)
