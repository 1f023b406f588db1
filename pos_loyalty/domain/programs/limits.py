"""How often, and how much, at most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos_loyalty.domain.programs.checks import between, identifier, identifiers


class Per(Enum):
    """The span a limit is counted over."""

    RECEIPT = "receipt"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    PERIOD = "period"  # As long as the program is valid.
    EVER = "ever"
    TOTAL = "total"  # All members together: a stock, a number of first comers.


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule or reward works at most `times` times per span."""

    times: int
    per: Per

    def __post_init__(self) -> None:
        between("times", self.times, 0)


@dataclass(frozen=True, slots=True)
class Cap:
    """Several rules together give at most so much of a unit per span; no rules named: all."""

    id: str
    most: int
    per: Per
    unit: str = "points"
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        identifier("id", self.id)
        between("most", self.most, 0)
        identifier("unit", self.unit)
        if self.rules:
            identifiers("rules", self.rules)
