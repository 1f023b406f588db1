from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.gtin import check_digit
from pos_loyalty.domain.payment_cards import is_payment_card, luhn

# Public test numbers of the networks.
TEST_NUMBERS = (
    "378282246310005",  # American Express
    "341111111111111",
    "30569309025904",  # Diners Club
    "38520000023237",
    "36227206271667",
    "3530111333300000",  # JCB
    "4111111111111111",  # Visa
    "4222222222222",
    "5555555555554444",  # Mastercard
    "2223003122003222",
    "5018000000000009",  # Maestro
    "6759649826438453",
    "6011111111111117",  # Discover
    "6445644564456445",
    "6200000000000005",  # UnionPay
    "8171999927660000",
    "2200000000000004",  # Mir
    "6074820000000009",  # RuPay
    "9792000000000003",  # Troy
)


def in_digits_from(zero: str, text: str) -> str:
    """Write `text` with the digits of another script, which begin with `zero`."""
    return "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in text)


@pytest.mark.parametrize("number", TEST_NUMBERS)
def test_a_payment_card_of_every_network_is_recognised(number: str) -> None:
    groups = [number[i : i + 4] for i in range(0, len(number), 4)]

    assert is_payment_card(number)
    assert is_payment_card(" ".join(groups))
    assert is_payment_card("-".join(groups))
    assert is_payment_card(".".join(groups))


@pytest.mark.parametrize("number", TEST_NUMBERS)
def test_the_numbers_of_these_tests_are_numbers_of_payment_cards(number: str) -> None:
    assert luhn(number)


@pytest.mark.parametrize(
    "track",
    [
        "%B4111111111111111^DOE/JANE^2812101000000000?",
        ";4111111111111111=28121010000000000?",
        ";1234567890123456=28121010000000000?",  # No known issuer, yet a track.
        "ò4111111111111111'28121010000000000_",  # A reader that believes in another keyboard.
        "4111111111111111=2812",
    ],
)
def test_a_magnetic_stripe_is_recognised(track: str) -> None:
    assert is_payment_card(track)


@pytest.mark.parametrize(
    "text",
    [
        in_digits_from("\uff10", "4111111111111111"),
        in_digits_from("\u0660", "4111 1111 1111 1111"),
        "card 4111111111111111",
        "4111\u00a01111\u20111111\u00a01111",
    ],
)
def test_a_payment_card_does_not_hide_behind_other_writing(text: str) -> None:
    assert is_payment_card(text)


@given(st.text("0123456789", min_size=11, max_size=11))
def test_a_product_that_begins_with_4_is_no_payment_card(digits: str) -> None:
    payload = "4" + digits

    assert not is_payment_card(payload + check_digit(payload))


@given(st.sampled_from(("02", "04", "20", "22", "26", "29")), st.text("0123456789", min_size=10))
def test_a_card_of_the_shop_is_no_payment_card(prefix: str, digits: str) -> None:
    payload = prefix + digits[:10]

    assert not is_payment_card(payload + check_digit(payload))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "4111111111111112",
        "411111111111",
        "1234567812345670",  # Right by Luhn, of no issuer.
        "+4915112345678",
        "0039 333 1234567",
        "anna@example.org",
        "²²²²²²²²²²²²²²²²",
    ],
)
def test_what_is_no_payment_card_is_let_through(text: str) -> None:
    assert not is_payment_card(text)
