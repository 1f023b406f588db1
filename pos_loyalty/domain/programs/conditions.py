"""When a rule holds: a closed vocabulary, so that every answer can be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pos_loyalty.domain.programs.checks import some
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Spent,
)
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.occasions import (
    DuringHours,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
)
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    InTier,
    MembershipActive,
)
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    VoucherShown,
)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these holds."""

    conditions: tuple[Condition, ...]
    kind: Literal["any_of"] = "any_of"

    def __post_init__(self) -> None:
        some("conditions", self.conditions)


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Nothing of these holds."""

    conditions: tuple[Condition, ...]
    kind: Literal["none_of"] = "none_of"

    def __post_init__(self) -> None:
        some("conditions", self.conditions)


Condition = Annotated[
    OnWeekdays
    | DuringHours
    | OnDates
    | AroundDate
    | DaysSince
    | Age
    | InTier
    | InSegment
    | HasAttribute
    | InStore
    | ThroughChannel
    | PaidWith
    | CodeEntered
    | VoucherShown
    | OnVisit
    | MinimumAmount
    | MinimumQuantity
    | Spent
    | HasEarned
    | AboveFigure
    | MembershipActive
    | DidActivity
    | OfferMet
    | AnyOf
    | NoneOf,
    ByKind(),
]
