"""Events as they have always been hashed: a journal of today is to be verified in ten years."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.events import (
    GENESIS,
    Header,
    Kind,
    Position,
    header_bytes,
    record_digest,
    seal,
)
from pos_loyalty.domain.ids import EventId, ShiftId, StaffId, TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.wire.bodies import read_body, write_body
from pos_loyalty.wire.records import write_record

FOLDER = Path(__file__).parents[2] / "vectors" / "events"
VECTORS = [json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))]
KNOWN = [vector for vector in VECTORS if vector["header"]["kind"] in {kind.value for kind in Kind}]
Vector = dict[str, Any]
each = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["header"]["kind"])


def header_of(vector: Vector) -> Header:
    told = vector["header"]
    return Header(
        terminal=TerminalId(UUID(told["terminal"])),
        position=Position(told["epoch"], told["seq"]),
        event_id=EventId(UUID(told["event_id"])),
        kind=told["kind"],
        version=told["version"],
        at=datetime.fromisoformat(told["at"]),
        monotonic_ns=told["monotonic_ns"],
        boot_id=told["boot_id"],
        server_offset_ms=told["server_offset_ms"],
        actor=StaffId(told["actor"]),
        role=told["role"],
        shift=None if told["shift"] is None else ShiftId(UUID(told["shift"])),
        approver=None if told["approver"] is None else StaffId(told["approver"]),
    )


def test_every_kind_of_event_has_its_golden_example() -> None:
    assert {vector["header"]["kind"] for vector in KNOWN} == {kind.value for kind in Kind}
    assert len(KNOWN) < len(VECTORS)  # And one of a kind of tomorrow.


@each
def test_a_header_has_the_bytes_it_always_had(vector: Vector) -> None:
    assert header_bytes(header_of(vector)).hex() == vector["header_bytes"]


@each
def test_an_event_has_the_hash_it_always_had(vector: Vector) -> None:
    event = seal(header_of(vector), vector["body"].encode(), bytes.fromhex(vector["prev_hash"]))

    assert event.hash.hex() == vector["hash"]


def test_the_golden_events_are_one_chain() -> None:
    hashes = [GENESIS.hex(), *(vector["hash"] for vector in VECTORS)]

    assert [vector["prev_hash"] for vector in VECTORS] == hashes[:-1]


def test_no_birthday_is_in_any_event() -> None:
    """The record of the golden profile change holds one; the sale holds a stand-in for it."""
    changed = next(v for v in VECTORS if v["header"]["kind"] == "profile-change")
    record = PersonalRecord("Anna Rossi", birthday=date(1984, 3, 4))

    digest = record_digest(write_record(record), bytes(range(16))).hex()

    assert digest in changed["body"]
    assert not any("1984-03-04" in vector["body"] for vector in VECTORS)


@pytest.mark.parametrize("vector", KNOWN, ids=lambda vector: vector["because"])
def test_a_body_is_read_and_written_back_to_the_very_bytes(vector: Vector) -> None:
    kind, raw = Kind(vector["header"]["kind"]), vector["body"].encode()

    body = read_body(kind.value, 1, raw)

    assert body is not None
    assert write_body(kind, body) == raw


def test_a_body_of_a_later_version_is_not_guessed_at() -> None:
    assert [read_body(v["header"]["kind"], 2, v["body"].encode()) for v in VECTORS] == [None] * len(
        VECTORS
    )
    assert read_body("gift-handover", 1, VECTORS[-1]["body"].encode()) is None


@given(st.sampled_from(VECTORS), st.data())
def test_any_flipped_byte_of_a_golden_body_shows(vector: Vector, data: st.DataObject) -> None:
    body = bytearray(vector["body"].encode())
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] ^= data.draw(st.integers(1, 255))

    event = seal(header_of(vector), bytes(body), bytes.fromhex(vector["prev_hash"]))

    assert event.hash.hex() != vector["hash"]


@given(st.sampled_from(VECTORS), st.integers(0, 255))
def test_any_flipped_bit_of_what_came_before_shows(vector: Vector, bit: int) -> None:
    before = bytearray.fromhex(vector["prev_hash"])
    before[bit // 8] ^= 1 << bit % 8

    event = seal(header_of(vector), vector["body"].encode(), bytes(before))

    assert event.hash.hex() != vector["hash"]


def test_an_event_that_another_till_claims_is_another_event() -> None:
    header = replace(header_of(VECTORS[0]), terminal=TerminalId(UUID(int=1)))

    event = seal(header, VECTORS[0]["body"].encode(), GENESIS)

    assert event.hash.hex() != VECTORS[0]["hash"]
