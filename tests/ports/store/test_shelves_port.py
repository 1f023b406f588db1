"""What every Members tells of products, programs and figures."""

from __future__ import annotations

import pytest

from pos_loyalty.ports.members import Members, ProductTold, UnreadProgram
from pos_loyalty.wire.changes import FiguresChanged, ProductChanged, ProgramPublished
from tests.fakes.told_members import PROGRAM, tell


def test_a_product_is_found_until_it_is_no_longer_sold(members: Members) -> None:
    coffee = ProductChanged(sku="08001234567895", name="Caffè crema", price_minor=450)
    tell(members, coffee)
    assert members.product("08001234567895") == ProductTold(
        "08001234567895", "Caffè crema", 450, "", "0"
    )
    assert [p.sku for p in members.products("CREMA", 5)] == ["08001234567895"]

    tell(members, coffee.model_copy(update={"sold": False}))

    assert members.product("08001234567895") is None
    assert members.products("crema", 5) == ()


def test_nothing_typed_finds_no_product(members: Members) -> None:
    tell(members, ProductChanged(sku="1", name="Bread", price_minor=100))

    assert members.products(" ", 5) == ()


def test_categories_are_told_those_with_most_products_first(members: Members) -> None:
    shelf = (("1", "tea"), ("2", "coffee"), ("3", "coffee"), ("4", ""), ("5", "bread"))
    tell(
        members,
        *(ProductChanged(sku=s, name=s, price_minor=1, category=category) for s, category in shelf),
    )

    assert members.categories(9) == ("coffee", "bread", "tea")
    assert members.categories(1) == ("coffee",)


def test_every_version_of_a_program_is_kept(members: Members) -> None:
    tell(members, *(ProgramPublished(document=PROGRAM % version) for version in (2, 1)))

    assert [(p.id, p.version) for p in members.programs()] == [("bottega", 1), ("bottega", 2)]


@pytest.mark.parametrize("document", ["{", "[]", '{"id": "bottega", "version": 3, "moon": 1}'])
def test_a_program_this_till_cannot_read_stops_nothing(members: Members, document: str) -> None:
    tell(members, ProgramPublished(document=PROGRAM % 1), ProgramPublished(document=document))

    assert [p.version for p in members.programs()] == [1]
    assert members.place().cursor == "c1"


def test_a_newer_program_that_cannot_be_read_is_named_until_a_readable_one_comes(
    members: Members,
) -> None:
    moon = '{"id": "bottega", "version": 3, "moon": 1}'
    tell(members, ProgramPublished(document=PROGRAM % 1), ProgramPublished(document=moon))
    assert members.unread_programs() == (UnreadProgram("bottega", 3),)

    tell(members, ProgramPublished(document=PROGRAM % 4))

    assert members.unread_programs() == ()


def test_the_figures_told_last_take_the_place_of_all_others(members: Members) -> None:
    assert members.figures() == {}
    tell(members, FiguresChanged(figures={"bottega/points-30d-p80": 120, "bottega/used-x": 3}))
    assert members.figures() == {"bottega/points-30d-p80": 120, "bottega/used-x": 3}

    tell(members, FiguresChanged(figures={"bottega/used-x": 4}))
    assert members.figures() == {"bottega/used-x": 4}
    tell(members, FiguresChanged(figures={}))

    assert members.figures() == {}
