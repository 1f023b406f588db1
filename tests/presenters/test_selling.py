from __future__ import annotations

import pytest

from pos_loyalty.domain.scans import Scan
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.member import MemberState, NobodyState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.states.why import WhyState
from tests.fakes.counter import (
    ANNA,
    BORIS,
)
from tests.presenters.rig import ANNAS_CARD, BORISS_CARD, EAN, Rig, a_till_two_members_know


@pytest.fixture
def till() -> Rig:
    return a_till_two_members_know()


def test_scan_amount_enter_is_a_sale(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.type("12.50")
    till.enter()

    (sold,) = till.sales()
    assert (sold.total_minor, sold.member) == (1250, ANNA)
    assert till.done[-2:] == ["committed", "drawer"]
    assert till.shown.done is not None
    assert [figure.value for figure in till.shown.done.figures] == [
        "300 points",
        "+12 points",
        "312 points",
    ]


def test_the_line_for_typing_says_before_that_enter_takes_the_money(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.type("12")

    meaning = till.shown.basket.entry.meaning
    assert meaning is not None
    assert meaning.text == "Enter takes €12.00 in cash; + only adds it"


def test_scan_amount_enter_may_be_quicker_than_the_disk(till: Rig) -> None:
    till.till.scanned(Scan(ANNAS_CARD))
    till.sale.typed("8")
    till.sale.enter()
    till.asks.work()

    (sold,) = till.sales()
    assert (sold.total_minor, sold.member) == (800, ANNA)


def test_an_amount_without_a_member_waits_in_the_basket(till: Rig) -> None:
    till.type("12")
    till.enter()

    assert till.sales() == []
    assert till.shown.payment.total == "€12.00"
    assert till.shown.payment.earned_note == "A member would earn 12 points"


def test_a_plus_puts_an_amount_in_and_leaves_the_money_alone(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.type("12+")
    till.type("3+")

    assert till.sales() == []
    assert [line.amount for line in till.shown.basket.lines] == ["12.00", "3.00"]


@pytest.mark.parametrize("presses", [2, 5])
def test_enter_held_down_is_one_sale(till: Rig, presses: int) -> None:
    till.scan(EAN)
    for _ in range(presses):
        till.sale.enter()
    till.asks.work()

    assert len(till.sales()) == 1
    assert till.done.count("drawer") == 1


def test_nothing_changes_a_basket_while_its_money_is_taken(till: Rig) -> None:
    till.scan(EAN)
    till.sale.enter()
    till.sale.more(0)
    till.sale.remove(0)
    till.sale.cancel()
    till.sale.remove_member()
    till.sale.payment.card()
    till.sale.payment.give_cash()
    till.asks.work()

    (sold,) = till.sales()
    assert [line.quantity for line in sold.lines] == [1]
    assert till.shown.done is not None


def test_what_is_scanned_while_the_money_is_taken_belongs_to_the_next_sale(till: Rig) -> None:
    till.scan(EAN)
    till.sale.enter()
    till.till.scanned(Scan(EAN))
    till.sale.typed("4")
    till.asks.work()

    assert len(till.sales()) == 1
    assert [line.name for line in till.shown.basket.lines] == ["Coffee 250 g"]
    assert till.shown.basket.entry.text == "4"
    assert till.shown.done is None


def test_two_products_scanned_at_once_are_both_in_the_basket(till: Rig) -> None:
    till.till.scanned(Scan(EAN))
    till.till.scanned(Scan("BREAD"))
    till.till.scanned(Scan(EAN))
    till.asks.work()

    assert [(line.name, line.quantity) for line in till.shown.basket.lines] == [
        ("Coffee 250 g", "2"),
        ("Bread", "1"),
    ]


def test_money_is_not_taken_for_less_than_what_was_scanned(till: Rig) -> None:
    till.scan("BREAD")
    till.till.scanned(Scan(EAN))
    till.sale.enter()
    till.asks.work()

    assert till.sales() == []
    assert till.shown.payment.total == "€9.10"
    till.enter()
    assert till.sales()[0].total_minor == 910


def test_of_two_cards_scanned_quickly_the_second_stands_there(till: Rig) -> None:
    till.till.scanned(Scan(ANNAS_CARD))
    till.till.scanned(Scan(BORISS_CARD))
    till.asks.work()

    assert till.model.sale.member == BORIS
    assert isinstance(till.shown.member, MemberState)
    assert till.shown.member.greeting == "Hello, Boris"


def test_a_card_and_a_product_scanned_at_once_are_both_there(till: Rig) -> None:
    till.till.scanned(Scan(ANNAS_CARD))
    till.till.scanned(Scan(EAN))
    till.asks.work()

    assert (till.model.sale.member, len(till.model.lines)) == (ANNA, 1)


def test_another_member_takes_over_the_basket(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.scan(BORISS_CARD)
    till.enter()

    (sold,) = till.sales()
    assert (sold.member, len(sold.lines)) == (BORIS, 1)


def test_a_sale_goes_on_without_the_member(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.sale.remove_member()
    till.asks.work()

    assert isinstance(till.shown.member, NobodyState)
    till.enter()
    assert till.sales()[0].member is None


def test_an_amount_half_typed_outlives_a_scan(till: Rig) -> None:
    till.type("12")
    till.scan(ANNAS_CARD)

    assert till.shown.basket.entry.text == "12"


def test_a_member_is_asked_for_nothing_more_than_her_name(till: Rig) -> None:
    till.scan(ANNAS_CARD)

    assert till.shown.member == MemberState(
        greeting="Hello, Anna Bianchi",
        initial="A",
        balance="300",
        unit="points",
        facts=till.shown.member.facts if isinstance(till.shown.member, MemberState) else (),
    )


def test_the_next_sale_begins_with_the_next_scan(till: Rig) -> None:
    till.scan(EAN)
    till.enter()
    till.scan("BREAD")

    assert till.shown.done is None
    assert [line.name for line in till.shown.basket.lines] == ["Bread"]


def test_a_receipt_that_was_quicker_than_the_screen_is_shown_as_printed(till: Rig) -> None:
    till.scan(EAN)
    sale = till.model.sale.sale
    till.sale.enter()
    till.till.paper(sale, Paper.PRINTED)
    till.asks.work()

    assert till.shown.done is not None
    assert till.shown.done.receipt.text == "Receipt printed"


def test_products_are_found_by_a_part_of_their_name(till: Rig) -> None:
    till.type("cof")

    entry = till.shown.basket.entry
    assert [one.name for one in entry.suggestions] == ["Coffee 250 g"]
    till.enter()
    assert [line.name for line in till.shown.basket.lines] == ["Coffee 250 g"]
    assert till.shown.basket.entry.text == ""


def test_products_found_for_what_is_no_longer_typed_are_not_offered(till: Rig) -> None:
    till.sale.typed("cof")
    till.sale.typed("12")
    till.asks.work()

    assert till.shown.basket.entry.suggestions == ()


def test_a_name_is_called_unknown_only_when_it_was_looked_for(till: Rig) -> None:
    till.sale.typed("xyz")
    assert till.shown.basket.entry.meaning is None

    till.asks.work()

    meaning = till.shown.basket.entry.meaning
    assert meaning is not None
    assert meaning.text == "No product has this name"


def test_the_arrow_keys_choose_a_line_and_delete_takes_it_out(till: Rig) -> None:
    till.scan(EAN)
    till.scan("BREAD")
    till.sale.moved(-1)
    assert till.shown.basket.current == 0

    till.sale.remove()

    assert [line.name for line in till.shown.basket.lines] == ["Bread"]


def test_plus_and_minus_of_a_line(till: Rig) -> None:
    till.scan(EAN)
    till.sale.more(0)
    assert till.shown.basket.lines[0].quantity == "2"
    till.sale.less(0)
    till.sale.less(0)
    assert till.shown.basket.lines == ()


def test_a_line_says_how_often_it_counts(till: Rig) -> None:
    till.scan(EAN)

    assert till.shown.basket.lines[0].note == "counts 2 times"


def test_why_explains_every_rule(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.type("12+")
    till.till.open_panel(Panel.WHY)

    assert isinstance(till.side, WhyState)
    assert [rule.applied for rule in till.side.rules] == [True, False]
    assert till.shown.payment.earned_tone is Tone.GOOD
