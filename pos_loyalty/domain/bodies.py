"""What each kind of event says, beyond its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, LINES_MAX, Line, Tender
from pos_loyalty.domain.calendar import check_zone
from pos_loyalty.domain.events import Kind, Position
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, StoreId, Unit
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.money import Money
from pos_loyalty.domain.texts import check_text

TENDERS_MAX = 50
POINTS_MAX = 10**15
VERSION_MAX = 2**31 - 1
SALES_MAX = 10**6
RECORD_DIGEST = re.compile("[0-9a-f]{64}")
PASS_ID = re.compile("([0-9a-f]{2}){0,32}")


@dataclass(frozen=True, slots=True)
class ProgramVersion:
    """The very rules a sale was scored by."""

    program: ProgramId
    version: int

    def __post_init__(self) -> None:
        check_text(self.program)
        if not 1 <= self.version <= VERSION_MAX:
            raise ValueError(f"no program has the version {self.version}")


@dataclass(frozen=True, slots=True)
class StandingSeen:
    """The standing a sale was computed from. `balance` None: the till did not know it."""

    balance: int | None
    includes: Position | None  # The last own event the pulled standing contained.

    def __post_init__(self) -> None:
        if self.balance is not None and abs(self.balance) > POINTS_MAX:
            raise ValueError(f"nobody has {self.balance} points")


@dataclass(frozen=True, slots=True)
class Earned:
    """Points a sale gives, as one lot that bears the sale's id."""

    unit: Unit
    points: int
    expires_on: date | None
    line_points: tuple[int, ...]

    def __post_init__(self) -> None:
        check_text(self.unit)
        if not 0 < self.points <= POINTS_MAX:
            raise ValueError(f"a sale earns 1 to {POINTS_MAX} points, not {self.points}")
        if min(self.line_points, default=0) < 0:
            raise ValueError(f"a line takes no points away: {self.line_points}")
        if sum(self.line_points) != self.points:
            raise ValueError(f"the lines' points {self.line_points} do not sum to {self.points}")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person became a member; `record_digest` is the salted hash of her record (hex)."""

    member: MemberId
    store: StoreId
    on: date
    record_digest: str
    consent: Consent
    pass_id: str  # The blank pass she got (hex). Empty: none, a card was handed over.

    def __post_init__(self) -> None:
        for text in (self.store, self.consent.wording):
            check_text(text)
        if not (RECORD_DIGEST.fullmatch(self.record_digest) and PASS_ID.fullmatch(self.pass_id)):
            raise ValueError("digests and passes are told in hexadecimal")


@dataclass(frozen=True, slots=True)
class Sold:
    """Goods were paid for."""

    number: str  # As printed on the receipt.
    store: StoreId
    zone: str
    currency: str
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    member: MemberId | None
    program: ProgramVersion | None
    standing: StandingSeen | None
    earned: Earned | None

    def __post_init__(self) -> None:
        for text in (self.number, self.store):
            check_text(text)
        if len(self.lines) > LINES_MAX or len(self.tenders) > TENDERS_MAX:
            raise ValueError(f"a sale has at most {LINES_MAX} lines and {TENDERS_MAX} tenders")
        check_zone(self.zone)
        total = Money(self.total_minor, self.currency).amount_minor
        if total > AMOUNT_MINOR_MAX:
            raise ValueError(f"a sale comes to at most {AMOUNT_MINOR_MAX}, not {total}")
        paid = sum(tender.amount_minor for tender in self.tenders)
        if paid < total:
            raise ValueError(f"{paid} was paid for {total}")
        if self.earned is not None:
            self._check_earned(self.earned)

    def _check_earned(self, earned: Earned) -> None:
        if self.member is None:
            raise ValueError("only a member earns")
        if len(earned.line_points) != len(self.lines):
            raise ValueError(f"{len(earned.line_points)} lines earn, {len(self.lines)} were sold")

    @property
    def total_minor(self) -> int:
        """What the goods came to."""
        return sum(line.net_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """A person began to work at the till."""

    store: StoreId
    on: date

    def __post_init__(self) -> None:
        check_text(self.store)


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """She stopped."""

    store: StoreId
    sales: int

    def __post_init__(self) -> None:
        check_text(self.store)
        if not 0 <= self.sales <= SALES_MAX:
            raise ValueError(f"no shift makes {self.sales} sales")


@dataclass(frozen=True, slots=True)
class Reprinted:
    """A slip was printed again, marked COPY."""

    of: EventId


Body = Enrolled | Sold | ShiftOpened | ShiftClosed | Reprinted

KINDS: dict[Kind, type[Body]] = {
    Kind.ENROL: Enrolled,
    Kind.SALE: Sold,
    Kind.SHIFT_OPEN: ShiftOpened,
    Kind.SHIFT_CLOSE: ShiftClosed,
    Kind.REPRINT: Reprinted,
}
KIND_OF: dict[type[Body], Kind] = {body: kind for kind, body in KINDS.items()}
