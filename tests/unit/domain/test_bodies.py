from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, Line, Tender, TenderKind
from pos_loyalty.domain.bodies import (
    KIND_OF,
    KINDS,
    Body,
    Enrolled,
    OfferMet,
    ProfileChanged,
    ShiftClosed,
    ShiftOpened,
    member_of,
)
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.ids import MemberId, ProgramId, StoreId, Unit
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.scoring import (
    LEFT_MAX,
    POINTS_MAX,
    Earned,
    Left,
    ProgramVersion,
    Scored,
)
from tests.unit.domain.shop import ANNA, NOON, STORE, acted, bought, sold_to

COFFEE = sold_to(ANNA, bought(2500), bought(1500))
POINTS = Unit("bottega/points")


def test_every_kind_of_event_has_one_body_and_every_body_one_kind() -> None:
    assert set(KINDS) == set(Kind)
    assert {KIND_OF[body] for body in KINDS.values()} == set(Kind)


@pytest.mark.parametrize("points", [0, -1, POINTS_MAX + 1])
def test_a_sale_earns_points_or_says_nothing_of_them(points: int) -> None:
    with pytest.raises(ValueError, match="an event earns 1 to"):
        Earned(POINTS, points, line_points=(points,))


def test_a_line_takes_no_points_away() -> None:
    with pytest.raises(ValueError, match="takes no points away"):
        Earned(POINTS, 10, line_points=(11, -1))


def test_the_points_of_the_lines_are_those_of_the_sale() -> None:
    with pytest.raises(ValueError, match="do not sum to 10"):
        Earned(POINTS, 10, line_points=(4, 5))


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


@pytest.mark.parametrize("version", [0, 2**31])
def test_a_sale_names_the_very_rules_it_was_scored_by(version: int) -> None:
    with pytest.raises(ValueError, match=f"no program has the version {version}"):
        ProgramVersion(ProgramId("bottega"), version)


def test_a_sale_gives_one_lot_of_each_unit() -> None:
    with pytest.raises(ValueError, match="one lot of each unit"):
        Scored(
            ProgramVersion(ProgramId("bottega"), 3), earned=(Earned(POINTS, 1), Earned(POINTS, 2))
        )


@pytest.mark.parametrize(
    "left",
    [
        {"uses": ("a",) * (LEFT_MAX + 1)},
        {"goals": {str(n): 1 for n in range(LEFT_MAX + 1)}},
        {"goals": {"card": -1}},
        {"capped": {"daily": POINTS_MAX + 1}},
        {"carried": {"points": Fraction(-1, 100)}},
        {"carried": {"points": Fraction(POINTS_MAX + 1)}},
        {"uses": ("\x00",)},
        {"goals": {"\x00": 1}},
        {"tier": "\x00"},
        {"vouchers": (Voucher("\x00", "coffee"),)},
        {"vouchers": (Voucher("A", "\x00"),)},
    ],
)
def test_what_a_sale_leaves_behind_has_its_limits(left: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"an event leaves|control characters"):
        Left(**left)


def test_a_sale_may_leave_much_behind() -> None:
    most = Left(goals={"card": POINTS_MAX}, carried={"points": Fraction(POINTS_MAX)})

    assert most.goals["card"] == most.carried["points"]


def test_what_the_program_takes_off_is_not_paid() -> None:
    sold = replace(COFFEE, discounts_minor=(250, 0), tenders=(Tender(TenderKind.CASH, 3750),))

    assert sold.total_minor == 3750
    assert sold.paid_minor == (2250, 1500)
    assert COFFEE.paid_minor == (2500, 1500)


@pytest.mark.parametrize(
    ("discounts", "why"),
    [
        ((250,), "1 discounts for 2 lines"),
        ((-1, 0), "takes 0 to 2500 off a line, not -1"),
        ((0, 1501), "takes 0 to 1500 off a line, not 1501"),
    ],
)
def test_a_program_takes_no_more_off_than_there_is(discounts: tuple[int, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(COFFEE, discounts_minor=discounts)


def test_a_sale_has_a_limit_of_codes() -> None:
    with pytest.raises(ValueError, match="at most 500 lines"):
        replace(COFFEE, codes=("A",) * 501)


RATED = acted("feedback")


@pytest.mark.parametrize("score", [0, 6])
def test_things_are_rated_from_one_to_five(score: int) -> None:
    with pytest.raises(ValueError, match="a score lies between 1 and 5"):
        replace(RATED, scores=(("delivery", score),))


def test_a_rating_is_short() -> None:
    with pytest.raises(ValueError, match="at most 20 things"):
        replace(RATED, scores=(("delivery", 5),) * 21)


@pytest.mark.parametrize(
    "changes",
    [
        {"activity": "\x1b"},
        {"store": "\x00"},
        {"zone": "Europe/Bologna"},
        {"scores": (("\x00", 5),)},
    ],
)
def test_what_an_activity_says_can_be_kept(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"control characters|no time zone"):
        replace(RATED, **changes)


def test_an_activity_may_be_rated_in_every_way() -> None:
    scores = (("delivery", 1), ("hygiene", 5))

    assert replace(RATED, scores=scores).scores == scores


SHOWN = OfferMet(ANNA, "news", Response.SHOWN, STORE, answer=0)


@pytest.mark.parametrize(
    "changes", [{"answer": -1}, {"answer": 5}, {"offer": "\x00"}, {"store": "\x00"}]
)
def test_what_is_said_of_an_offer_can_be_kept(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"at most 5 answers|control characters"):
        replace(SHOWN, **changes)


TOLD = ProfileChanged(ANNA, STORE, "ab" * 32, "fish", "birthday")


@pytest.mark.parametrize(
    "changes",
    [
        {"record_digest": "xy" * 32},
        {"favourite_category": "\x00"},
        {"do_not_ask": "\x00"},
        {"store": "\x00"},
    ],
)
def test_what_a_member_tells_of_herself_can_be_kept(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"hexadecimal|control characters"):
        replace(TOLD, **changes)


@pytest.mark.parametrize(
    ("body", "member"),
    [
        (COFFEE, ANNA),
        (replace(COFFEE, member=None, scored=None), None),
        (RATED, ANNA),
        (SHOWN, ANNA),
        (TOLD, ANNA),
        (Enrolled(ANNA, STORE, NOON.date(), "00" * 32, Consent("v1", given=True), ""), ANNA),
        (ShiftOpened(STORE, NOON.date()), None),
        (None, None),
    ],
)
def test_an_event_says_whom_it_is_about(body: Body | None, member: MemberId | None) -> None:
    assert member_of(body) == member


@pytest.mark.parametrize("sales", [-1, 10**6 + 1])
def test_a_shift_makes_as_many_sales_as_a_shift_can(sales: int) -> None:
    with pytest.raises(ValueError, match="no shift makes"):
        ShiftClosed(STORE, sales)


@pytest.mark.parametrize("digest", ["", "AB" * 32, "ab" * 31])
def test_an_enrolment_tells_a_digest_in_hexadecimal(digest: str) -> None:
    with pytest.raises(ValueError, match="told in hexadecimal"):
        Enrolled(ANNA, STORE, NOON.date(), digest, Consent("v1", given=True), "")
