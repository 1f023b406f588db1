"""When and where something is bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Literal

from pos_loyalty.domain.programs.checks import WrongValue, in_order, some


class Weekday(Enum):
    """A day of the week, as in a calendar of the store."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class OnWeekdays:
    """On these days of the week."""

    days: tuple[Weekday, ...]
    kind: Literal["weekday"] = "weekday"

    def __post_init__(self) -> None:
        some("days", self.days)


@dataclass(frozen=True, slots=True)
class DuringHours:
    """From `since` until just before `until`, local time; over midnight when until is earlier."""

    since: time
    until: time
    kind: Literal["hours"] = "hours"

    def __post_init__(self) -> None:
        if self.since.tzinfo or self.until.tzinfo:
            raise WrongValue("since", self.since.isoformat(), "a local time such as 16:00:00")
        if self.since == self.until:
            raise WrongValue("until", self.until.isoformat(), "another time than since")


@dataclass(frozen=True, slots=True)
class OnDates:
    """Between two days, both inclusive; None: open."""

    first: date | None = None
    last: date | None = None
    kind: Literal["dates"] = "dates"

    def __post_init__(self) -> None:
        in_order("last", self.first, self.last)


@dataclass(frozen=True, slots=True)
class InStore:
    """Sold in one of these stores."""

    any_of: tuple[str, ...]
    kind: Literal["store"] = "store"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)


class Channel(Enum):
    """Where a purchase is made."""

    TILL = "till"
    ONLINE = "online"
    APP = "app"
    SOCIAL = "social"
    PHONE = "phone"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class ThroughChannel:
    """Bought this way."""

    any_of: tuple[Channel, ...]
    kind: Literal["channel"] = "channel"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)
