from __future__ import annotations

from datetime import timedelta

import pytest

from pos_loyalty.domain.bodies import Body, ShiftClosed, ShiftOpened
from pos_loyalty.domain.events import Role
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.usecases.counter import Counter, NotSetUp
from pos_loyalty.usecases.sell import sell
from pos_loyalty.usecases.sign_in import (
    FAILURES_MAX,
    LOCKED,
    LockedOut,
    UnknownBadge,
    WrongPin,
    sign_in_by_badge,
    sign_in_by_pin,
    sign_out,
)
from pos_loyalty.wire.bodies import read_body
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    MARIOS_PIN,
    ROSAS_BADGE,
    ROSAS_PIN,
    WORDS,
    a_counter,
    a_till_never_online,
    checkout,
)

WRONG = "9999"


def last_body(counter: Counter, kind: str) -> Body | None:
    event = counter.journal.last_of_kind(kind)
    assert event is not None
    return read_body(event.header.kind, event.header.version, event.body)


def try_wrong(counter: Counter, times: int) -> None:
    for _ in range(times):
        with pytest.raises((WrongPin, LockedOut)):
            sign_in_by_pin(counter, WRONG)


def restarted(counter: Counter, clock: FakeClock) -> Counter:
    return a_counter(counter.journal, counter.members, clock)


def test_a_pin_tells_who_it_is_and_opens_her_shift() -> None:
    counter = a_counter()

    rosa = sign_in_by_pin(counter, ROSAS_PIN)

    assert (rosa.staff, rosa.name, rosa.role) == ("rosa", "Rosa", Role.CASHIER)
    assert isinstance(last_body(counter, "shift-open"), ShiftOpened)
    opened = counter.journal.last_of_kind("shift-open")
    assert opened is not None
    assert (opened.header.actor, opened.header.shift) == ("rosa", rosa.shift)


def test_a_manager_signs_in_as_one() -> None:
    assert sign_in_by_pin(a_counter(), MARIOS_PIN).role is Role.MANAGER


def test_what_she_sells_belongs_to_her_shift() -> None:
    counter = a_counter()
    rosa = sign_in_by_pin(counter, ROSAS_PIN)

    sell(counter, rosa, WORDS, checkout(counter))

    sale = counter.journal.last_of_kind("sale")
    assert sale is not None
    assert sale.header.shift == rosa.shift


def test_a_wrong_pin_says_how_many_tries_are_left() -> None:
    counter = a_counter()

    left = []
    for _ in range(FAILURES_MAX - 1):
        with pytest.raises(WrongPin) as refused:
            sign_in_by_pin(counter, WRONG)
        left.append(refused.value.left)

    assert left == [4, 3, 2, 1]
    assert counter.journal.head().position.seq == 0


def test_the_fifth_wrong_pin_locks_the_till_for_five_minutes_also_for_the_right_one() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    try_wrong(counter, FAILURES_MAX - 1)

    with pytest.raises(LockedOut) as locked:
        sign_in_by_pin(counter, WRONG)

    assert locked.value.until == clock.now() + LOCKED
    clock.go_on(LOCKED - timedelta(seconds=1))
    with pytest.raises(LockedOut):
        sign_in_by_pin(counter, ROSAS_PIN)
    clock.go_on(timedelta(seconds=1))
    assert sign_in_by_pin(counter, ROSAS_PIN).staff == "rosa"


def test_switching_the_till_off_and_on_unlocks_nothing() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    try_wrong(counter, FAILURES_MAX)

    with pytest.raises(LockedOut):
        sign_in_by_pin(restarted(counter, clock), ROSAS_PIN)


def test_after_the_lock_there_are_five_tries_again() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    try_wrong(counter, FAILURES_MAX)
    clock.go_on(LOCKED)

    with pytest.raises(WrongPin) as refused:
        sign_in_by_pin(counter, WRONG)

    assert refused.value.left == FAILURES_MAX - 1


def test_the_right_pin_forgets_the_wrong_ones() -> None:
    counter = a_counter()
    try_wrong(counter, FAILURES_MAX - 1)
    sign_in_by_pin(counter, ROSAS_PIN)

    with pytest.raises(WrongPin) as refused:
        sign_in_by_pin(counter, WRONG)

    assert refused.value.left == FAILURES_MAX - 1


def test_a_clock_set_back_neither_unlocks_the_till_nor_locks_it_for_days() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    try_wrong(counter, FAILURES_MAX)
    clock.set(clock.now() - timedelta(days=1))

    with pytest.raises(LockedOut) as locked:
        sign_in_by_pin(counter, ROSAS_PIN)

    assert locked.value.until == clock.now() + LOCKED
    clock.go_on(LOCKED)
    assert sign_in_by_pin(counter, ROSAS_PIN).staff == "rosa"


def test_a_badge_signs_in_also_while_pins_are_locked() -> None:
    counter = a_counter()
    try_wrong(counter, FAILURES_MAX)

    assert sign_in_by_badge(counter, ROSAS_BADGE).staff == "rosa"


@pytest.mark.parametrize("code", ["", "nobodys"])
def test_a_badge_of_nobody_signs_nobody_in(code: str) -> None:
    with pytest.raises(UnknownBadge):
        sign_in_by_badge(a_counter(), code)


def test_leaving_closes_the_shift_with_its_number_of_sales() -> None:
    counter = a_counter()
    rosa = sign_in_by_pin(counter, ROSAS_PIN)

    sign_out(counter, rosa, 17)

    closed = last_body(counter, "shift-close")
    assert isinstance(closed, ShiftClosed)
    assert closed.sales == 17


def test_leaving_destroys_nothing_unsent() -> None:
    counter = a_counter()
    rosa = sign_in_by_pin(counter, ROSAS_PIN)
    sell(counter, rosa, WORDS, checkout(counter))

    sign_out(counter, rosa, 1)

    assert counter.journal.progress().unsent == 3


def test_a_full_disk_signs_nobody_in() -> None:
    counter = a_counter()
    assert isinstance(counter.journal, MemoryJournal)
    counter.journal.refuses = JournalFault("disk-full")

    with pytest.raises(JournalFault):
        sign_in_by_pin(counter, ROSAS_PIN)


def test_a_till_that_never_heard_from_its_server_says_so_instead_of_wrong_pin() -> None:
    with pytest.raises(NotSetUp):
        sign_in_by_pin(a_till_never_online(), ROSAS_PIN)


def test_no_pin_is_ever_kept() -> None:
    counter = a_counter()
    try_wrong(counter, 2)
    sign_in_by_pin(counter, ROSAS_PIN)

    kept = (counter.journal.note("sign-in-failures") or "").encode() + b"".join(
        sent.event.body for sent in counter.journal.unsent(10, 10**6)
    )

    assert WRONG.encode() not in kept
    assert ROSAS_PIN.encode() not in kept
