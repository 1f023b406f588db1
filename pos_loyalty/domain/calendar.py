"""Days as a shop counts them: an instant is UTC, a business day is of the store's time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = 12


def business_day(at: datetime, zone: str) -> date:
    """Tell the store's calendar day at the instant `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


def check_zone(zone: str) -> None:
    """Raise ValueError when there is no such time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as error:  # A folder's name gives OSError.
        raise ValueError(f"{zone!r} is no time zone") from error


def months_later(day: date, months: int) -> date:
    """Go to the same day `months` months later; the last day where that month is shorter."""
    ordinal = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(ordinal, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
