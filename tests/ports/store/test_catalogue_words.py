"""A till keeps the words by which programs select products, whatever its store."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from pos_loyalty.domain.basket import Line
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.members import Members, ProductTold
from pos_loyalty.store.folder import open_members
from pos_loyalty.ui.presenters.sale_model import product_line
from pos_loyalty.wire.changes import ProductChanged
from tests.fakes.told_members import tell

COFFEE = ProductChanged(
    sku="08001234567895",
    name="Caffè crema",
    price_minor=1850,
    category="grocery/coffee",
    tax_rate="0.22",
    brand="due-torri",
    labels=("organic", "own-brand"),
    unit="kg",
    cost_minor=990,
)


@pytest.fixture(params=["memory", "sql"])
def members(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Members]:
    if request.param == "memory":
        yield MemoryMembers()
        return
    opened = open_members(tmp_path, b"k" * 32)
    yield opened
    opened.close()


def test_a_product_is_sold_with_the_words_programs_select_it_by(members: Members) -> None:
    tell(members, COFFEE)

    product = members.product(COFFEE.sku)

    assert product is not None
    assert members.products("crema", 1) == (product,)
    assert product_line(product) == Line(
        "Caffè crema",
        1850,
        sku=COFFEE.sku,
        category="grocery/coffee",
        tax_rate=Fraction(22, 100),
        brand="due-torri",
        labels=("organic", "own-brand"),
        unit="kg",
        cost_minor=990,
    )


def test_a_product_of_which_nothing_more_is_told_is_sold_by_the_piece(members: Members) -> None:
    tell(members, COFFEE, ProductChanged(sku=COFFEE.sku, name="Caffè", price_minor=250))

    assert members.product(COFFEE.sku) == ProductTold(
        COFFEE.sku, "Caffè", 250, "", "0", brand="", labels=(), unit="piece", cost_minor=None
    )
