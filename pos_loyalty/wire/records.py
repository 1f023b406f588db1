"""A personal record as the bytes that are hashed, kept beside the chain, sent beside the event."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from pos_loyalty.domain.members import PersonalRecord


@cache
def _adapter() -> TypeAdapter[PersonalRecord]:
    return TypeAdapter(PersonalRecord)


def write_record(record: PersonalRecord) -> bytes:
    """Write a record."""
    # As in a body: a default must never change, for what equals it is left out of what is hashed.
    return _adapter().dump_json(record, exclude_defaults=True)


def read_record(raw: bytes) -> PersonalRecord | None:
    """Read a record. None when it is none."""
    try:
        return _adapter().validate_json(raw, strict=True, extra="forbid")
    except ValidationError:
        return None
