from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.lab.demo.verdict import Books, in_people, in_points, on_paper

CARLA, LIVIA = MemberId(UUID(int=1)), MemberId(UUID(int=2))
NUMBERS = ["1.2", "1.3", "1.4", "1.6", "1.7"]
RECEIPTS = [f"Bottega Verdi\nScontrino      {number}\nTotale  6,54 €" for number in NUMBERS]
BOOKS = Books(sales=(), balances={}, enrolled=(LIVIA,), at_the_counter=LIVIA, unsent=0)


def test_five_sales_on_five_receipts_are_as_they_should_be() -> None:
    assert not list(on_paper(NUMBERS, RECEIPTS))


def test_a_receipt_that_was_never_printed_is_told() -> None:
    told = list(on_paper(NUMBERS, RECEIPTS[:4]))

    assert told == [
        "4 receipts were printed, not 5",
        "the receipt of sale 1.7 was printed 0 times",
    ]


def test_a_receipt_that_was_printed_twice_is_told() -> None:
    told = list(on_paper(NUMBERS, [*RECEIPTS[:4], RECEIPTS[3]]))

    assert "the receipt of sale 1.6 was printed 2 times" in told


def test_a_sale_that_the_till_forgot_is_told() -> None:
    assert "till A holds 4 sales, not 5" in list(on_paper(NUMBERS[:4], RECEIPTS))


def test_a_balance_that_nobody_can_explain_is_told() -> None:
    told = list(in_points("the server", {CARLA: 40, LIVIA: None}, {CARLA: 41, LIVIA: 10}))

    assert told == [
        f"{CARLA} has 40 points by the server, and should have 41",
        f"{LIVIA} has None points by the server, and should have 10",
    ]
    assert not list(in_points("the server", {CARLA: 41}, {CARLA: 41}))


def test_a_pass_that_names_somebody_else_at_the_other_till_is_told() -> None:
    assert not list(in_people(BOOKS, BOOKS))
    assert list(in_people(BOOKS, replace(BOOKS, at_the_counter=CARLA)))
    assert list(in_people(BOOKS, replace(BOOKS, at_the_counter=None)))


def test_an_enrolment_that_was_lost_is_told() -> None:
    assert list(in_people(replace(BOOKS, enrolled=()), BOOKS))
