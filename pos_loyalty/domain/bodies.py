"""What each kind of event says, beyond its header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.basket import LINES_MAX, Line, Tender
from pos_loyalty.domain.calendar import check_zone
from pos_loyalty.domain.events import Kind, Position
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, StoreId, Unit
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProgramVersion:
    """The very rules a sale was scored by."""

    program: ProgramId
    version: int


@dataclass(frozen=True, slots=True)
class StandingSeen:
    """The standing a sale was computed from. `balance` None: the till did not know it."""

    balance: int | None
    includes: Position | None  # The last own event the pulled standing contained.


@dataclass(frozen=True, slots=True)
class Earned:
    """Points a sale gives, as one lot that bears the sale's id."""

    unit: Unit
    points: int
    expires_on: date | None
    line_points: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.points <= 0 or min(self.line_points, default=0) < 0:
            raise ValueError(f"a sale earns points or says nothing of them: {self.points}")
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
    pass_id: str  # The blank pass she got. Empty: none, a card was handed over.


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
        if self.member is None and self.earned is not None:
            raise ValueError("only a member earns")
        if len(self.lines) > LINES_MAX:
            raise ValueError(f"a sale holds at most {LINES_MAX} lines, not {len(self.lines)}")
        check_zone(self.zone)
        Money(self.total_minor, self.currency)
        paid = sum(tender.amount_minor for tender in self.tenders)
        if paid < self.total_minor:
            raise ValueError(f"{paid} was paid for {self.total_minor}")

    @property
    def total_minor(self) -> int:
        """What the goods came to."""
        return sum(line.net_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """A person began to work at the till."""

    store: StoreId
    on: date


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """She stopped."""

    store: StoreId
    sales: int


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
