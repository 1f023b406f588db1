from __future__ import annotations

import pytest

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX
from pos_loyalty.ui.presenters.entry import (
    Amount,
    Code,
    Meaning,
    Nothing,
    Search,
    amount_of,
    meaning,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Nothing()),
        ("  ", Nothing()),
        ("12", Amount(1200)),
        ("12,5", Amount(1250)),
        ("12.50", Amount(1250)),
        (" 12.5 ", Amount(1250)),
        ("12.", Amount(1200)),
        ("999999", Amount(99_999_900)),
        ("1234567", Code("1234567")),
        ("1234567.00", Amount(123_456_700)),
        ("12.555", Code("12.555")),
        ("0", Code("0")),
        ("0.00", Code("0.00")),
        ("-5", Code("-5")),
        ("+393401234567", Code("+393401234567")),
        ("8000070038028", Code("8000070038028")),
        ("LY1:ABC", Code("LY1:ABC")),
        ("c", Nothing()),
        ("co", Search("co")),
        ("咖啡", Search("咖啡")),
        ("7up", Search("7up")),
    ],
)
def test_what_is_typed_is_an_amount_a_code_or_a_name(typed: str, meant: Meaning) -> None:
    assert meaning(typed, "EUR") == meant


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("500", "JPY", 500),
        ("5.0", "JPY", None),
        ("1.234", "KWD", 1234),
        ("1.2345", "KWD", None),
        ("٣", "EUR", 300),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(
    typed: str, currency: str, minor: int | None
) -> None:
    assert amount_of(typed, currency) == minor


def test_an_amount_is_never_more_than_a_basket_takes() -> None:
    assert amount_of("999999999.99", "EUR") is not None
    assert (amount_of("999999999.999", "KWD") or 0) <= AMOUNT_MINOR_MAX
