from __future__ import annotations

import pytest

from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.journal import JournalFault, PrintState
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.usecases.slips import mark_slip
from tests.fakes.counter import COFFEE
from tests.presenters.rig import Rig, a_till

EAN = COFFEE.removeprefix("0")


@pytest.fixture
def till() -> Rig:
    return a_till()


def a_sale(till: Rig) -> EventId:
    till.scan(EAN)
    sale = till.model.sale.sale
    till.enter()
    return sale


def test_a_printer_that_is_off_leaves_the_sale_and_lets_the_receipt_wait(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.WAITS)

    assert till.shown.done is not None
    assert till.shown.done.receipt.text == (
        "The printer does not answer. The sale is done; the receipt waits for it."
    )
    till.paper(sale, Paper.PRINTED)
    assert till.shown.done.receipt.text == "Receipt printed"


def doubt(till: Rig, sale: EventId) -> None:
    mark_slip(till.counter, sale, PrintState.UNKNOWN)
    till.paper(sale, Paper.DOUBTFUL)


def test_a_doubtful_receipt_is_asked_about_and_believed(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)

    assert till.shown.question is not None
    assert till.shown.question.text == (
        "The receipt of sale 1.2 may not have printed. Print it again, marked COPY?"
    )
    till.till.papers.no()
    till.asks.work()
    assert till.shown.question is None
    assert till.copies == []


def test_a_doubtful_receipt_is_printed_again_once_marked_and_written_down(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.till.papers.yes()
    till.till.papers.yes()
    till.asks.work()

    assert [copy.event_id for copy in till.copies] == [sale]
    assert till.kinds().count("reprint") == 1
    assert "COPY" in repr(till.copies[0].document.blocks[0])
    assert till.shown.question is None


def test_a_copy_that_is_doubtful_too_is_asked_about_again(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.till.papers.yes()
    till.asks.work()
    till.paper(sale, Paper.PRINTING)
    doubt(till, sale)

    assert till.shown.question is not None


def test_a_copy_that_could_not_be_written_down_is_asked_about_again(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.journal.refuses = JournalFault("disk-full")
    till.till.papers.yes()
    till.asks.work()

    assert till.toast.startswith("The disk of this till is full")
    assert till.shown.question is not None
    assert till.copies == []


def test_a_receipt_being_printed_is_not_asked_about(till: Rig) -> None:
    sale = a_sale(till)
    mark_slip(till.counter, sale, PrintState.SENDING)
    till.paper(sale, Paper.PRINTING)
    doubt(till, second := a_sale(till))

    assert till.shown.question is not None
    assert "1.3" in till.shown.question.text
    assert second != sale


def test_several_doubtful_slips_are_one_question(till: Rig) -> None:
    first, second = a_sale(till), a_sale(till)
    doubt(till, first)
    doubt(till, second)

    assert till.shown.question is not None
    assert till.shown.question.text.startswith("2 slips may not have printed.")
    till.till.papers.yes()
    till.asks.work()
    assert [copy.event_id for copy in till.copies] == [first, second]


def test_print_again_pressed_twice_is_one_copy(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.PRINTED)
    till.till.papers.again()
    till.till.papers.again()
    till.asks.work()

    assert len(till.copies) == 1
    till.till.papers.again()
    till.asks.work()
    assert len(till.copies) == 2


def test_a_till_without_a_printer_says_so(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.NO_PRINTER)

    assert till.shown.done is not None
    assert till.shown.done.receipt.text == "No printer is set up: nothing was printed."
    assert till.shown.done.print_again == ""
