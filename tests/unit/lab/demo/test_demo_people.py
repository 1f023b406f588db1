from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import carrier

from pos_loyalty.domain.credentials import OurCard, Product, resolve
from pos_loyalty.domain.gtin import has_check_digit
from pos_loyalty.domain.payment_cards import is_payment_card, luhn
from pos_loyalty.domain.scans import Scan
from pos_loyalty.lab.demo.history import Visit, visits
from pos_loyalty.lab.demo.people import read_people
from pos_loyalty.lab.demo.shop import CATALOGUE, STORE
from pos_loyalty.resources import resource
from pos_loyalty.server.catalogue import read_catalogue
from pos_loyalty.store.told import store_told
from pos_loyalty.usecases.counter import shop_tables

ROME = ZoneInfo("Europe/Rome")
DAYS = tuple(date(2026, 3, 2) + timedelta(days=i) for i in range(100))
TABLES = shop_tables(store_told(STORE))


def test_fifty_people_have_cards_that_only_this_shop_knows() -> None:
    people = read_people()

    assert len({person.card for person in people}) == 50
    for person in people:
        assert resolve(Scan(person.card), TABLES) == OurCard(person.card)
        assert not is_payment_card(person.card)
        assert not luhn(person.card)


def test_nobody_real_has_the_telephone_number_of_an_invented_person() -> None:
    people = read_people()

    assert len({person.phone for person in people}) == 50
    for person in people:
        number = phonenumbers.parse(person.phone)
        assert phonenumbers.is_valid_number(number)
        assert carrier.name_for_number(number, "en") == ""  # Its block was given to no operator.


def test_two_hundred_products_bear_numbers_of_the_range_for_demonstrations() -> None:
    lines = resource(*CATALOGUE).read_text(encoding="utf-8")
    products = read_catalogue(lines, CATALOGUE[-1])

    assert len(products) == len({product.name for product in products}) == 200
    for product in products:
        code = product.sku.removeprefix("0")
        assert len(code) == 13
        assert code.startswith("952")  # Source: GS1 prefixes, "demonstrations and examples".
        assert has_check_digit(code)
        assert resolve(Scan(code), TABLES) == Product(product.sku)
        assert product.category.count("/") == 1
        assert product.tax_rate in {"0.04", "0.05", "0.10", "0.22"}


def test_the_past_is_the_same_every_time() -> None:
    assert story(DAYS, seed=1) == story(DAYS, seed=1)


def test_everybody_joins_once_and_first_and_comes_while_the_shop_is_open() -> None:
    joined: set[int] = set()

    for visit in story(DAYS, seed=2):
        assert visit.joins is (visit.person not in joined)
        joined.add(visit.person)
        assert 8 <= visit.at.astimezone(ROME).hour < 19
        assert visit.at.astimezone(ROME).date() in DAYS
    assert joined == set(range(50))


def test_a_shop_that_opened_yesterday_has_members_already() -> None:
    first_day = story(DAYS[:1], seed=3)

    assert len(first_day) == 50
    assert all(visit.joins for visit in first_day)


def story(days: Sequence[date], *, seed: int) -> tuple[Visit, ...]:
    return visits(days, ROME, 50, Random(seed))  # noqa: S311 - to be the same every time
