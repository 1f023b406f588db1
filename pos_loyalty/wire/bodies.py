"""The body of an event as bytes, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pos_loyalty.domain.bodies import KINDS, Body
from pos_loyalty.domain.events import Kind

VERSION = 1
BODY_BYTES_MAX = 512 * 1024


@cache
def _adapter(kind: Kind) -> TypeAdapter[Body]:
    body: Any = KINDS[kind]
    return TypeAdapter(body)


def write_body(kind: Kind, body: Body) -> bytes:
    """Write a body as the JSON bytes that are hashed, stored and sent.

    Raises ValueError for more than `BODY_BYTES_MAX`, which no server would take.
    """
    # What equals its default is left out, and whoever reads it takes the default for it: a default
    # of a body, or of anything in one, must never change.
    raw = _adapter(kind).dump_json(body, exclude_defaults=True)
    if len(raw) > BODY_BYTES_MAX:
        raise ValueError(f"a body has at most {BODY_BYTES_MAX} bytes, not {len(raw)}")
    return raw


def read_body(kind: str, version: int, body: bytes) -> Body | None:
    """Read a body. None when its kind, its version or its content is nothing we know."""
    if version != VERSION or len(body) > BODY_BYTES_MAX:
        return None
    try:
        return _adapter(Kind(kind)).validate_json(body, strict=True, extra="forbid")
    except ValueError:  # Also what pydantic raises.
        return None
