from __future__ import annotations

from dataclasses import replace

import pytest

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, Line, Tender, TenderKind
from pos_loyalty.domain.bodies import KIND_OF, KINDS, POINTS_MAX, Earned
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import StoreId, Unit
from tests.unit.domain.shop import ANNA, bought, sold_to

COFFEE = sold_to(ANNA, bought(2500), bought(1500))
POINTS = Unit("bottega/points")


def test_every_kind_of_event_has_one_body_and_every_body_one_kind() -> None:
    assert set(KINDS) == set(Kind)
    assert {KIND_OF[body] for body in KINDS.values()} == set(Kind)


@pytest.mark.parametrize("points", [0, -1, POINTS_MAX + 1])
def test_a_sale_earns_points_or_says_nothing_of_them(points: int) -> None:
    with pytest.raises(ValueError, match="a sale earns 1 to"):
        Earned(POINTS, points, None, (points,))


def test_a_line_takes_no_points_away() -> None:
    with pytest.raises(ValueError, match="takes no points away"):
        Earned(POINTS, 10, None, (11, -1))


def test_the_points_of_the_lines_are_those_of_the_sale() -> None:
    with pytest.raises(ValueError, match="do not sum to 10"):
        Earned(POINTS, 10, None, (4, 5))


def test_a_sale_comes_to_the_sum_of_its_lines() -> None:
    assert COFFEE.total_minor == 4000


def test_only_a_member_earns_points() -> None:
    with pytest.raises(ValueError, match="only a member earns"):
        replace(COFFEE, member=None)


def test_each_line_says_what_it_earned() -> None:
    with pytest.raises(ValueError, match="2 lines earn, 1 were sold"):
        replace(COFFEE, lines=(bought(4000),))


def test_goods_that_are_not_paid_for_are_not_sold() -> None:
    with pytest.raises(ValueError, match="3999 was paid for 4000"):
        replace(COFFEE, tenders=(Tender(TenderKind.CASH, 3999),))


def test_one_sale_may_be_paid_in_several_ways() -> None:
    tenders = (Tender(TenderKind.CARD, 3000), Tender(TenderKind.CASH, 2000))

    assert replace(COFFEE, tenders=tenders).tenders == tenders


@pytest.mark.parametrize(("lines", "tenders"), [(501, 1), (1, 51)], ids=["501 lines", "51 tenders"])
def test_a_sale_has_a_limit_of_lines_and_of_tenders(lines: int, tenders: int) -> None:
    with pytest.raises(ValueError, match="at most 500 lines and 50 tenders"):
        replace(
            COFFEE,
            lines=(bought(1),) * lines,
            tenders=(Tender(TenderKind.CASH, 501),) * tenders,
        )


def test_a_sale_comes_to_no_more_than_the_books_hold() -> None:
    fortune = Line("a palace", AMOUNT_MINOR_MAX)

    with pytest.raises(ValueError, match="a sale comes to at most"):
        replace(COFFEE, lines=(fortune, fortune))


@pytest.mark.parametrize("currency", ["eur", "€"])
def test_a_sale_is_in_a_currency_there_is(currency: str) -> None:
    with pytest.raises(ValueError, match="three capital letters"):
        replace(COFFEE, currency=currency)


def test_a_sale_happens_in_a_time_zone_there_is() -> None:
    with pytest.raises(ValueError, match="'Europe/Bologna' is no time zone"):
        replace(COFFEE, zone="Europe/Bologna")


def test_what_a_sale_says_has_no_control_characters() -> None:
    with pytest.raises(ValueError, match="control characters"):
        replace(COFFEE, store=StoreId("bologna\x00"))
