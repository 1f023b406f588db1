from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.money import Money, digits_of, divide_half_up, share

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(st.integers(-(10**12), 10**12), weights)
def test_what_is_shared_out_sums_to_the_whole(total: int, parts: list[int]) -> None:
    assert sum(share(total, parts)) == total


@given(st.integers(0, 10**9), weights)
def test_nobody_gets_a_unit_more_or_less_than_a_fair_share(total: int, parts: list[int]) -> None:
    whole = sum(parts)

    for part, weight in zip(share(total, parts), parts, strict=True):
        assert not whole or abs(part * whole - total * weight) < whole


@given(st.integers(0, 10**9), weights)
def test_what_flows_back_is_shared_as_it_was_given(total: int, parts: list[int]) -> None:
    assert share(-total, parts) == tuple(-part for part in share(total, parts))


def test_the_odd_cent_goes_to_the_earlier_of_equals() -> None:
    assert share(100, (1, 1, 1)) == (34, 33, 33)


def test_the_odd_cent_goes_to_the_largest_remainder() -> None:
    assert share(10, (1, 2, 4)) == (1, 3, 6)  # 1.43, 2.86, 5.71


def test_among_lines_worth_nothing_the_first_gets_everything() -> None:
    assert share(7, (0, 0, 0)) == (7, 0, 0)


def test_nothing_is_shared_among_nobody() -> None:
    assert share(0, ()) == ()


def test_something_cannot_be_shared_among_nobody() -> None:
    with pytest.raises(ValueError, match="7 cannot be shared among nobody"):
        share(7, ())


def test_a_line_never_weighs_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="not negative"):
        share(7, (2, -1))


@pytest.mark.parametrize(
    ("amount", "divisor", "rounded"),
    [(1, 2, 1), (3, 2, 2), (14, 10, 1), (15, 10, 2), (16, 10, 2), (0, 3, 0), (7, 1, 7)],
)
def test_halves_of_a_cent_go_up(amount: int, divisor: int, rounded: int) -> None:
    assert divide_half_up(amount, divisor) == rounded


def test_money_of_one_currency_adds_up() -> None:
    assert Money(250, "EUR") + Money(199, "EUR") - Money(449, "EUR") == Money(0, "EUR")


def test_euros_and_francs_are_never_added() -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        Money(250, "EUR") + Money(199, "CHF")

    assert (refused.value.expected, refused.value.found) == ("EUR", "CHF")


@pytest.mark.parametrize("code", ["", "EU", "eur", "EURO", "E1R", "ÈUR", "E R"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    with pytest.raises(ValueError, match="three capital letters"):
        Money(1, code)


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("XOF", 0)])
def test_a_currency_has_the_digits_iso_4217_gives_it(currency: str, digits: int) -> None:
    assert digits_of(currency) == digits
