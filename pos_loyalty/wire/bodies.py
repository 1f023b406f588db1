"""The body of an event as bytes, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pos_loyalty.domain.bodies import KINDS, Body
from pos_loyalty.domain.events import Kind

VERSION = 1
BODY_BYTES_MAX = 256 * 1024


@cache
def _adapter(kind: Kind) -> TypeAdapter[Body]:
    body: Any = KINDS[kind]
    return TypeAdapter(body)


def write_body(kind: Kind, body: Body) -> bytes:
    """Write a body as the JSON bytes that are hashed, stored and sent."""
    return _adapter(kind).dump_json(body)


def read_body(kind: str, version: int, body: bytes) -> Body | None:
    """Read a body. None when its kind, its version or its content is nothing we know."""
    if version != VERSION or len(body) > BODY_BYTES_MAX:
        return None
    try:
        return _adapter(Kind(kind)).validate_json(body, strict=True, extra="forbid")
    except (ValidationError, ValueError):
        return None
