"""A person enrolled, and what is known of her balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.ids import MemberId, Unit
from pos_loyalty.domain.lots import Lot, live_points, next_to_expire


class MemberStatus(Enum):
    """What may be done with a member."""

    BLANK = "blank"  # A pass was issued; nobody has enrolled with it as far as we know.
    ACTIVE = "active"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Consent:
    """Agreement of a member to one wording."""

    wording: str  # Id of the text that was read.
    given: bool


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """What names or reaches a person. It never enters the chain: only its salted hash does."""

    name: str = ""
    phone: str = ""  # E.164. Empty: not told.
    card: str = ""  # The pre-printed card handed over. Empty: none.
    language: str = ""  # BCP 47. Empty: the store's.
    birthday: date | None = None  # None: not told.


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Balances as the server last told them.

    `includes` is the last event *of this till* the figures already contain.
    """

    as_of: datetime
    includes: Position
    lots: tuple[tuple[Unit, tuple[Lot, ...]], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's points at this till: what is confirmed, and what own unconfirmed events add.

    `confirmed` is None when this till knows the member only by the compact index or by a pass:
    then the balance is unknown, never zero (I13).
    """

    member: MemberId
    status: MemberStatus
    confirmed: Confirmed | None
    pending: tuple[tuple[Unit, Lot], ...] = ()

    @property
    def known(self) -> bool:
        """Whether the till knows the whole balance."""
        return self.confirmed is not None

    def lots(self, unit: Unit) -> tuple[Lot, ...]:
        """All lots of one unit, confirmed and pending."""
        own = tuple(lot for name, lot in self.pending if name == unit)
        if self.confirmed is None:
            return own
        told = next((lots for name, lots in self.confirmed.lots if name == unit), ())
        return told + own

    def balance(self, unit: Unit, on: date) -> int | None:
        """Count the points usable on `on`. None when the balance is not known here."""
        return live_points(self.lots(unit), on) if self.known else None

    def pending_points(self, unit: Unit) -> int:
        """How many points the server has not confirmed yet."""
        return sum(lot.points for name, lot in self.pending if name == unit)

    def expiring(self, unit: Unit, on: date) -> Lot | None:
        """Tell what expires next. None when nothing does."""
        return next_to_expire(self.lots(unit), on)
