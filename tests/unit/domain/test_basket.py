from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from pos_loyalty.domain.basket import (
    AMOUNT_MINOR_MAX,
    Basket,
    Line,
    TaxPart,
    Tender,
    TenderKind,
    Wish,
    tax_of,
)
from pos_loyalty.domain.facts import Voucher
from tests.unit.domain.shop import STORE, VAT, basket_of, bought, some_lines

REDUCED = Fraction(10, 100)


def test_the_tax_in_forty_euros_is_seven_twenty_one() -> None:
    assert tax_of((bought(4000),)) == (TaxPart(VAT, 3279, 721),)


def test_tax_is_worked_out_on_the_sum_of_a_rate_and_not_line_by_line() -> None:
    lines = (bought(33), bought(33), bought(33, rate=REDUCED))

    assert tax_of(lines) == (TaxPart(VAT, 54, 12), TaxPart(REDUCED, 30, 3))


@given(some_lines)
def test_base_and_tax_of_all_rates_are_the_total_to_the_cent(lines: tuple[Line, ...]) -> None:
    parts = tax_of(lines)

    assert sum(part.base_minor + part.tax_minor for part in parts) == basket_of(*lines).total_minor
    assert list(parts) == sorted(parts, key=lambda part: part.rate, reverse=True)


@given(some_lines)
def test_every_rate_has_the_tax_nearest_to_the_exact_one(lines: tuple[Line, ...]) -> None:
    for part in tax_of(lines):
        exact = (part.base_minor + part.tax_minor) * part.rate / (1 + part.rate)
        assert abs(part.tax_minor - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("quantity", "price", "gross"),
    [
        ("1", 199, 199),
        ("3", 199, 597),
        ("0.250", 1998, 500),
        ("0.333", 1000, 333),
        ("1E+2", 5, 500),
    ],
)
def test_a_line_is_quantity_times_price_halves_up(quantity: str, price: int, gross: int) -> None:
    assert Line("coffee", price, Decimal(quantity)).gross_minor == gross


def test_what_is_paid_for_a_line_is_less_its_discount() -> None:
    line = Line("coffee", 1250, Decimal(2), discount_minor=500)

    assert line.net_minor == 2000


@pytest.mark.parametrize("quantity", ["0", "-1", "100000.1", "0.0000001", "1E-9999999", "Infinity"])
def test_no_line_has_an_absurd_quantity(quantity: str) -> None:
    with pytest.raises(ValueError, match="a quantity"):
        Line("coffee", 100, Decimal(quantity))


def test_a_quantity_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="a quantity"):
        Line("coffee", 100, Decimal("NaN"))


@pytest.mark.parametrize("price", [-1, AMOUNT_MINOR_MAX + 1])
def test_no_line_has_an_absurd_price(price: int) -> None:
    with pytest.raises(ValueError, match="a price lies"):
        Line("coffee", price)


def test_no_line_comes_to_more_than_the_books_hold() -> None:
    with pytest.raises(ValueError, match="a line comes to at most"):
        Line("coffee", AMOUNT_MINOR_MAX, Decimal(2))


@pytest.mark.parametrize("discount", [-1, 101])
def test_a_discount_is_at_most_the_line(discount: int) -> None:
    with pytest.raises(ValueError, match="a discount lies between 0 and the line's 100"):
        Line("coffee", 100, discount_minor=discount)


@pytest.mark.parametrize("rate", [Fraction(-1, 100), Fraction(101, 100), Fraction(1, 10**7)])
def test_no_line_has_an_absurd_tax_rate(rate: Fraction) -> None:
    with pytest.raises(ValueError, match="a tax rate"):
        Line("coffee", 100, tax_rate=rate)


@pytest.mark.parametrize("name", ["x" * 256, "a\x1bi", "a\x00", "\ud800"])
def test_no_name_of_a_product_hides_commands_to_a_printer(name: str) -> None:
    with pytest.raises(ValueError, match=r"characters"):
        Line(name, 100)


@pytest.mark.parametrize("amount", [-1, AMOUNT_MINOR_MAX + 1])
def test_no_payment_is_negative_or_absurd(amount: int) -> None:
    with pytest.raises(ValueError, match="a payment lies"):
        Tender(TenderKind.CASH, amount)


def test_a_basket_holds_at_most_five_hundred_lines() -> None:
    with pytest.raises(ValueError, match="at most 500 lines, not 501"):
        basket_of(*[bought(1)] * 501)


def test_a_basket_says_in_which_zone_its_time_is() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Basket(datetime(2026, 5, 5), STORE, "EUR", ())  # noqa: DTZ001 - the very mistake


@pytest.mark.parametrize("many", ["codes", "vouchers", "redeem", "tenders"])
def test_a_basket_holds_only_so_many_of_each_thing(many: str) -> None:
    one = {
        "codes": "SPRING",
        "vouchers": Voucher("V1", "cup"),
        "redeem": Wish("cup"),
        "tenders": Tender(TenderKind.CASH, 1),
    }[many]
    changes: dict[str, Any] = {many: (one,) * 51}

    with pytest.raises(ValueError, match="at most 50"):
        replace(basket_of(), **changes)


def test_a_basket_knows_only_so_many_figures() -> None:
    with pytest.raises(ValueError, match="at most 1000 figures"):
        replace(basket_of(), figures={f"stock-{i}": i for i in range(1001)})


@pytest.mark.parametrize("times", [0, 10**6 + 1])
def test_a_reward_is_wished_for_once_at_least_and_not_without_end(times: int) -> None:
    with pytest.raises(ValueError, match="redeemed 1 to"):
        Wish("cup", times)


def test_a_line_has_only_so_many_labels() -> None:
    with pytest.raises(ValueError, match="at most 20 labels"):
        replace(bought(100), labels=("own",) * 21)


def test_a_line_has_a_limit_of_labels() -> None:
    with pytest.raises(ValueError, match="at most 20 labels, not 21"):
        Line("Tea", 100, labels=("organic",) * 21)


@pytest.mark.parametrize("times", [0, -1, 10**6 + 1])
def test_a_reward_is_wished_for_once_at_least_and_not_for_ever(times: int) -> None:
    with pytest.raises(ValueError, match=f"not {times}"):
        Wish("coffee", times)


@pytest.mark.parametrize(
    "many",
    [
        {"codes": ("A",) * 51},
        {"redeem": (Wish("coffee"),) * 51},
        {"figures": {str(number): 1 for number in range(1001)}},
    ],
)
def test_what_comes_with_a_basket_has_its_limits(many: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at most"):
        replace(basket_of(bought(1)), **many)
