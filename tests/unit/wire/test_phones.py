from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.wire.phones import e164


@pytest.mark.parametrize(
    "typed", ["333 123 4567", "3331234567", "+39 333 1234567", "0039-333-1234567", "(333) 1234567"]
)
def test_a_telephone_is_one_number_however_it_is_typed(typed: str) -> None:
    assert e164(typed, "IT") == "+393331234567"


def test_a_number_belongs_to_the_country_of_the_store() -> None:
    assert e164("030 901820", "DE") == "+4930901820"


@pytest.mark.parametrize(
    "typed", ["", "Anna", "12", "+0 123", "٣", "3" * 33, "2912345678906", "8001120891235"]
)
def test_what_is_no_telephone_is_none(typed: str) -> None:
    assert e164(typed, "IT") is None


@given(st.text(max_size=40))
def test_no_text_whatsoever_breaks_the_reader_of_telephones(text: str) -> None:
    number = e164(text, "IT")

    assert number is None or number.startswith("+")
