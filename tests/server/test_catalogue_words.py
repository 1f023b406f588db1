"""The catalogue carries the words that programs select products by."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.server import admin
from pos_loyalty.server.catalogue import read_catalogue
from pos_loyalty.wire.changes import ProductChanged
from tests.server.shop import Shop

HEADING = "sku,name,price_minor,category,tax_rate,brand,labels,unit,cost_minor"


def test_a_file_tells_brand_labels_unit_and_cost() -> None:
    lines = (
        HEADING,
        "A-1,Caffè,1850,bar,0.22,due-torri,organic; own-brand;organic,kg,990",
        "A-2,Bag,10,,,,,,",
    )

    coffee, bag = read_catalogue("\n".join(lines), "catalogue.csv")

    assert (coffee.brand, coffee.labels) == ("due-torri", ("organic", "own-brand"))
    assert (coffee.unit, coffee.cost_minor) == ("kg", 990)
    assert (bag.brand, bag.labels, bag.unit, bag.cost_minor) == ("", (), "piece", None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("brand", "a\x1b"),
        ("unit", "k" * 256),
        ("labels", ";".join(f"label-{n}" for n in range(21))),
        ("labels", "l" * 65),
        ("labels", "own\x1bbrand"),
        ("cost_minor", "9.90"),
        ("cost_minor", "-1"),
    ],
)
def test_a_mistake_in_such_a_word_is_told_with_its_column(column: str, value: str) -> None:
    lines = f"sku,name,price_minor,{column}\nA-1,Caffè,250,{value}\n"

    with pytest.raises(WrongDocument) as wrong:
        read_catalogue(lines, "catalogue.csv")

    assert wrong.value.path == f"line 2, {column}"


def test_no_label_holds_what_stands_between_labels() -> None:
    with pytest.raises(ValidationError):
        ProductChanged(sku="A-1", name="Caffè", price_minor=250, labels=("a;b",))


def test_every_till_pulls_what_the_shop_says_of_a_product(shop: Shop) -> None:
    coffee = ProductChanged(
        sku="A-1",
        name="Caffè",
        price_minor=1850,
        brand="due-torri",
        labels=("organic", "own-brand"),
        unit="kg",
        cost_minor=990,
    )
    bag = ProductChanged(sku="A-2", name="Bag", price_minor=10)
    with shop.engine.begin() as connection:
        admin.put_products(connection, [coffee, bag])
        assert admin.list_products(connection) == (coffee, bag)

    till = shop.till()
    changes, cursor = till.pull_all()
    assert [c for c in changes if isinstance(c, ProductChanged)] == [coffee, bag]

    plain = ProductChanged(sku="A-1", name="Caffè", price_minor=1850)
    with shop.engine.begin() as connection:
        admin.put_products(connection, [plain])
    assert till.pull_all(cursor)[0][-1] == plain
