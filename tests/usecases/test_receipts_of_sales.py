from __future__ import annotations

from pos_loyalty.usecases.sell import sell
from tests.fakes.counter import ANNA, ROSA, WORDS, a_counter, checkout, known, lot, tell
from tests.usecases.deeds import slips


def test_what_expires_next_counts_the_sale_itself() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(5, 1, "2027-03-02")))

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert "Expires on Mar 2, 2027: 15 points" in slips(counter)[0]


def test_the_receipt_says_when_the_balance_was_confirmed_and_what_is_pending() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(100)))
    sell(counter, ROSA, None, checkout(counter, ANNA))

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    (receipt,) = slips(counter)
    assert "20 points of it are recorded here" in receipt
    assert "as of Mar 2, 2026 09:00." in receipt


def test_a_member_who_wants_no_paper_gets_none_and_her_points() -> None:
    counter = a_counter()

    done = sell(counter, ROSA, None, checkout(counter, ANNA))

    assert slips(counter) == []
    assert done.earned == 10
