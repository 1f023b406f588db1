from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Reprinted, Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import Event, Position
from pos_loyalty.domain.facts import UNKNOWN
from pos_loyalty.domain.ids import EventId, ProgramId
from pos_loyalty.domain.scored_sale import basket_of, scored_by
from pos_loyalty.domain.scoring import ProgramVersion
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.usecases.counter import Counter, NotSetUp
from pos_loyalty.usecases.record import record
from pos_loyalty.usecases.sell import Checkout, NothingToSell, NotPaid, sell
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.usecases.standing import see
from pos_loyalty.wire.bodies import read_body
from tests.fakes.clock import MORNING, FakeClock, TickingClock
from tests.fakes.counter import (
    ANNA,
    COFFEE,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    a_till_never_online,
    checkout,
    known,
    lot,
    new_id,
    tell,
)

COLUMNS = 42


def sold_of(counter: Counter, sale: EventId) -> Sold:
    event = event_of(counter, sale)
    body = read_body(event.header.kind, event.header.version, event.body)
    assert isinstance(body, Sold)
    return body


def event_of(counter: Counter, sale: EventId) -> Event:
    event = counter.journal.event(sale)
    assert event is not None
    return event


def receipt_of(counter: Counter) -> str:
    (printable,) = slips_to_print(counter)
    return plain_text(printable.document, COLUMNS)


def test_one_sale_is_one_event_with_its_points_and_its_receipt() -> None:
    counter = a_counter()
    tell(counter, known())

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA, 1250))

    assert counter.journal.head().position == Position(1, 1)
    assert see(counter, ANNA).standing.pending_points(POINTS) == done.earned == 12
    assert [p.event_id for p in slips_to_print(counter)] == [done.sale]


def test_pressing_pay_twice_is_one_sale_and_says_the_same() -> None:
    counter = a_counter()
    pressed = checkout(counter, ANNA)

    first = sell(counter, ROSA, WORDS, pressed)
    second = sell(counter, ROSA, WORDS, pressed)

    assert first == second
    assert counter.journal.head().position.seq == 1


def test_a_full_disk_refuses_the_sale_and_nothing_is_written_or_said_done() -> None:
    counter = a_counter(MemoryJournal(a_counter().till.terminal))
    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    journal.refuses = JournalFault("disk-full")

    with pytest.raises(JournalFault, match="disk-full"):
        sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert journal.head().position.seq == 0
    assert slips_to_print(counter) == ()
    assert see(counter, ANNA).standing.pending == ()


def test_a_sale_refused_by_a_full_disk_goes_through_under_the_same_id_when_there_is_room() -> None:
    counter = a_counter()
    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    pressed = checkout(counter, ANNA)
    journal.refuses = JournalFault("disk-full")
    with pytest.raises(JournalFault):
        sell(counter, ROSA, WORDS, pressed)

    journal.refuses = None
    done = sell(counter, ROSA, WORDS, pressed)

    assert done.sale == pressed.sale
    assert journal.head().position.seq == 1


def test_a_sale_that_is_not_paid_says_what_is_missing() -> None:
    counter = a_counter()
    short = (Tender(TenderKind.CASH, 500), Tender(TenderKind.CARD, 300))

    with pytest.raises(NotPaid) as refused:
        sell(counter, ROSA, WORDS, checkout(counter, ANNA, 1000, short))

    assert refused.value.missing_minor == 200
    assert counter.journal.head().position.seq == 0


def test_the_id_of_something_else_is_never_taken_for_a_sale() -> None:
    counter = a_counter()
    pressed = checkout(counter)
    record(counter, ROSA, pressed.sale, Reprinted(new_id(counter)))

    with pytest.raises(ValueError, match="in the journal already"):
        sell(counter, ROSA, WORDS, pressed)


def test_an_empty_basket_is_not_sold() -> None:
    counter = a_counter()

    with pytest.raises(NothingToSell):
        sell(counter, ROSA, WORDS, Checkout(new_id(counter), (), (), None))


def test_a_till_that_never_heard_from_its_server_does_not_sell() -> None:
    counter = a_till_never_online()

    with pytest.raises(NotSetUp):
        sell(counter, ROSA, WORDS, checkout(counter))


def test_an_anonymous_sale_earns_nothing_and_names_nobody() -> None:
    counter = a_counter()

    done = sell(counter, ROSA, WORDS, checkout(counter))

    sold = sold_of(counter, done.sale)
    assert (sold.member, sold.scored) == (None, None)
    assert (done.before, done.earned) == (None, 0)
    assert "Bottega Club" not in receipt_of(counter)


def test_without_a_program_in_force_a_member_pays_and_earns_nothing() -> None:
    counter = a_counter(clock=FakeClock(datetime(2025, 12, 31, 9, tzinfo=UTC)))
    tell(counter, known())

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert sold_of(counter, done.sale).scored is None
    assert (done.member, done.before, done.earned) == (ANNA, None, 0)


def test_of_two_versions_the_newest_that_is_in_force_scores() -> None:
    counter = a_counter()
    tell(counter, a_program(2, "2026-02-01", points=3), a_program(3, "2026-04-01", points=9))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert done.earned == 30
    scored = sold_of(counter, done.sale).scored
    assert scored is not None
    assert scored.program == ProgramVersion(ProgramId("bottega"), 2)


def test_a_sale_too_small_for_a_point_says_nothing_of_points_in_its_event() -> None:
    counter = a_counter()

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA, 99))

    scored = sold_of(counter, done.sale).scored
    assert scored is not None
    assert (scored.earned, done.earned) == ((), 0)


def test_the_receipt_bears_the_figures_of_the_event() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(100)))
    lines = (Line("Bread", 320), Line("Coffee", 590, sku=COFFEE, category="grocery/coffee"))
    paid = (Tender(TenderKind.CARD, 500), Tender(TenderKind.CASH, 500))

    done = sell(counter, ROSA, WORDS, Checkout(new_id(counter), lines, paid, ANNA))

    sold = sold_of(counter, done.sale)
    assert sold.scored is not None
    (earned,) = sold.scored.earned
    receipt = receipt_of(counter)
    for label, figure in (
        ("Receipt", sold.number),
        ("Total", "€9.10"),
        ("Change", "0.90"),
        ("Balance before", "100 points"),
        ("Coffee counts double", "+5 points"),
        ("Earned today", f"+{earned.points} points"),
        ("Balance after", f"{100 + earned.points} points"),
    ):
        assert any(
            line.startswith(label) and line.endswith(figure) for line in receipt.splitlines()
        ), (label, receipt)
    assert sum(earned.line_points) == done.earned == 14
    assert (done.total_minor, done.change_minor, done.before) == (910, 90, 100)


def test_the_number_on_the_receipt_is_the_place_in_the_journal() -> None:
    counter = a_counter()

    numbers = [sell(counter, ROSA, WORDS, checkout(counter)).number for _ in range(3)]

    assert numbers == ["1.1", "1.2", "1.3"]


def test_a_sale_records_the_standing_it_was_computed_from() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(70)), includes=Position(1, 0))
    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    scored = sold_of(counter, done.sale).scored
    assert scored is not None
    assert (scored.facts.balances, scored.includes) == ({"points": 80}, Position(1, 0))
    assert done.before == 80


def test_a_sale_to_a_member_of_unknown_balance_records_that_it_was_unknown() -> None:
    counter = a_counter()

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    scored = sold_of(counter, done.sale).scored
    assert scored is not None
    assert (scored.facts.balances, scored.includes) == (UNKNOWN, None)
    receipt = " ".join(receipt_of(counter).split())
    assert "not known at this till. 10 points will be added" in receipt
    assert "Anything more that is due to you follows." in receipt
    assert "Balance before" not in receipt
    assert "Balance after" not in receipt
    assert "expire" not in receipt


def test_a_sale_over_midnight_is_of_one_day_from_the_quote_to_the_journal() -> None:
    midnight = datetime(2026, 3, 2, 23, tzinfo=UTC)  # In Rome.
    counter = a_counter(clock=TickingClock(midnight - timedelta(hours=1.5), timedelta(hours=1)))
    pressed = checkout(counter, ANNA)  # The first look; the quote is the second.

    done = sell(counter, ROSA, WORDS, pressed)

    event, sold = event_of(counter, done.sale), sold_of(counter, done.sale)
    program = counter.members.programs()[0]
    assert sold.scored is not None
    again = quote(basket_of(sold, event.header.at, {}), sold.scored.facts, program)
    assert sold.scored.earned == scored_by(again, program, done.sale).earned
    assert [one.expires_on for one in sold.scored.earned] == [date(2027, 3, 2)]


def test_a_sale_is_written_at_the_time_of_the_till_by_who_is_signed_in() -> None:
    counter = a_counter()

    done = sell(counter, ROSA, WORDS, checkout(counter))

    header = event_of(counter, done.sale).header
    assert (header.at, header.actor, header.role, header.shift) == (
        MORNING,
        "rosa",
        "cashier",
        ROSA.shift,
    )
