"""Days as a shop counts them: an instant is UTC, a business day is of the store's time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, datetime
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


def in_year(day: date, year: int) -> date:
    """Tell the day's anniversary in `year`: 29 February is the 28th where there is none."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def around(day: date, own: date, *, before_days: int, after_days: int) -> int:
    """Tell in how many days the yearly window around the member's day `own` begins; 0: it is now.

    The day itself of the first year is no anniversary.
    """
    ahead = None
    for year in (day.year - 1, day.year, day.year + 1):
        if year <= own.year:
            continue
        anniversary = in_year(own, year)
        apart = (anniversary - day).days  # Positive: still to come.
        if -after_days <= apart <= before_days:
            return 0
        if apart > before_days and ahead is None:
            ahead = apart - before_days
    if ahead is None:  # Her own day is still to come.
        ahead = (in_year(own, min(own.year + 1, MAXYEAR)) - day).days - before_days
    return ahead


def years_old(day: date, born: date) -> int:
    """Count the birthdays up to and including `day`; less than 0 before birth."""
    return day.year - born.year - (day < in_year(born, day.year))
