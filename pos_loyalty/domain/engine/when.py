"""Judging when and where a purchase is made."""

from __future__ import annotations

from typing import assert_never

from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.verdicts import HOLDS, Unmet, Verdict
from pos_loyalty.domain.programs.occasions import (
    DuringHours,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
    Weekday,
)

WEEKDAYS = tuple(Weekday)
Moment = OnWeekdays | DuringHours | OnDates | InStore | ThroughChannel


def when_it_is(  # noqa: PLR0911 - one answer for each word
    condition: Moment, scene: Scene
) -> Verdict:
    """Judge what the calendar, the clock and the place of sale decide."""
    match condition:
        case OnWeekdays(days):
            if WEEKDAYS[scene.day.weekday()] in days:
                return HOLDS
            return Unmet("weekday", ",".join(day.value for day in days))
        case DuringHours():
            return _hours(condition, scene)
        case OnDates(first, last):
            if (first is None or first <= scene.day) and (last is None or scene.day <= last):
                return HOLDS
            return Unmet("dates", f"{first or '..'}/{last or '..'}")
        case InStore(any_of):
            return HOLDS if scene.basket.store in any_of else Unmet("store", ",".join(any_of))
        case ThroughChannel(any_of):
            if any(channel.value == scene.basket.channel for channel in any_of):
                return HOLDS
            return Unmet("channel", ",".join(channel.value for channel in any_of))
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def _hours(condition: DuringHours, scene: Scene) -> Verdict:
    now, since, until = scene.basket.at.time(), condition.since, condition.until
    over_midnight = until < since
    within = (now >= since or now < until) if over_midnight else since <= now < until
    return HOLDS if within else Unmet("hours", f"{since:%H:%M}-{until:%H:%M}")
