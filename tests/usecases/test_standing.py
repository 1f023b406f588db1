from __future__ import annotations

from datetime import UTC, date, datetime

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.sell import sell
from pos_loyalty.usecases.standing import see
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    ANNA,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    application,
    card,
    checkout,
    indexed,
    known,
    lot,
    tell,
)

TODAY = date(2026, 3, 2)


def test_what_is_shown_is_what_the_server_told_and_own_later_events() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(100)), includes=Position(1, 0))

    sell(counter, ROSA, WORDS, checkout(counter, ANNA, 700))

    standing = see(counter, ANNA).standing
    assert (standing.balance(POINTS, TODAY), standing.pending_points(POINTS)) == (107, 7)


def test_an_own_event_that_the_told_figures_contain_is_not_counted_twice() -> None:
    counter = a_counter()
    sell(counter, ROSA, WORDS, checkout(counter, ANNA, 700))
    sell(counter, ROSA, WORDS, checkout(counter, ANNA, 300))

    tell(counter, known(ANNA, lot(107)), includes=Position(1, 1))

    standing = see(counter, ANNA).standing
    assert (standing.balance(POINTS, TODAY), standing.pending_points(POINTS)) == (110, 3)


def test_sales_to_others_and_of_nobody_change_nothing() -> None:
    counter = a_counter()
    tell(counter, known(ANNA, lot(100)))

    sell(counter, ROSA, WORDS, checkout(counter))

    assert see(counter, ANNA).standing.balance(POINTS, TODAY) == 100


def test_points_are_gone_on_their_expiry_day() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    tell(counter, known(ANNA, lot(100, 1, "2026-03-03"), lot(50, 2)))

    standing = see(counter, ANNA).standing

    assert standing.balance(POINTS, date(2026, 3, 2)) == 150
    assert standing.balance(POINTS, date(2026, 3, 3)) == 50


def test_the_expiry_day_is_the_shop_s_day_not_that_of_greenwich() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # March 3 in Rome.
    counter = a_counter(clock=FakeClock(late))
    tell(counter, known(ANNA, lot(100, 1, "2026-03-03"), lot(50, 2)))

    done = sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert done.before == 50


def test_a_member_of_whom_nothing_is_known_has_an_unknown_balance_not_zero() -> None:
    standing = see(a_counter(), ANNA).standing

    assert standing.balance(POINTS, TODAY) is None
    assert standing.status is MemberStatus.ACTIVE


def test_a_member_enrolled_here_began_with_nothing_and_nothing_is_confirmed() -> None:
    counter = a_counter()
    member = enrol(counter, ROSA, WORDS, application(counter)).member
    sell(counter, ROSA, WORDS, checkout(counter, member, 500))

    seen = see(counter, member)

    assert seen.standing.balance(POINTS, TODAY) == 5
    assert seen.standing.pending_points(POINTS) == 5
    assert seen.told is None


def test_once_the_server_told_of_a_new_member_its_figures_count() -> None:
    counter = a_counter()
    member = enrol(counter, ROSA, WORDS, application(counter, "Anna")).member
    sell(counter, ROSA, WORDS, checkout(counter, member, 500))

    tell(counter, known(member, lot(5), lot(20, 2)), includes=Position(1, 2))

    seen = see(counter, member)
    assert seen.standing.balance(POINTS, TODAY) == 25
    assert seen.told is not None
    assert seen.standing.pending == ()


def test_a_member_known_only_by_the_index_has_its_status_and_no_balance() -> None:
    counter = a_counter()
    tell(counter, indexed(card(1), status="blocked"))

    standing = see(counter, ANNA).standing

    assert standing.status is MemberStatus.BLOCKED
    assert not standing.known


def test_what_is_known_of_a_member_beats_what_her_pass_says() -> None:
    counter = a_counter()
    tell(counter, known(status="blocked"))

    assert see(counter, ANNA, MemberStatus.ACTIVE).standing.status is MemberStatus.BLOCKED
