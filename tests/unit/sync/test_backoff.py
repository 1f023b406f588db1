from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.sync.backoff import (
    FIRST_S,
    HOURLY,
    LONGEST_S,
    Backoff,
    after_failure,
    read_backoff,
    write_backoff,
)
from tests.fakes.clock import MORNING

CHANCES = st.floats(0, 1, exclude_max=True)
FAILURES = st.integers(0, 10_000)


def wait_of(backoff: Backoff) -> timedelta:
    assert backoff.not_before is not None
    return backoff.not_before - MORNING


@given(FAILURES, CHANCES)
def test_no_wait_is_longer_than_five_minutes(failures: int, chance: float) -> None:
    after = after_failure(Backoff(failures), MORNING, chance)

    assert timedelta(0) <= wait_of(after) <= timedelta(seconds=LONGEST_S)
    assert after.failures == failures + 1


@given(FAILURES, CHANCES, CHANCES)
def test_the_wait_is_chance_all_the_way_so_that_tills_do_not_come_back_together(
    failures: int, one: float, other: float
) -> None:
    waits = [wait_of(after_failure(Backoff(failures), MORNING, c)) for c in (one, other)]

    assert (waits[0] < waits[1]) <= (one < other)


@given(FAILURES, CHANCES)
def test_each_failure_makes_the_longest_wait_longer_or_equal(failures: int, chance: float) -> None:
    sooner = after_failure(Backoff(failures), MORNING, chance)
    later = after_failure(Backoff(failures + 1), MORNING, chance)

    assert wait_of(later) >= wait_of(sooner)


@given(FAILURES, CHANCES, st.integers(0, 3000))
def test_a_server_that_asks_to_wait_is_not_asked_sooner(
    failures: int, chance: float, asked_s: int
) -> None:
    after = after_failure(Backoff(failures), MORNING, chance, asked_s)

    assert wait_of(after) >= timedelta(seconds=asked_s)


def test_tills_told_to_wait_alike_come_back_one_by_one() -> None:
    waits = {wait_of(after_failure(Backoff(5), MORNING, n / 10, 60)) for n in range(10)}

    assert len(waits) == 10


@given(st.integers(0, 10**12))
def test_nobody_can_make_a_till_wait_more_than_an_hour(asked_s: int) -> None:
    assert wait_of(after_failure(Backoff(), MORNING, 0.5, asked_s)) <= HOURLY


def test_the_first_failure_waits_at_most_two_seconds() -> None:
    longest = wait_of(after_failure(Backoff(), MORNING, 0.999))

    assert longest < timedelta(seconds=FIRST_S)


@given(st.builds(Backoff, FAILURES, st.one_of(st.none(), st.just(MORNING))))
def test_the_wait_survives_a_restart(backoff: Backoff) -> None:
    assert read_backoff(write_backoff(backoff)) == backoff


@pytest.mark.parametrize(
    "note",
    [None, "", "{}", "[1]", "null", "x", '["a", null]', "[1, -1]", "[1, 1e400]", "[1e400, null]"],
)
def test_a_note_that_cannot_be_read_is_a_fresh_start(note: str | None) -> None:
    assert read_backoff(note) == Backoff()


def test_a_till_that_never_failed_is_due() -> None:
    assert Backoff().due(MORNING)


def test_a_till_is_due_when_its_wait_is_over_and_not_before() -> None:
    backoff = Backoff(3, MORNING)

    assert not backoff.due(MORNING - timedelta(seconds=1))
    assert backoff.due(MORNING)


def test_a_clock_set_back_by_years_does_not_keep_the_till_waiting_for_years() -> None:
    backoff = Backoff(3, MORNING)

    assert backoff.due(MORNING - timedelta(days=3650))
