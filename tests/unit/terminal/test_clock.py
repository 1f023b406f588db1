from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_loyalty.terminal.clock import TrustedClock

HOUR = timedelta(hours=1)
SOON = timedelta(seconds=30)


def now() -> datetime:
    return datetime.now(UTC)


def test_time_never_goes_back_before_the_last_event() -> None:
    tomorrow = now() + timedelta(days=1)

    assert TrustedClock(tomorrow).now() == tomorrow


def test_the_servers_time_is_believed() -> None:
    clock = TrustedClock()
    clock.hear(now() + HOUR)

    assert HOUR - SOON < clock.now() - now() < HOUR + SOON


def test_time_stands_still_rather_than_going_back() -> None:
    clock = TrustedClock()
    before = clock.now()
    clock.hear(before - HOUR)

    assert clock.now() >= before
    assert clock.now() - before < SOON


def test_time_goes_on_after_the_server_was_heard() -> None:
    clock = TrustedClock()
    clock.hear(now() + HOUR)
    first = clock.now()
    beat = clock.monotonic_ns()
    while clock.monotonic_ns() < beat + 2_000_000:
        pass

    assert clock.now() - first >= timedelta(milliseconds=2)


def test_without_a_server_nothing_is_said_of_the_clock() -> None:
    clock = TrustedClock()

    assert clock.server_offset_ms() is None


def test_how_far_the_server_is_ahead_goes_into_events() -> None:
    clock = TrustedClock()
    clock.hear(now() + HOUR)

    offset_ms = clock.server_offset_ms()
    assert offset_ms is not None
    assert abs(offset_ms - 3_600_000) < 30_000


def test_one_run_of_the_computer_has_one_name() -> None:
    assert TrustedClock().boot_id() == TrustedClock().boot_id() != ""
