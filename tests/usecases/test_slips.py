from __future__ import annotations

from pos_loyalty.domain.bodies import Reprinted
from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.ports.journal import PrintState
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.receipts.stored import NAME
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.sell import SaleDone, sell
from pos_loyalty.usecases.slips import (
    DoubtfulSlip,
    doubtful_slips,
    last_receipt,
    mark_slip,
    print_again,
    slips_to_print,
)
from pos_loyalty.wire.bodies import read_body
from tests.fakes.counter import (
    ANNA,
    ROSA,
    WORDS,
    a_counter,
    application,
    checkout,
    known,
    new_id,
    tell,
)


def a_sale(counter: Counter) -> SaleDone:
    return sell(counter, ROSA, WORDS, checkout(counter, ANNA))


def waiting(counter: Counter) -> list[EventId]:
    return [slip.event_id for slip in slips_to_print(counter)]


def text_of(document: PrintDocument) -> str:
    return plain_text(document, 42)


def test_a_receipt_is_queued_then_sent_then_done() -> None:
    counter = a_counter()
    sale = a_sale(counter).sale
    assert waiting(counter) == [sale]

    mark_slip(counter, sale, PrintState.SENDING)
    assert waiting(counter) == []

    mark_slip(counter, sale, PrintState.DONE)
    assert waiting(counter) == []
    assert doubtful_slips(counter) == ()


def test_receipts_are_printed_in_the_order_of_their_sales() -> None:
    counter = a_counter()

    sales = [a_sale(counter).sale for _ in range(3)]

    assert waiting(counter) == sales


def test_a_receipt_that_was_printing_when_the_till_was_killed_is_asked_about_not_reprinted() -> (
    None
):
    counter = a_counter()
    done = a_sale(counter)
    mark_slip(counter, done.sale, PrintState.SENDING)

    restarted = a_counter(counter.journal, counter.members)

    assert waiting(restarted) == []
    assert doubtful_slips(restarted) == (DoubtfulSlip(done.sale, done.number),)


def test_a_receipt_of_which_the_printer_says_nothing_is_asked_about() -> None:
    counter = a_counter()
    done = a_sale(counter)

    mark_slip(counter, done.sale, PrintState.UNKNOWN)

    assert doubtful_slips(counter) == (DoubtfulSlip(done.sale, done.number),)


def test_a_doubtful_slip_of_a_new_member_has_no_number() -> None:
    counter = a_counter()
    form = application(counter)
    enrol(counter, ROSA, WORDS, form)

    mark_slip(counter, form.enrolment, PrintState.UNKNOWN)

    assert doubtful_slips(counter) == (DoubtfulSlip(form.enrolment, ""),)


def test_a_receipt_printed_again_says_copy_and_is_written_down() -> None:
    counter = a_counter()
    done = a_sale(counter)
    mark_slip(counter, done.sale, PrintState.UNKNOWN)

    copy = print_again(counter, ROSA, WORDS, done.sale)

    assert copy is not None
    assert copy.event_id == done.sale
    assert text_of(copy.document).split()[0] == "COPY"
    reprint = counter.journal.last_of_kind("reprint")
    assert reprint is not None
    assert read_body("reprint", 1, reprint.body) == Reprinted(done.sale)


def test_a_copy_that_came_out_ends_the_doubt() -> None:
    counter = a_counter()
    done = a_sale(counter)
    mark_slip(counter, done.sale, PrintState.UNKNOWN)
    copy = print_again(counter, ROSA, WORDS, done.sale)
    assert copy is not None

    mark_slip(counter, copy.event_id, PrintState.DONE)

    assert doubtful_slips(counter) == ()
    assert waiting(counter) == []


def test_a_copy_is_the_receipt_as_it_was_whatever_happened_since() -> None:
    counter = a_counter()
    tell(counter, known())
    first = a_sale(counter)
    (original,) = slips_to_print(counter)
    a_sale(counter)

    copy = print_again(counter, ROSA, WORDS, first.sale)

    assert copy is not None
    assert copy.document.blocks[1:] == original.document.blocks


def test_what_has_no_slip_is_not_printed_again_and_nothing_is_written() -> None:
    counter = a_counter()

    assert print_again(counter, ROSA, WORDS, new_id(counter)) is None
    assert counter.journal.head().position.seq == 0


def test_her_name_is_on_paper_and_never_in_the_stored_slip() -> None:
    counter = a_counter()
    tell(counter, known())
    sale = a_sale(counter).sale

    (printable,) = slips_to_print(counter)

    stored = counter.journal.slip(sale)
    assert stored is not None
    assert "Anna Bianchi" in text_of(printable.document)
    assert b"Anna" not in stored.slip
    assert NAME not in text_of(printable.document)


def test_where_her_name_is_not_known_its_line_is_left_out() -> None:
    counter = a_counter()
    a_sale(counter)

    (printable,) = slips_to_print(counter)

    lines = text_of(printable.document).splitlines()
    assert lines[lines.index("Bottega Club") + 1].startswith("Purchase")


def test_a_new_member_s_name_is_on_her_first_slip() -> None:
    counter = a_counter()
    enrol(counter, ROSA, WORDS, application(counter, "Anna Bianchi"))

    (printable,) = slips_to_print(counter)

    assert "Anna Bianchi" in text_of(printable.document)


def test_the_last_receipt_is_that_of_the_newest_sale() -> None:
    counter = a_counter()
    assert last_receipt(counter) is None

    sales = [a_sale(counter).sale for _ in range(2)]
    enrol(counter, ROSA, WORDS, application(counter))

    assert last_receipt(counter) == sales[-1]
