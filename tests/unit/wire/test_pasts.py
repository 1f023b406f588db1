from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.facts import Activity, PaidMembership, Voucher
from pos_loyalty.domain.past import NO_PAST, Past, PastDay
from pos_loyalty.wire.changes import MemberChanged
from pos_loyalty.wire.pasts import read_past, write_past

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
names = st.text(st.characters(codec="utf-8"), max_size=10)
counts = st.dictionaries(names, st.integers(0, 10**15), max_size=3)
pasts = st.builds(
    Past,
    joined_on=st.none() | days,
    attributes=st.dictionaries(names, names, max_size=2),
    segments=st.lists(names, max_size=2).map(tuple),
    favourite_category=st.none() | names,
    tiers=st.dictionaries(names, names, max_size=2),
    membership=st.none() | st.builds(PaidMembership, names, days),
    visits=st.integers(0, 10**6),
    last_purchase_on=st.none() | days,
    earned=counts,
    carried=st.dictionaries(names, st.fractions(0, 1000, max_denominator=1000), max_size=2),
    vouchers=st.lists(
        st.builds(Voucher, names, names, st.none() | days, st.none() | days), max_size=2
    ).map(tuple),
    activity=st.lists(st.builds(Activity, names, days), max_size=2).map(tuple),
    days=st.lists(st.builds(PastDay, days, st.integers(0, 9), earned=counts), max_size=3).map(
        tuple
    ),
)


def told(past: Past | None) -> MemberChanged:
    return MemberChanged(member=UUID(int=1), status="active", record=None, lots=(), past=past)


@given(pasts)
def test_a_past_is_read_as_it_was_written(past: Past) -> None:
    assert read_past(write_past(past)) == past


@given(st.none() | pasts)
def test_a_past_arrives_at_the_till_as_the_server_keeps_it(past: Past | None) -> None:
    assert MemberChanged.model_validate_json(told(past).model_dump_json()) == told(past)


def test_what_never_happened_takes_no_room() -> None:
    assert write_past(NO_PAST) == "{}"
    assert json.loads(told(NO_PAST).model_dump_json())["past"] == {}
    day = PastDay(date(2026, 5, 5), 1, earned={"bottega/points": 4})
    assert write_past(Past(carried={"bottega/points": Fraction(1, 3)}, days=(day,))) == (
        '{"carried":{"bottega/points":"1/3"},'
        '"days":[{"on":"2026-05-05","visits":1,"earned":{"bottega/points":4}}]}'
    )


def test_what_a_later_version_adds_to_a_past_is_overlooked() -> None:
    assert read_past('{"visits":3,"moods":["good"]}') == Past(visits=3)


@pytest.mark.parametrize("text", ["", "[]", '{"visits":"x"}', '{"carried":{"p":"1/0"}}'])
def test_what_is_no_past_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Past"):
        read_past(text)
