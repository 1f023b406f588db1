from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.folding import folded, phone_ending


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Müller", "muller"),
        ("ЁЛКИНА", "елкина"),
        ("  Anna   Rossi ", "anna rossi"),
        ("GROẞ", "gross"),
    ],
)
def test_a_name_is_found_however_it_is_typed(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


def test_other_names_stay_other_names() -> None:
    assert folded("Anna") != folded("Hanna")


@given(st.text(max_size=40))
def test_a_folded_name_has_no_spaces_around_it(text: str) -> None:
    assert folded(text) == folded(text).strip()


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+39 (333) 123-4567", "393331234567"),
        ("4567", "4567"),
        ("rossi 4567", ""),
        ("\u0663", ""),
        ("", ""),
    ],
)
def test_the_last_digits_of_a_telephone_are_told_from_a_name(typed: str, digits: str) -> None:
    assert phone_ending(typed) == digits
