"""What a program takes off a sale, and what it starts: discounts, memberships, notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.facts import PaidMembership
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.quote import Asked, offer
from pos_loyalty.usecases.sell import Checkout, NotPaid, PaidTooMuch, sell
from pos_loyalty.usecases.standing import see
from tests.fakes.counter import ANNA, ROSA, WORDS, a_counter, a_program, known, new_id, tell
from tests.usecases.deeds import events, slips

BREAD_PRICE = """
[[rules]]
id = "bread-price"
text = { en = "member price" }
then = { kind = "member_price", price_minor = 280, lines = { skus = ["BREAD"] } }
"""
PLUS = """
[[memberships]]
id = "plus"
text = { en = "Bottega Plus" }
sku = "PLUS"
fee_minor = 1000
months = 12
"""
BREAD = Line("Bread", 320, sku="BREAD")
SOAP = Line("Soap", 180, sku="SOAP")
CLUB = Line("Bottega Plus, one year", 1000, sku="PLUS")


def a_shop(more: str, past: Past | None = NO_PAST) -> Counter:
    counter = a_counter()
    tell(counter, a_program(2, more=more), known(past=past))
    return counter


def paid(
    counter: Counter, lines: Sequence[Line], amount_minor: int, kind: TenderKind = TenderKind.CASH
) -> Checkout:
    return Checkout(new_id(counter), tuple(lines), (Tender(kind, amount_minor),), ANNA)


def test_what_the_program_takes_off_is_recorded_line_by_line() -> None:
    counter = a_shop(BREAD_PRICE)

    done = sell(counter, ROSA, WORDS, paid(counter, (SOAP, BREAD), 500))

    (sold,) = events(counter, Sold)
    assert (sold.discounts_minor, sold.total_minor) == ((0, 40), 460)
    assert (done.total_minor, done.change_minor, done.earned) == (460, 40, 4)
    assert "member price -0.40" in slips(counter)[0]


def test_the_price_of_the_shelf_is_not_asked_of_a_member() -> None:
    counter = a_shop(BREAD_PRICE)

    with pytest.raises(NotPaid) as refused:
        sell(counter, ROSA, WORDS, paid(counter, (BREAD,), 200))

    assert refused.value.missing_minor == 80


def test_by_card_nothing_is_taken_that_is_not_to_pay() -> None:
    counter = a_shop(BREAD_PRICE)

    with pytest.raises(PaidTooMuch) as refused:
        sell(counter, ROSA, WORDS, paid(counter, (BREAD,), 320, TenderKind.CARD))

    assert refused.value.to_pay_minor == 280
    assert events(counter, Sold) == []


def test_the_screen_says_what_a_member_would_save_before_anybody_is_known() -> None:
    offered = offer(a_shop(BREAD_PRICE), Asked((BREAD,)))

    assert offered.quote.to_pay_minor == 320
    assert offered.teaser is not None
    assert (offered.teaser.to_pay_minor, offered.teaser.points("points")) == (280, 2)


def test_nothing_is_teased_of_what_is_known_already() -> None:
    counter = a_shop(BREAD_PRICE)

    assert offer(counter, Asked((BREAD,), see(counter, ANNA))).teaser is None


def test_a_membership_begins_with_its_sale_and_says_until_when() -> None:
    counter = a_shop(PLUS)

    sell(counter, ROSA, WORDS, paid(counter, (CLUB,), 1000))

    past = see(counter, ANNA).past
    assert past is not None
    assert past.membership == PaidMembership("plus", date(2027, 3, 1))
    assert "Bottega Plus until Mar 1, 2027" in slips(counter)[0]


def test_a_membership_renewed_goes_on_where_the_old_one_ends() -> None:
    counter = a_shop(PLUS, Past(membership=PaidMembership("plus", date(2026, 3, 20))))

    sell(counter, ROSA, WORDS, paid(counter, (CLUB,), 1000))

    assert "Bottega Plus until Mar 20, 2027" in slips(counter)[0]


def test_a_purchase_without_the_membership_does_not_speak_of_it() -> None:
    counter = a_shop(PLUS, Past(membership=PaidMembership("plus", date(2026, 3, 20))))

    sell(counter, ROSA, WORDS, paid(counter, (BREAD,), 320))

    assert "Bottega Plus" not in slips(counter)[0]
