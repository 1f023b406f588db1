"""Figures about all members, from their pasts alone: what the server's tables are to come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

from pos_loyalty.domain.past import Past
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.program import Program

DAYS = 30
SHARE_PERCENT = 80


def figures_of(pasts: Iterable[Past], programs: Iterable[Program], today: date) -> dict[str, int]:
    """Tell what 80 of 100 members earned at most, and what all together used of what is shared."""
    first, last = today - timedelta(days=DAYS - 1), today + timedelta(days=1)
    earned: dict[str, list[int]] = {}
    used: Counter[str] = Counter()
    for past in pasts:
        used.update(past.uses)
        own: Counter[str] = Counter()
        for day in past.days:
            if first <= day.on <= last:
                own.update(day.earned)
        for unit, points in own.items():
            earned.setdefault(unit, []).append(points)
    found: dict[str, int] = {}
    for program in programs:
        for one in program.units:
            name = program.account_unit(one.id)
            found[f"{name}-{DAYS}d-p{SHARE_PERCENT}"] = _most(earned.get(name, []))
        for rule in program.rules:
            if any(limit.per is Per.TOTAL for limit in rule.limits):
                found[f"{program.id}/used-{rule.id}"] = used[f"{program.id}/{rule.id}"]
    return found


def _most(points: list[int]) -> int:
    """Tell the least figure that so large a share does not exceed."""
    return sorted(points)[ceil(len(points) * SHARE_PERCENT / 100) - 1] if points else 0
