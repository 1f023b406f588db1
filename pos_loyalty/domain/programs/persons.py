"""Who the member is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from pos_loyalty.domain.programs.checks import DAYS_MAX, between, identifier, identifiers, some

AROUND_MAX = 182  # More would meet itself on the other side of the year.
AGE_MAX = 150


class MemberDate(Enum):
    """A day of the member's own."""

    BIRTHDAY = "birthday"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class AroundDate:
    """Every year from so many days before a day of the member's own to so many days after.

    A 29 February is kept on 28 February where the year has none. The day itself of joining is no
    anniversary.
    """

    date: MemberDate
    before_days: int = 0
    after_days: int = 0
    kind: Literal["around_date"] = "around_date"

    def __post_init__(self) -> None:
        between("before_days", self.before_days, 0, AROUND_MAX)
        between("after_days", self.after_days, 0, AROUND_MAX)


class MemberPast(Enum):
    """Something of the member's past that days are counted from."""

    JOINED = "joined"
    LAST_PURCHASE = "last_purchase"


@dataclass(frozen=True, slots=True)
class DaysSince:
    """So many days after joining or after the last purchase; None: open above."""

    since: MemberPast
    at_least: int = 0
    at_most: int | None = None
    kind: Literal["days_since"] = "days_since"

    def __post_init__(self) -> None:
        between("at_least", self.at_least, 0, DAYS_MAX)
        if self.at_most is not None:
            between("at_most", self.at_most, self.at_least, DAYS_MAX)


@dataclass(frozen=True, slots=True)
class Age:
    """The member is so many years old; both ends inclusive, None: open."""

    at_least: int = 0
    at_most: int | None = None
    kind: Literal["age"] = "age"

    def __post_init__(self) -> None:
        between("at_least", self.at_least, 0, AGE_MAX)
        if self.at_most is not None:
            between("at_most", self.at_most, self.at_least, AGE_MAX)


@dataclass(frozen=True, slots=True)
class InTier:
    """The member is in one of these tiers."""

    any_of: tuple[str, ...]
    kind: Literal["tier"] = "tier"

    def __post_init__(self) -> None:
        identifiers("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class InSegment:
    """The server counts the member among one of these."""

    any_of: tuple[str, ...]
    kind: Literal["segment"] = "segment"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class HasAttribute:
    """The member has this property with one of these values (vehicle: car)."""

    name: str
    any_of: tuple[str, ...]
    kind: Literal["attribute"] = "attribute"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class MembershipActive:
    """The member paid for this membership and it runs."""

    id: str
    kind: Literal["membership"] = "membership"

    def __post_init__(self) -> None:
        identifier("id", self.id)
