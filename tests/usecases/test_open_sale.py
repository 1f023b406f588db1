from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.open_sale import NOTE, OpenSale, keep_sale, new_sale, resume_sale
from pos_loyalty.usecases.sell import Checkout, sell
from tests.fakes.counter import ANNA, ROSA, WORDS, a_counter

LINES = (
    Line("Coffee", 590, Decimal("0.350"), 5, "C", "grocery/coffee", Fraction(22, 100)),
    Line("", 1000),
)


def restarted(counter: Counter) -> Counter:
    return a_counter(counter.journal, counter.members)


def test_a_sale_in_progress_survives_a_restart_to_the_last_cent() -> None:
    counter = a_counter()
    sale = replace(new_sale(counter), lines=LINES, member=ANNA)

    keep_sale(counter, sale)

    assert resume_sale(restarted(counter)) == sale


def test_a_member_without_a_basket_is_kept_too() -> None:
    counter = a_counter()
    sale = replace(new_sale(counter), member=ANNA)

    keep_sale(counter, sale)

    assert resume_sale(restarted(counter)) == sale


def test_a_sale_that_was_paid_is_not_taken_up_again() -> None:
    counter = a_counter()
    sale = replace(new_sale(counter), lines=LINES)
    keep_sale(counter, sale)
    paid = (Tender(TenderKind.CASH, 5000),)
    sell(counter, ROSA, WORDS, Checkout(sale.sale, LINES, paid, None))

    resumed = resume_sale(counter)

    assert resumed == OpenSale(resumed.sale)
    assert resumed.sale != sale.sale


def test_a_sale_that_was_cleared_is_forgotten() -> None:
    counter = a_counter()
    keep_sale(counter, replace(new_sale(counter), lines=LINES))

    keep_sale(counter, new_sale(counter))

    assert resume_sale(restarted(counter)).lines == ()


@pytest.mark.parametrize("note", ["{", '{"sale": 1}', "[]", "null", '{"quantity": "NaN"}'])
def test_a_note_that_cannot_be_read_is_a_new_sale(note: str) -> None:
    counter = a_counter()
    counter.journal.keep_note(NOTE, note)

    assert resume_sale(counter).lines == ()


def test_every_sale_begins_with_an_id_of_its_own() -> None:
    counter = a_counter()

    assert new_sale(counter).sale != new_sale(counter).sale
