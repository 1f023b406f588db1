from __future__ import annotations

from datetime import timedelta

import pytest

from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import (
    CannotEnrol,
    enrol,
    unused_passes,
)
from pos_loyalty.usecases.slips import slips_to_print
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    ANNAS_PHONE,
    ROSA,
    SERVER_SEED,
    STRANGER_SEED,
    WORDS,
    a_counter,
    a_pass,
    application,
    blank,
)
from tests.fakes.seen import printed_pass


def journal_of(counter: Counter) -> MemoryJournal:
    assert isinstance(counter.journal, MemoryJournal)
    return counter.journal


def test_a_new_member_gets_the_next_blank_pass_without_any_line() -> None:
    counter = a_counter()

    first = enrol(counter, ROSA, WORDS, application(counter, "Anna"))
    second = enrol(counter, ROSA, WORDS, application(counter, "Boris"))

    assert [first.member, second.member] == [blank(100), blank(101)]
    slips = [printed_pass(slip.document) for slip in slips_to_print(counter)]
    assert slips == [a_pass(100), a_pass(101)]


def test_without_a_blank_pass_left_nobody_is_enrolled() -> None:
    counter = a_counter(passes=1)
    enrol(counter, ROSA, WORDS, application(counter))

    with pytest.raises(CannotEnrol, match="no-pass"):
        enrol(counter, ROSA, WORDS, application(counter))


def test_passes_that_expired_or_are_of_another_server_are_not_given_out() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock, passes=0)
    expired = a_pass(1, SERVER_SEED, timedelta(days=1))
    counter.members.add_passes((a_pass(2, STRANGER_SEED), expired, a_pass(3)))

    seen = enrol(counter, ROSA, WORDS, application(counter))

    assert seen.member == blank(3)


def test_a_pass_that_was_given_out_when_the_plug_was_pulled_is_not_given_out_again() -> None:
    counter = a_counter()
    seen = enrol(counter, ROSA, WORDS, application(counter))
    counter.members.add_passes([a_pass(100)])  # As if dropping it had been lost.

    unused = unused_passes(counter)

    assert seen.member == blank(100)
    assert unused == (a_pass(101), a_pass(102))
    assert counter.members.passes() == unused


def test_passes_that_nobody_was_given_are_all_kept() -> None:
    counter = a_counter()

    assert unused_passes(counter) == counter.members.passes() == (*map(a_pass, range(100, 103)),)


def test_a_full_disk_enrols_nobody_and_keeps_the_pass() -> None:
    counter = a_counter()
    journal_of(counter).refuses = JournalFault("disk-full")
    form = application(counter, "Anna", ANNAS_PHONE)
    with pytest.raises(JournalFault):
        enrol(counter, ROSA, WORDS, form)

    journal_of(counter).refuses = None
    seen = enrol(counter, ROSA, WORDS, form)

    assert seen.member == blank(100)
