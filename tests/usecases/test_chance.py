"""A chance to win at a till without a line."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.bodies import LeaseReturned, Sold
from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.scored_sale import voucher_code
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.usecases.chance import leases_held
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.sell import SaleDone, sell
from pos_loyalty.usecases.sign_in import sign_in_by_pin
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.usecases.standing import see
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.changes import PoolLeased
from tests.fakes.counter import (
    ANNA,
    ROSA,
    ROSAS_PIN,
    WORDS,
    a_counter,
    a_program,
    checkout,
    known,
    tell,
)
from tests.fakes.prizes import CHANCE, LEASE, leased
from tests.fakes.told_events import sale


def a_lucky_counter(*leases: PoolLeased) -> Counter:
    """A till whose members win with every sale, as long as it holds prizes."""
    counter = a_counter()
    tell(counter, a_program(version=2, more=CHANCE), known(), *leases)
    return counter


def draws_of(done: SaleDone) -> tuple[PrizeDraw, ...]:
    assert done.scored is not None
    return done.scored.left.draws


def receipt_of(counter: Counter, done: SaleDone) -> str:
    printable = next(p for p in slips_to_print(counter) if p.event_id == done.sale)
    return plain_text(printable.document, 60)


def test_a_prize_is_a_voucher_in_the_very_event_and_on_its_receipt() -> None:
    counter = a_lucky_counter(leased())

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert draws_of(done) == (PrizeDraw("spring", LEASE, "mug"),)
    assert done.scored is not None
    assert done.scored.left.vouchers == (Voucher(voucher_code(done.sale, 0), "mug"),)
    paper = receipt_of(counter, done)
    assert "You have won: a mug" in paper
    assert voucher_code(done.sale, 0) in paper


def test_a_prize_that_was_won_can_be_had_at_this_till_at_once() -> None:
    counter = a_lucky_counter(leased())

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    past = see(counter, ANNA).past
    assert past is not None
    assert [held.code for held in past.vouchers] == [voucher_code(done.sale, 0)]


def test_no_more_is_given_than_the_lease_holds_and_the_slip_says_so_plainly() -> None:
    counter = a_lucky_counter(leased(count=2))

    done = [sell(counter, ROSA, WORDS, checkout(counter, ANNA)) for _ in range(4)]

    assert [draws_of(one)[0].reward for one in done] == ["mug", "mug", None, None]
    assert draws_of(done[3]) == (PrizeDraw("spring"),)
    assert "1 draw was not made: this till holds no prizes now" in receipt_of(counter, done[3])


def test_a_till_that_holds_no_prizes_sells_all_the_same() -> None:
    counter = a_lucky_counter()

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert draws_of(done) == (PrizeDraw("spring"),)
    assert done.earned == 10


def test_who_is_nobodys_member_draws_nothing() -> None:
    counter = a_lucky_counter(leased())

    done = sell(counter, ROSA, WORDS, checkout(counter))

    assert done.scored is None
    assert counter.journal.prizes_given(LEASE) == {}


def test_where_nothing_is_won_the_slip_says_no_luck() -> None:
    counter = a_lucky_counter(leased(odds="1/1000000"))
    unlikely = CHANCE.replace('"1"', '"1/1000000"')
    tell(counter, a_program(version=3, more=unlikely))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert draws_of(done) == (PrizeDraw("spring", LEASE),)
    assert "No luck this time" in receipt_of(counter, done)


def test_several_prizes_of_a_sale_are_told_together() -> None:
    counter = a_lucky_counter(leased(count=5))
    second = CHANCE.replace("[[rewards]]", SECOND_RULE + "[[rewards]]")
    tell(counter, a_program(version=3, more=second))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert [draw.reward for draw in draws_of(done)] == ["mug", "mug"]
    assert "You have won: 2 × a mug" in receipt_of(counter, done)


SECOND_RULE = """
[[rules]]
id = "chance-again"
then = { kind = "draw_prize", pool = "spring" }
"""


def test_a_sale_that_the_disk_refused_draws_the_same_when_it_is_tried_again() -> None:
    counter = a_lucky_counter(leased())
    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    pressed = checkout(counter, ANNA)
    journal.refuses = JournalFault("disk-full")
    with pytest.raises(JournalFault):
        sell(counter, ROSA, WORDS, pressed)
    assert journal.prizes_given(LEASE) == {}

    journal.refuses = None
    sell(counter, ROSA, WORDS, pressed)
    sell(counter, ROSA, WORDS, pressed)

    assert journal.prizes_given(LEASE) == {"mug": 1}


def test_a_lease_of_another_epoch_is_void() -> None:
    """An older copy of the journal does not know what was given since."""
    counter = a_lucky_counter(leased())
    assert len(leases_held(counter)) == 1

    head = Head(Position(2, 0), GENESIS)
    entry = sale(head)
    journal = MemoryJournal(entry.event.header.terminal)
    journal.append(entry)

    restored = Counter(counter.till, journal, counter.members, counter.clock, counter.ids)
    assert leases_held(restored) == ()


def test_what_the_server_wants_back_is_not_drawn_from_and_given_back_with_the_next_sale() -> None:
    counter = a_lucky_counter(leased(wanted_back=True))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))
    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert draws_of(done) == (PrizeDraw("spring"),)
    assert counter.journal.has_returned(LEASE)
    bodies = [
        read_body(one.event.header.kind, 1, one.event.body)
        for one in counter.journal.unsent(9, 10**6)
    ]
    assert [type(body) for body in bodies] == [LeaseReturned, Sold, Sold]


def test_an_idle_till_gives_back_when_somebody_signs_in() -> None:
    counter = a_lucky_counter(leased(wanted_back=True))

    sign_in_by_pin(counter, ROSAS_PIN)

    assert counter.journal.has_returned(LEASE)
