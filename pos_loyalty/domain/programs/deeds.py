"""What the member did so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from pos_loyalty.domain.programs.checks import DAYS_MAX, WrongValue, between, identifier, window


@dataclass(frozen=True, slots=True)
class OnVisit:
    """On the n-th visit, this one counted: on every `every`-th, or on those of `at`."""

    at: tuple[int, ...] = ()
    every: int | None = None
    kind: Literal["visit"] = "visit"

    def __post_init__(self) -> None:
        if (self.every is None) == (not self.at):
            raise WrongValue("every", self.every, "either every, or at")
        for number in self.at:
            between("at", number, 1)
        if self.every is not None:
            between("every", self.every, 1)


@dataclass(frozen=True, slots=True)
class Spent:
    """The member spent at least so much in a span before this receipt; None: open above."""

    window: str
    at_least_minor: int
    below_minor: int | None = None
    with_this_receipt: bool = False
    kind: Literal["spent"] = "spent"

    def __post_init__(self) -> None:
        window("window", self.window)
        between("at_least_minor", self.at_least_minor, 0)
        if self.below_minor is not None:
            between("below_minor", self.below_minor, self.at_least_minor + 1)


@dataclass(frozen=True, slots=True)
class HasEarned:
    """The member earned at least so much in a span before this receipt."""

    window: str
    at_least: int
    unit: str = "points"
    kind: Literal["earned"] = "earned"

    def __post_init__(self) -> None:
        window("window", self.window)
        between("at_least", self.at_least, 0)
        identifier("unit", self.unit)


@dataclass(frozen=True, slots=True)
class AboveFigure:
    """The member earned more in a span than a figure the server published for all members."""

    figure: str  # As in "points-30d-p80".
    window: str
    unit: str = "points"
    kind: Literal["above_figure"] = "above_figure"

    def __post_init__(self) -> None:
        identifier("figure", self.figure)
        window("window", self.window)
        identifier("unit", self.unit)


@dataclass(frozen=True, slots=True)
class DidActivity:
    """The member did something that is no purchase so many times (rated, answered, attended)."""

    activity: str
    at_least: int = 1
    within_days: int | None = None
    kind: Literal["activity"] = "activity"

    def __post_init__(self) -> None:
        identifier("activity", self.activity)
        between("at_least", self.at_least, 1)
        if self.within_days is not None:
            between("within_days", self.within_days, 0, DAYS_MAX)


class Response(Enum):
    """What became of an offer."""

    SHOWN = "shown"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class OfferMet:
    """An offer was shown to, taken or declined by the member so many times."""

    offer: str
    response: Response
    at_least: int = 0
    at_most: int | None = None
    kind: Literal["offer"] = "offer"

    def __post_init__(self) -> None:
        identifier("offer", self.offer)
        between("at_least", self.at_least, 0)
        if self.at_most is not None:
            between("at_most", self.at_most, self.at_least)
