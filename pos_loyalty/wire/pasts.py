"""A member's past as JSON: in the server's database, on the line, in a till's file."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import PlainSerializer, TypeAdapter

from pos_loyalty.domain.past import Past


@cache
def _adapter() -> TypeAdapter[Past]:
    return TypeAdapter(Past)


def write_past(past: Past) -> str:
    """Write a past; what equals its default is left out."""
    return _adapter().dump_json(past, exclude_defaults=True).decode()


def read_past(text: str) -> Past:
    """Read a past. Fields of a later version are ignored. Raises ValueError."""
    return _adapter().validate_json(text)


def _tree(past: Past | None) -> object:
    if past is None:
        return None
    return _adapter().dump_python(past, mode="json", exclude_defaults=True)


PastTold = Annotated[Past | None, PlainSerializer(_tree, when_used="json")]
