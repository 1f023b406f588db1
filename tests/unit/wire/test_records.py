from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.wire.records import read_record, write_record

ANNA = PersonalRecord("Anna Rossi", "+393331234567", "2912345678906", "it")
names = st.text(st.characters(codec="utf-8"), max_size=30)


@given(st.builds(PersonalRecord, names, names, names, names, st.none() | st.dates()))
def test_a_record_is_read_as_it_was_written(record: PersonalRecord) -> None:
    assert read_record(write_record(record)) == record


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"name":7}',
        b'{"name":"Anna","shoe_size":"38"}',
        b'{"name":"Anna","birthday":"1984-02-30"}',
        b'{"name":"Anna","birthday":446688000}',
        b"[" * 9999,
    ],
)
def test_what_is_no_record_is_not_read(raw: bytes) -> None:
    assert read_record(raw) is None


def test_the_bytes_of_a_record_never_change_because_their_hash_is_in_the_chain() -> None:
    assert write_record(ANNA) == (
        b'{"name":"Anna Rossi","phone":"+393331234567","card":"2912345678906","language":"it"}'
    )
    assert write_record(PersonalRecord("Anna", birthday=date(1984, 2, 29))) == (
        b'{"name":"Anna","birthday":"1984-02-29"}'
    )
