from __future__ import annotations

import pytest

from pos_loyalty.domain.basket import LINES_MAX, Line, TenderKind
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ui.presenters.sale_model import with_lines
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.usecases.open_sale import resume_sale
from tests.fakes.counter import (
    ANNA,
)
from tests.presenters.rig import ANNAS_CARD, EAN, Rig, a_till, a_till_two_members_know


@pytest.fixture
def till() -> Rig:
    return a_till_two_members_know()


def test_cash_given_shows_the_change_and_then_gives_it(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type("10")

    assert till.shown.payment.change is not None
    assert till.shown.payment.change.text == "€4.10 change"
    till.enter()
    assert till.shown.done is not None
    assert (till.shown.done.change_label, till.shown.done.change) == ("Change from €10.00", "€4.10")


@pytest.mark.parametrize(("given", "said"), [("5", "€0.90 missing"), ("x", None)])
def test_too_little_cash_is_not_taken(till: Rig, given: str, said: str | None) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type(given)
    till.enter()

    change = till.shown.payment.change
    assert (change.text if change else None) == said
    assert not till.shown.payment.payable
    assert till.sales() == []


def test_cash_given_that_is_no_amount_says_so(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type("1x")

    meaning = till.shown.basket.entry.meaning
    assert meaning is not None
    assert meaning.text == "That is no amount."


def test_another_product_makes_the_cash_be_counted_anew(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type("10")
    till.scan("BREAD")

    assert not till.shown.payment.giving
    assert till.shown.basket.entry.text == ""


def test_a_banknote_pays_and_the_change_is_shown(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()

    assert till.shown.payment.notes == ("€10.00", "€20.00", "€50.00")
    till.sale.payment.give_note(1)
    till.asks.work()
    assert till.shown.done is not None
    assert till.shown.done.change == "€14.10"


def test_a_sale_by_card_leaves_the_drawer_shut(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.card()
    till.asks.work()

    assert till.sales()[0].tenders[0].kind == TenderKind.CARD
    assert "drawer" not in till.done


def test_escape_takes_back_one_thing_at_a_time_and_at_last_the_sale(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type("7")

    till.sale.escape()
    assert (till.model.typed, till.model.giving) == ("", True)
    till.sale.escape()
    assert not till.model.giving
    assert till.model.lines
    till.sale.escape()
    assert till.model.empty
    assert till.toast == "The sale was cancelled. Nothing was booked."


def test_a_cancelled_sale_is_taken_back_with_its_member(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    sale = till.model.sale
    till.sale.cancel()
    till.asks.work()

    till.till.toasts.pressed()
    till.asks.work()

    assert till.model.sale == sale
    assert isinstance(till.shown.member, MemberState)
    assert till.toast == ""
    assert resume_sale(till.counter) == sale


def test_undo_leaves_a_sale_alone_that_has_begun(till: Rig) -> None:
    till.scan(EAN)
    till.sale.cancel()
    till.type("3")
    till.enter()

    till.till.toasts.pressed()
    till.asks.work()

    assert till.shown.payment.total == "€3.00"


def test_a_full_disk_refuses_the_sale_and_keeps_the_basket(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.journal.refuses = JournalFault("disk-full")
    till.enter()

    assert till.sales() == []
    assert till.toast.startswith("The disk of this till is full: nothing was sold")
    assert (till.model.sale.member, len(till.model.lines)) == (ANNA, 1)
    till.journal.refuses = None
    till.enter()
    assert [sold.member for sold in till.sales()] == [ANNA]


def test_a_full_disk_is_told_before_any_money_is_taken(till: Rig) -> None:
    till.journal.refuses = JournalFault("disk-full")

    till.scan(EAN)

    assert till.toast.startswith("The disk of this till is full")


def test_cash_counted_already_is_not_counted_again_after_a_refusal(till: Rig) -> None:
    till.scan(EAN)
    till.sale.payment.give_cash()
    till.type("10")
    till.journal.refuses = JournalFault("io", outcome_unknown=True)
    till.enter()

    assert "never written twice" in till.toast
    assert (till.model.typed, till.model.giving, till.model.paying) == ("10", True, False)


def test_a_sale_in_progress_is_there_after_a_restart(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan(EAN)

    restarted = a_till(till.counter)

    assert restarted.model.lines == till.model.lines
    assert isinstance(restarted.shown.member, MemberState)
    restarted.sale.remove()
    assert restarted.model.lines == ()


def test_a_sale_paid_just_before_the_restart_is_not_taken_up_again(till: Rig) -> None:
    till.scan(EAN)
    kept = till.journal.note("open-sale")
    till.enter()
    assert kept
    till.journal.keep_note("open-sale", kept)

    restarted = a_till(till.counter)

    assert restarted.model.empty


def test_a_basket_that_is_full_says_so_and_keeps_what_was_typed(till: Rig) -> None:
    full = tuple(Line("", 100) for _ in range(LINES_MAX))
    till.sale.show(with_lines(till.model, full, None))
    till.type("2")
    till.enter()

    assert till.toast == "A basket holds 500 lines. Take the money for these first."
    assert till.shown.basket.entry.text == "2"
    assert till.shown.payment.total == "€500.00"
