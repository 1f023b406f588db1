"""What a shop's owner may set up, and what is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, select, text

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.server import admin
from pos_loyalty.server.admin import NewStaff
from pos_loyalty.server.catalogue import read_catalogue, read_product
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.tables import metadata, staff
from pos_loyalty.server.tills import add_till, list_tills, revoke_till
from pos_loyalty.wire.changes import (
    StoreChanged,
)
from pos_loyalty.wire.pins import pin_matches
from tests.server.shop import OPENING, PROGRAM, Shop


def store(name: str = "milano", **changes: str) -> StoreChanged:
    told = {"zone": "Europe/Rome", "currency": "EUR", "language": "it", "region": "IT"} | changes
    return StoreChanged(store=name, name="Milano", **told)


def change(engine: Engine, what: Callable[[Connection], object]) -> None:
    with engine.begin() as connection:
        what(connection)


def refusal(engine: Engine, what: Callable[[Connection], object]) -> str:
    with pytest.raises(Refusal) as refused:
        change(engine, what)
    assert refused.value.sentence.endswith((".", "`.", "!"))
    return refused.value.code


def test_a_store_can_be_added_changed_and_listed(engine: Engine) -> None:
    change(engine, lambda c: admin.put_store(c, store()))
    change(engine, lambda c: admin.put_store(c, store(language="en")))

    with engine.begin() as connection:
        assert admin.list_stores(connection) == (store(language="en"),)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (store("Milano Centro"), "wrong_store"),
        (store(""), "wrong_store"),
        (store(zone="Europe/Milano"), "unknown_zone"),
        (store(zone="../etc/passwd"), "unknown_zone"),
        (store(currency="euro"), "wrong_currency"),
        (store(region="it"), "wrong_region"),
    ],
)
def test_a_store_that_cannot_be_is_refused(engine: Engine, wrong: StoreChanged, code: str) -> None:
    assert refusal(engine, lambda c: admin.put_store(c, wrong)) == code


def test_a_pin_is_kept_as_a_hash_only(shop: Shop) -> None:
    anna = NewStaff("bologna", "anna", "Anna R.", "cashier", "4711")
    change(shop.engine, lambda c: admin.put_staff(c, anna))

    with shop.engine.begin() as connection:
        kept = connection.execute(select(staff.c.pin_hash)).scalar_one()

    assert kept.startswith("$argon2id$")
    assert pin_matches(kept, "4711")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (NewStaff("bologna", "anna", "Anna", "boss", "4711"), "unknown_role"),
        (NewStaff("bologna", "anna", "Anna", "cashier", "12"), "wrong_pin"),
        (NewStaff("bologna", "anna", "Anna", "cashier", "four"), "wrong_pin"),
        (NewStaff("nowhere", "anna", "Anna", "cashier", "4711"), "unknown_store"),
        (NewStaff("bologna", "Anna R.", "Anna", "cashier", "4711"), "wrong_staff"),
    ],
)
def test_staff_that_cannot_be_is_refused(shop: Shop, wrong: NewStaff, code: str) -> None:
    assert refusal(shop.engine, lambda c: admin.put_staff(c, wrong)) == code


def test_a_published_version_is_for_ever(shop: Shop) -> None:
    def publish(points: int) -> Callable[[Connection], object]:
        document = PROGRAM.format(version=1, points=points)
        return lambda c: admin.publish_program(c, document, "bottega.toml", OPENING)

    change(shop.engine, publish(1))  # The same again changes nothing.
    assert refusal(shop.engine, publish(2)) == "version_taken"

    with shop.engine.begin() as connection:
        lines = admin.list_programs(connection)
    assert [(line.program, line.version) for line in lines] == [("bottega", 1)]


def test_a_program_with_a_typing_mistake_is_not_published(shop: Shop) -> None:
    document = PROGRAM.format(version=2, points=1).replace("step =", "stepp =")

    with pytest.raises(WrongDocument, match="stepp"), shop.engine.begin() as c:
        admin.publish_program(c, document, "bottega.toml", OPENING)

    assert shop.rows("SELECT version FROM programs") == [(1,)]


def test_a_till_is_listed_from_its_code_to_its_end(shop: Shop) -> None:
    def states() -> list[str]:
        with shop.engine.begin() as connection:
            return [line.state for line in list_tills(connection, shop.now[0])]

    shop.code(till="Till 2")
    assert states() == ["waiting"]
    till = shop.till()
    assert states() == ["enrolled", "waiting"]
    change(shop.engine, lambda c: revoke_till(c, till.terminal, OPENING))
    change(shop.engine, lambda c: revoke_till(c, till.terminal, OPENING))
    assert states() == ["revoked", "waiting"]


def test_a_till_that_is_there_is_not_added_again_until_it_is_revoked(shop: Shop) -> None:
    till = shop.till()

    assert refusal(shop.engine, lambda c: add_till(c, "bologna", "Till 1", OPENING)) == (
        "till_exists"
    )
    assert refusal(shop.engine, lambda c: add_till(c, "nowhere", "Till 1", OPENING)) == (
        "unknown_store"
    )
    change(shop.engine, lambda c: revoke_till(c, till.terminal, OPENING))
    assert shop.till().terminal != till.terminal


def test_a_code_is_kept_as_a_hash_only(shop: Shop) -> None:
    code = shop.code()

    kept = repr(shop.rows("SELECT * FROM enrolment_codes"))

    assert code not in kept
    assert code.replace("-", "") not in kept


@pytest.mark.parametrize(
    ("change_", "code"),
    [
        (lambda c: admin.revoke_staff(c, "bologna", "nobody"), "unknown_staff"),
        (lambda c: admin.revoke_product(c, "nothing"), "unknown_product"),
        (lambda c: admin.revoke_channel(c, "none", OPENING), "unknown_channel"),
        (lambda c: admin.add_channel(c, "Web Shop"), "wrong_channel"),
    ],
)
def test_what_is_not_there_cannot_be_revoked(
    shop: Shop, change_: Callable[[Connection], object], code: str
) -> None:
    assert refusal(shop.engine, change_) == code


def test_a_channel_is_opened_once(shop: Shop) -> None:
    change(shop.engine, lambda c: admin.add_channel(c, "web-shop"))

    assert refusal(shop.engine, lambda c: admin.add_channel(c, "web-shop")) == "channel_exists"
    with shop.engine.begin() as connection:
        assert [line.revoked for line in admin.list_channels(connection)] == [False]


def test_a_catalogue_is_read_from_the_file_people_keep() -> None:
    lines = (
        "\ufeffsku,name,price_minor,category,tax_rate",
        "8001120891235,Caffè,250,bar,0.22",
        "A-1,Bag,10,,",
    )

    coffee, bag = read_catalogue("\n".join(lines), "catalogue.csv")

    assert (coffee.sku, coffee.name, coffee.price_minor) == ("08001120891235", "Caffè", 250)
    assert (coffee.category, coffee.tax_rate) == ("bar", "0.22")
    assert (bag.sku, bag.category, bag.tax_rate, bag.sold) == ("A-1", "", "0", True)


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("", "line 1"),
        ("sku,name\n", "line 1"),
        ("sku,name,price_minor,colour\n", "line 1"),
        ("sku,name,price_minor,sku\n", "line 1"),
        ("sku,name,price_minor\nA,Bag\n", "line 2"),
        ("sku,name,price_minor\nA,Bag,1,2\n", "line 2"),
        ("sku,name,price_minor\nA,Bag,1.50\n", "line 2, price_minor"),
        ("sku,name,price_minor\nA,Bag,-1\n", "line 2, price_minor"),
        ("sku,name,price_minor\nA,Bag,9999999999999999\n", "line 2, price_minor"),
        ("sku,name,price_minor\nA,Bag,٣\n", "line 2, price_minor"),
        ("sku,name,price_minor\nA B,Bag,1\n", "line 2, sku"),
        ("sku,name,price_minor\n8001120891236,Bag,1\n", "line 2, sku"),
        ("sku,name,price_minor\nA,,1\n", "line 2, name"),
        ("sku,name,price_minor\nA,Bag\x1b,1\n", "line 2, name"),
        ("sku,name,price_minor\nA,Bag,1\nA,Bag,1\n", "line 3, sku"),
        ("sku,name,price_minor,tax_rate\nA,Bag,1,22\n", "line 2, tax_rate"),
        ("sku,name,price_minor,tax_rate\nA,Bag,1,1/0\n", "line 2, tax_rate"),
        ('sku,name,price_minor\nA,"Bag,1\n', "line 2"),
    ],
)
def test_a_catalogue_with_a_mistake_names_its_line_and_column(lines: str, path: str) -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_catalogue(lines, "catalogue.csv")

    assert (wrong.value.file, wrong.value.path) == ("catalogue.csv", path)


def test_a_barcode_printed_in_thirteen_digits_is_the_product_of_fourteen() -> None:
    fields = {"sku": "8001120891235", "name": "Caffè", "price_minor": "250"}

    assert read_product(fields).sku == "08001120891235"


def test_the_tables_in_the_code_are_the_tables_in_the_database(engine: Engine) -> None:
    query = text(
        "SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull FROM pg_attribute "
        "WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 ORDER BY attnum"
    )
    described, found = {}, {}
    with engine.connect() as connection:
        for name, table in metadata.tables.items():
            described[name] = [
                (c.name, c.type.compile(dialect=engine.dialect).lower(), not c.nullable)
                for c in table.columns
            ]
            rows = connection.execute(query, {"table": name})
            found[name] = [(row.attname, row.type, row.attnotnull) for row in rows]

    assert found == described


def test_no_two_people_of_a_store_have_one_pin(shop: Shop) -> None:
    first = NewStaff("bologna", "anna", "Anna", "cashier", "7391")
    change(shop.engine, lambda c: admin.put_staff(c, first))
    change(shop.engine, lambda c: admin.put_staff(c, replace(first, name="Anna R.")))  # Her own.
    same = replace(first, staff="berta", name="Berta")

    assert refusal(shop.engine, lambda c: admin.put_staff(c, same)) == "pin_taken"

    change(shop.engine, lambda c: admin.revoke_staff(c, "bologna", "anna"))
    change(shop.engine, lambda c: admin.put_staff(c, same))
