"""What comes due when a member is recognised is written with her purchase, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos_loyalty.domain.bodies import Acted
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.sell import NotPaid, sell
from pos_loyalty.usecases.standing import see
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    ANNA,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    application,
    checkout,
    known,
    tell,
)
from tests.usecases.deeds import activities, events, slips
from tests.usecases.test_greet import BIRTHDAY, BORN, TODAY, a_shop

SECOND_VISIT = """
[[rules]]
id = "second"
on = "recognised"
text = { en = "welcome back" }
when = [{ kind = "visit", at = [2] }]
then = { kind = "give", points = 25 }
"""


def test_a_birthday_voucher_is_written_and_printed_right_before_the_sale() -> None:
    counter = a_shop(BIRTHDAY, birthday=BORN)

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    assert [event.header.kind for event in journal.everything()] == ["activity", "sale"]
    gift, receipt = slips(counter)
    assert "For you today" in gift
    assert "Anna Bianchi" in gift
    assert "Your voucher" in gift
    assert "Your voucher" not in receipt


def test_the_voucher_is_had_once_a_year_however_often_she_buys() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    tell(counter, a_program(2, more=BIRTHDAY), known(birthday=BORN))

    for _ in range(3):
        sell(counter, ROSA, WORDS, checkout(counter, ANNA))
        clock.go_on(timedelta(days=1))
    clock.go_on(timedelta(days=363))
    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert activities(counter) == ["recognised", "recognised"]
    past = see(counter, ANNA).past
    assert past is not None
    assert len({voucher.code for voucher in past.vouchers}) == 2


def test_points_for_the_second_visit_are_in_the_balance_of_that_very_receipt() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert (done.before, done.earned) == (325, 10)
    assert "welcome back +25 points" in slips(counter)[0]
    assert "Balance before 325 points" in slips(counter)[1]


def test_pressing_pay_twice_gives_what_is_due_once() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))
    pressed = checkout(counter, ANNA)

    assert sell(counter, ROSA, WORDS, pressed) == sell(counter, ROSA, WORDS, pressed)

    assert activities(counter) == ["recognised"]


def test_a_sale_refused_after_its_gift_was_written_gives_it_no_second_time() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))
    journal, pressed = counter.journal, checkout(counter, ANNA)
    assert isinstance(journal, MemoryJournal)
    append = journal.append

    def only_the_gift(entry: object) -> None:
        append(entry)  # type: ignore[arg-type] # - whatever the till writes
        journal.refuses = JournalFault("disk-full")

    journal.append = only_the_gift  # type: ignore[method-assign] # - the disk fills up between
    with pytest.raises(JournalFault):
        sell(counter, ROSA, WORDS, pressed)
    journal.append = append  # type: ignore[method-assign] # - somebody made room
    journal.refuses = None
    done = sell(counter, ROSA, WORDS, pressed)

    assert activities(counter) == ["recognised"]
    assert (done.before, see(counter, ANNA).standing.balance(POINTS, TODAY)) == (325, 335)


def test_who_does_not_pay_gets_nothing_of_what_is_due() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))

    with pytest.raises(NotPaid):
        sell(counter, ROSA, WORDS, checkout(counter, ANNA, 1000, ()))

    assert activities(counter) == []


def test_of_a_stranger_nothing_is_due_because_nothing_is_known() -> None:
    counter = a_counter()
    tell(counter, a_program(2, more=SECOND_VISIT + BIRTHDAY))

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert activities(counter) == []


def test_an_anonymous_sale_has_nothing_due() -> None:
    counter = a_shop(SECOND_VISIT)

    sell(counter, ROSA, WORDS, checkout(counter))

    assert activities(counter) == []


STAMPS = """
[[goals]]
id = "visits"
reach = { kind = "stamps", target = 5, of = "receipt", on = "recognised" }
then = { kind = "give", points = 50 }
"""


def test_a_stamp_for_coming_is_written_though_it_gives_nothing_yet() -> None:
    counter = a_shop(STAMPS)

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    past = see(counter, ANNA).past
    assert past is not None
    assert past.goals == {"bottega/visits": 1}


JOINED = """
[[rules]]
id = "welcome"
on = "joined"
text = { en = "welcome gift" }
then = { kind = "give", points = 50 }
"""


def test_joining_gives_what_the_program_says_on_a_slip_behind_the_pass() -> None:
    counter = a_counter()
    tell(counter, a_program(2, more=JOINED))
    form = application(counter, "Anna")

    seen = enrol(counter, ROSA, WORDS, form)
    again = enrol(counter, ROSA, WORDS, form)

    assert seen == again
    assert seen.standing.balance(POINTS, TODAY) == 50
    (joined,) = events(counter, Acted)
    assert (joined.activity, joined.member) == ("joined", seen.member)
    welcome, gift = slips(counter)
    assert "50" not in welcome
    assert "welcome gift +50 points" in gift


def test_where_joining_gives_nothing_no_deed_is_written() -> None:
    counter = a_counter()

    enrol(counter, ROSA, WORDS, application(counter, "Anna"))

    assert activities(counter) == []


def test_who_wants_no_paper_is_given_what_is_due_without() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))

    sell(counter, ROSA, None, checkout(counter, ANNA))

    assert activities(counter) == ["recognised"]
    assert slips(counter) == []


def test_what_was_due_is_remembered_as_an_activity_of_that_day() -> None:
    counter = a_shop(SECOND_VISIT, Past(visits=1))

    sell(counter, ROSA, None, checkout(counter, ANNA))

    past = see(counter, ANNA).past or NO_PAST
    assert [(one.activity, one.on) for one in past.activity] == [("recognised", date(2026, 3, 2))]
