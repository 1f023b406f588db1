"""A member whose purchases are remembered, one sale after the other."""

from __future__ import annotations

from datetime import date, timedelta

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import (
    Sold,
)
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.past import (
    Past,
    facts_of,
)
from pos_loyalty.domain.remembering import remember
from tests.unit.domain.shop import ANNA, CLUB, NOON, sold_to

TODAY = date(2026, 5, 5)


def facts_after(past: Past, on: date = TODAY) -> MemberFacts:
    return facts_of(past, CLUB, on, None, ())


def sell(past: Past, *lines: Line, days: int = 0) -> Sold:
    at = NOON + timedelta(days=days)
    facts = facts_after(past, TODAY + timedelta(days=days))
    return sold_to(ANNA, *lines, program=CLUB, at=at, facts=facts)


def after(past: Past, *lines: Line, days: int = 0) -> Past:
    return remember(past, sell(past, *lines, days=days), TODAY + timedelta(days=days), CLUB)
