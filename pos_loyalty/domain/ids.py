"""Names of things: distinct types, so that a member can never stand where a till is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NewType
from uuid import UUID

EventId = NewType("EventId", UUID)
MemberId = NewType("MemberId", UUID)
TerminalId = NewType("TerminalId", UUID)
ShiftId = NewType("ShiftId", UUID)
LeaseId = NewType("LeaseId", UUID)
StoreId = NewType("StoreId", str)
StaffId = NewType("StaffId", str)
ProgramId = NewType("ProgramId", str)
Unit = NewType("Unit", str)  # "program/unit", as in "bottega/points".

UUID7_RANDOM_BYTES = 10
EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7(at: datetime, random: bytes) -> UUID:
    """Make a time-ordered id from an instant and 10 random bytes. Source: RFC 9562, 5.7."""
    if len(random) != UUID7_RANDOM_BYTES:
        raise ValueError(
            f"a version 7 id needs {UUID7_RANDOM_BYTES} random bytes, not {len(random)}"
        )
    milliseconds = (at - EPOCH_START) // timedelta(milliseconds=1)
    noise = int.from_bytes(random, "big")
    high = noise >> 68  # 12 bits
    low = noise & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
