"""What a till knows of a member when a sale is scored; what it does not know is unknown (I13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction


class Unknown(Enum):
    """Not known at this till: neither there nor known to be missing."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class OwnLot:
    """Points of one unit with one expiry. `expires_on`: first day they are gone; None: never."""

    unit: str
    points: int
    expires_on: date | None = None
    usable_on: date | None = None  # First day they may be spent. None: already.


@dataclass(frozen=True, slots=True)
class PaidMembership:
    """A membership that was paid for; `until` is its last day."""

    id: str
    until: date


@dataclass(frozen=True, slots=True)
class Voucher:
    """A code good once for a reward, between two days (inclusive; None: open)."""

    code: str
    reward: str
    first: date | None = None
    last: date | None = None

    def good_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class History:
    """Sums by window (day, week, month, year, ever, 30d …), this receipt not counted."""

    spend_minor: Mapping[str, int] | Unknown = UNKNOWN
    earned: Mapping[str, Mapping[str, int]] | Unknown = UNKNOWN  # Unit → window → points.


@dataclass(frozen=True, slots=True)
class Offers:
    """How often each offer was shown to, taken and declined by the member."""

    shown: Mapping[str, int] | Unknown = UNKNOWN
    taken: Mapping[str, int] | Unknown = UNKNOWN
    declined: Mapping[str, int] | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True)
class Activity:
    """Something a member did on a day that is no purchase."""

    activity: str
    on: date


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member. None is a known absence, UNKNOWN is not known here."""

    joined_on: date | Unknown | None = UNKNOWN
    birthday: date | Unknown | None = UNKNOWN
    attributes: Mapping[str, str] | Unknown = UNKNOWN
    segments: tuple[str, ...] | Unknown = UNKNOWN
    favourite_category: str | Unknown | None = UNKNOWN
    tier: str | Unknown | None = UNKNOWN
    membership: PaidMembership | Unknown | None = UNKNOWN
    balances: Mapping[str, int] | Unknown = UNKNOWN
    lots: tuple[OwnLot, ...] | Unknown = UNKNOWN
    carried: Mapping[str, Fraction] | Unknown = UNKNOWN
    visits: int | Unknown = UNKNOWN  # Before this one.
    last_purchase_on: date | Unknown | None = UNKNOWN
    history: History = History()
    usage: Mapping[str, Mapping[str, int]] | Unknown = UNKNOWN  # Rule or reward → span → times.
    goals: Mapping[str, int] | Unknown = UNKNOWN
    vouchers_held: tuple[Voucher, ...] | Unknown = UNKNOWN
    offers: Offers = Offers()
    activity: tuple[Activity, ...] | Unknown = UNKNOWN


STRANGER = MemberFacts()  # A member of whom nothing is known but that she is one.
