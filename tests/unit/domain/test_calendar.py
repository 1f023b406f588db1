from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_loyalty.domain.calendar import business_day, check_zone, months_later


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 5, 5), 240, date(2046, 5, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), "Europe/Rome", date(2025, 12, 31)),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "Europe/Rome", date(2026, 1, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), "Europe/Rome", date(2026, 7, 2)),  # Summer time.
        (
            datetime(2026, 3, 29, 21, 59, tzinfo=UTC),
            "Europe/Rome",
            date(2026, 3, 29),
        ),  # A short day.
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "Europe/Rome", date(2026, 3, 30)),
        (
            datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
            "Europe/Rome",
            date(2026, 10, 25),
        ),  # A long one.
        (datetime(2026, 1, 1, 2, 0, tzinfo=UTC), "America/Sao_Paulo", date(2025, 12, 31)),
        (datetime(2026, 1, 1, 11, 0, tzinfo=UTC), "Pacific/Auckland", date(2026, 1, 2)),
    ],
)
def test_the_day_is_the_one_on_the_wall_of_the_store(at: datetime, zone: str, day: date) -> None:
    assert business_day(at, zone) == day


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Rome",
        "Europe",
        "Europe/",
        "../Europe/Rome",
        "/etc/passwd",
        "x\x00",
        "a" * 9999,
        "é",
        "\ud800",
    ],
)
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_zone(zone)


def test_a_time_zone_is_a_time_zone() -> None:
    check_zone("Europe/Rome")
