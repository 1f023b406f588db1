"""What one member bought, earned and used day by day, for the spans a program looks back on.

As in domain.past, but changed in place, and with what receipts told of the time before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pos_loyalty.domain.facts import UNKNOWN, History, Unknown
from pos_loyalty.domain.past import COUNTS_KEPT, DAYS_KEPT, first_day
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.lab.replay.rulebook import EVER, Rulebook

SPEND = ""  # Among the sums: money; all others are units.
CALENDAR = frozenset({"day", "week", "month", "year"})
Sums = dict[str, int]


class Day:
    """One business day."""

    __slots__ = ("on", "sums", "uses")

    def __init__(self, on: date) -> None:
        self.on = on
        self.sums: Sums = {}
        self.uses: Sums = {}


class Diary:
    """Days, oldest first; `since` is the first that is written down here entirely."""

    __slots__ = ("days", "ever", "since", "told", "used", "used_before")

    def __init__(self, since: date) -> None:
        self.since = since  # date.min: she has no time before.
        self.days: list[Day] = []
        self.ever: Sums = {}
        self.used: Sums = {}
        self.told: dict[tuple[str, str], tuple[date, int]] = {}  # What and window → before, when.
        self.used_before: dict[tuple[str, str], tuple[date, int]] | None = None

    def write(self, book: Rulebook, on: date, sums: Sums, uses: Sums) -> None:
        """Add what a receipt came to."""
        _add(self.ever, sums)
        _add(self.used, uses)
        if book.keeps_days:
            day = self._day(on)
            _add(day.sums, sums)
            _add(day.uses, uses)

    def _day(self, on: date) -> Day:
        days = self.days
        if days and days[-1].on == on:
            return days[-1]
        place = len(days)
        while place and days[place - 1].on > on:  # A store of another time zone.
            place -= 1
        if place and days[place - 1].on == on:
            return days[place - 1]
        day = Day(on)
        days.insert(place, day)
        if len(days) > DAYS_KEPT:
            del days[0]
        return day

    def history(self, book: Rulebook, on: date, told: History) -> History:
        """Tell the sums that are known; of others what the receipt itself tells."""
        earned: dict[str, Mapping[str, int]] = {}
        for unit in book.units:
            before = UNKNOWN if isinstance(told.earned, Unknown) else told.earned.get(unit, {})
            sums = self._windows(book, unit, on, before)
            if sums:
                earned[unit] = sums
        spend = self._windows(book, SPEND, on, told.spend_minor)
        return History(spend or UNKNOWN, earned or UNKNOWN)

    def _windows(
        self, book: Rulebook, what: str, on: date, told: Mapping[str, int] | Unknown
    ) -> Sums:
        sums: Sums = {}
        for window in (EVER, *book.windows):
            known = self._sum(what, window, on)
            if known is None and not isinstance(told, Unknown) and window in told:
                own = self._own(what, window, on)
                self.told[what, window] = (on, told[window] - own)
                known = told[window]
            if known is not None:
                sums[window] = known
        return sums

    def _sum(self, what: str, window: str, on: date) -> int | None:
        """Sum up a window. None: a part of it is not known."""
        if self._whole(window, on):
            return self._own(what, window, on)
        before = self.told.get((what, window))
        if before is None or not _same_span(window, before[0], on):
            return None
        return before[1] + self._own(what, window, on)

    def _whole(self, window: str, on: date) -> bool:
        if self.since == date.min:
            return window == EVER or self._holds(first_day(window, on))
        return (
            window != EVER and self.since <= (first := first_day(window, on)) and self._holds(first)
        )

    def _holds(self, first: date) -> bool:
        return len(self.days) < DAYS_KEPT or self.days[0].on <= first

    def _own(self, what: str, window: str, on: date) -> int:
        if window == EVER:
            return self.ever.get(what, 0)
        return sum([day.sums.get(what, 0) for day in self._between(first_day(window, on), on)])

    def _between(self, first: date, on: date) -> Iterator[Day]:
        for day in reversed(self.days):
            if day.on < first:
                return
            if day.on <= on:
                yield day

    def usage(
        self, book: Rulebook, on: date, told: Mapping[str, Mapping[str, int]] | Unknown
    ) -> Mapping[str, Mapping[str, int]] | Unknown:
        """Count uses of what is limited; all of them, or it is unknown."""
        if self.used_before is None:
            if not isinstance(told, Unknown):
                self._tell_uses(book, on, told)
            elif not self._all_whole(book, on):
                return UNKNOWN
        names = [name for name in book.limits if name in self.used or self._told_of(name)]
        return {
            name: {per.value: self._uses(book, name, per, on) for per in book.limits[name]}
            for name in names
        }

    def _told_of(self, name: str) -> bool:
        return bool(self.used_before) and any(one == name for one, _ in self.used_before or ())

    def _all_whole(self, book: Rulebook, on: date) -> bool:
        if self.since == date.min:
            return True
        spans = {per for pers in book.limits.values() for per in pers}
        return all(per is not Per.EVER and self.since <= _first(book, per, on) for per in spans)

    def _tell_uses(self, book: Rulebook, on: date, told: Mapping[str, Mapping[str, int]]) -> None:
        self.used_before = {}
        for name, pers in book.limits.items():
            for per in pers:
                count = told.get(name, {}).get(per.value, 0) - self._own_uses(book, name, per, on)
                if count:
                    self.used_before[name, per.value] = (on, count)

    def _uses(self, book: Rulebook, name: str, per: Per, on: date) -> int:
        count = self._own_uses(book, name, per, on)
        before = (self.used_before or {}).get((name, per.value))
        if before is None:
            return count
        span = EVER if per in {Per.EVER, Per.PERIOD} else per.value
        return count + before[1] if _same_span(span, before[0], on) else count

    def _own_uses(self, book: Rulebook, name: str, per: Per, on: date) -> int:
        if per is Per.EVER:
            return self.used.get(name, 0)
        first = _first(book, per, on)
        if not self._holds(first):
            return self.used.get(name, 0)
        return sum([day.uses.get(name, 0) for day in self._between(first, on)])


def _first(book: Rulebook, per: Per, on: date) -> date:
    return book.program.valid_from if per is Per.PERIOD else first_day(per.value, on)


def _same_span(window: str, then: date, on: date) -> bool:
    """Whether all that lay in the window `then` lies in it on `on`, too."""
    if window == EVER or then == on:
        return True
    return window in CALENDAR and first_day(window, then) == first_day(window, on)


def _add(sums: Sums, more: Sums) -> None:
    for name, count in more.items():
        if name in sums:
            sums[name] += count
        elif len(sums) < COUNTS_KEPT:
            sums[name] = count
