"""When a rule holds: a closed vocabulary, so that every answer can be explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from pos_loyalty.domain.programs.checks import (
    WrongValue,
    between,
    identifier,
    identifiers,
    in_order,
    some,
    window,
)
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection

DAYS_MAX = 36500
AROUND_MAX = 182  # More would meet itself on the other side of the year.
AGE_MAX = 150
CONDITIONS_MAX = 50


class Weekday(Enum):
    """A day of the week, as in a calendar of the store."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Tax(Enum):
    """Whether an amount is taken with its tax."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


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


@dataclass(frozen=True, slots=True)
class PaidWith:
    """Paid with one of these: wholly, or `partly` is enough."""

    any_of: tuple[str, ...]
    partly: bool = False
    kind: Literal["tender"] = "tender"

    def __post_init__(self) -> None:
        identifiers("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class CodeEntered:
    """One of these codes was said or typed."""

    any_of: tuple[str, ...]
    kind: Literal["code"] = "code"

    def __post_init__(self) -> None:
        some("any_of", self.any_of)


@dataclass(frozen=True, slots=True)
class VoucherShown:
    """A voucher for this reward was shown."""

    reward: str
    kind: Literal["voucher"] = "voucher"

    def __post_init__(self) -> None:
        identifier("reward", self.reward)


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
class MinimumAmount:
    """The lines come to at least so much, and to less than `below_minor`; None: open.

    Counted on what is left to pay when the rule's turn comes.
    """

    amount_minor: int
    below_minor: int | None = None
    lines: Selection = ALL_LINES
    tax: Tax = Tax.INCLUDED
    kind: Literal["minimum_amount"] = "minimum_amount"

    def __post_init__(self) -> None:
        between("amount_minor", self.amount_minor, 0)
        if self.below_minor is not None:
            between("below_minor", self.below_minor, self.amount_minor + 1)


@dataclass(frozen=True, slots=True)
class MinimumQuantity:
    """At least so many pieces, kilograms or litres of the lines are in the basket."""

    quantity: Decimal
    lines: Selection = ALL_LINES
    kind: Literal["minimum_quantity"] = "minimum_quantity"

    def __post_init__(self) -> None:
        if not 0 < self.quantity <= 10**6:
            raise WrongValue("quantity", str(self.quantity), "more than 0")


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
class MembershipActive:
    """The member paid for this membership and it runs."""

    id: str
    kind: Literal["membership"] = "membership"

    def __post_init__(self) -> None:
        identifier("id", self.id)


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
