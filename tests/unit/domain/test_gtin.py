from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.gtin import (
    check_digit,
    expand_upc_e,
    has_check_digit,
    is_digits,
    is_gsrn,
    product_number,
)

digits = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("printed", "gtin"),
    [
        ("40170725", "00000040170725"),  # EAN-8
        ("036000291452", "00036000291452"),  # UPC-A
        ("4006381333931", "04006381333931"),  # EAN-13
        ("10012345000017", "10012345000017"),  # GTIN-14 of a case
    ],
)
def test_products_of_every_length_come_to_fourteen_digits(printed: str, gtin: str) -> None:
    assert product_number(printed) == gtin


@pytest.mark.parametrize(
    "text", ["4006381333932", "400638133393", "", "0000000000000", "4006381x33931"]
)
def test_what_is_no_product_number_gives_none(text: str) -> None:
    assert product_number(text) is None


@given(digits, st.integers(0, 19), st.integers(1, 9))
def test_any_one_misread_digit_is_noticed(payload: str, place: int, more: int) -> None:
    number = payload + check_digit(payload)
    place %= len(number)
    misread = str((int(number[place]) + more) % 10)

    assert has_check_digit(number)
    assert not has_check_digit(number[:place] + misread + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "٣", "²", "1 2", "+1", "\uff11\uff12"])
def test_only_plain_digits_are_digits(text: str) -> None:
    assert not is_digits(text)


def test_one_digit_alone_checks_nothing() -> None:
    assert not has_check_digit("0")


def test_a_member_number_has_eighteen_digits_and_a_check() -> None:
    assert is_gsrn("801234567890123458")
    assert not is_gsrn("801234567890123459")
    assert not is_gsrn("4006381333931")


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("04252614", "042100005264"),  # Last of six is 1.
        ("01234531", "012300000451"),  # 3
        ("01234541", "012340000051"),  # 4
        ("01234565", "012345000065"),  # 5 to 9
    ],
)
def test_the_short_code_of_a_small_pack_stands_for_twelve_digits(printed: str, whole: str) -> None:
    assert expand_upc_e(printed) == whole


@pytest.mark.parametrize("text", ["24252614", "0425261", "0425261x"])
def test_what_is_no_short_code_stands_for_nothing(text: str) -> None:
    assert expand_upc_e(text) is None
