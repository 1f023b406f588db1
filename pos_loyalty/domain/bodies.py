"""What each kind of event says, beyond its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, LINES_MAX, Line, Tender
from pos_loyalty.domain.calendar import check_zone
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId, StoreId
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.money import Money
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.moments import ANSWERS_MAX
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.domain.texts import check_text

TENDERS_MAX = 50
SCORES_MAX = 20
SCORE_MAX = 5
SALES_MAX = 10**6
RECORD_DIGEST = re.compile("[0-9a-f]{64}")
PASS_ID = re.compile("([0-9a-f]{2}){0,32}")


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
    """Goods were paid for.

    `discounts_minor` is what the program took off each line; empty: nothing.
    """

    number: str  # As printed on the receipt.
    store: StoreId
    zone: str
    currency: str
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    member: MemberId | None = None
    scored: Scored | None = None
    discounts_minor: tuple[int, ...] = ()
    channel: str = "till"
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.number, self.store, self.channel, *self.codes):
            check_text(text)
        if max(len(self.lines), len(self.codes)) > LINES_MAX or len(self.tenders) > TENDERS_MAX:
            raise ValueError(f"a sale has at most {LINES_MAX} lines and {TENDERS_MAX} tenders")
        check_zone(self.zone)
        self._check_discounts()
        total = Money(self.total_minor, self.currency).amount_minor
        if total > AMOUNT_MINOR_MAX:
            raise ValueError(f"a sale comes to at most {AMOUNT_MINOR_MAX}, not {total}")
        paid = sum(tender.amount_minor for tender in self.tenders)
        if paid < total:
            raise ValueError(f"{paid} was paid for {total}")
        if self.scored is not None:
            self._check_scored(self.scored)

    def _check_discounts(self) -> None:
        if not self.discounts_minor:
            return
        if len(self.discounts_minor) != len(self.lines):
            raise ValueError(f"{len(self.discounts_minor)} discounts for {len(self.lines)} lines")
        for line, off in zip(self.lines, self.discounts_minor, strict=True):
            if not 0 <= off <= line.net_minor:
                raise ValueError(f"a program takes 0 to {line.net_minor} off a line, not {off}")

    def _check_scored(self, scored: Scored) -> None:
        if self.member is None:
            raise ValueError("only a member earns")
        for earned in scored.earned:
            if len(earned.line_points) != len(self.lines):
                found = len(earned.line_points)
                raise ValueError(f"{found} lines earn, {len(self.lines)} were sold")

    @property
    def total_minor(self) -> int:
        """What was to pay."""
        return sum([line.net_minor for line in self.lines]) - sum(self.discounts_minor)

    @property
    def paid_minor(self) -> tuple[int, ...]:
        """What was to pay for each line."""
        net = [line.net_minor for line in self.lines]
        if not self.discounts_minor:
            return tuple(net)
        return tuple([a - b for a, b in zip(net, self.discounts_minor, strict=True)])


@dataclass(frozen=True, slots=True)
class Acted:
    """A member did something that is no purchase, or something of her own came due.

    `activity` is the event's name in the program: recognised, joined, feedback, survey …
    """

    member: MemberId
    activity: str
    store: StoreId
    zone: str
    currency: str
    scored: Scored | None = None
    of: EventId | None = None  # The sale it is about.
    scores: tuple[tuple[str, int], ...] = ()  # What was rated, 1 to 5.

    def __post_init__(self) -> None:
        for text in (self.activity, self.store, *(name for name, _ in self.scores)):
            check_text(text)
        check_zone(self.zone)
        if len(self.scores) > SCORES_MAX:
            raise ValueError(f"at most {SCORES_MAX} things are rated at once")
        if any(not 1 <= score <= SCORE_MAX for _, score in self.scores):
            raise ValueError(f"a score lies between 1 and {SCORE_MAX}: {self.scores}")


@dataclass(frozen=True, slots=True)
class OfferMet:
    """A suggestion, message or notice was shown to a member, taken or declined by her."""

    member: MemberId
    offer: str  # Its id in the program.
    response: Response
    store: StoreId
    answer: int | None = None  # Which answer to a notice's question she gave. None: not asked.

    def __post_init__(self) -> None:
        for text in (self.offer, self.store):
            check_text(text)
        if self.answer is not None and not 0 <= self.answer < ANSWERS_MAX:
            raise ValueError(f"a question has at most {ANSWERS_MAX} answers")


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A member told something of herself: the record's new salted hash, and what is no secret.

    None: this was not told now.
    """

    member: MemberId
    store: StoreId
    record_digest: str
    favourite_category: str | None = None
    do_not_ask: str | None = None  # A question that is not to be asked again.

    def __post_init__(self) -> None:
        for text in (self.store, self.favourite_category or "", self.do_not_ask or ""):
            check_text(text)
        if not RECORD_DIGEST.fullmatch(self.record_digest):
            raise ValueError("digests are told in hexadecimal")


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


@dataclass(frozen=True, slots=True)
class LeaseReturned:
    """The till gave leased prizes back: no later event of its journal draws from them."""

    lease: LeaseId


Body = (
    Enrolled
    | Sold
    | Acted
    | OfferMet
    | ProfileChanged
    | ShiftOpened
    | ShiftClosed
    | Reprinted
    | LeaseReturned
)

KINDS: dict[Kind, type[Body]] = {
    Kind.ENROL: Enrolled,
    Kind.SALE: Sold,
    Kind.ACTIVITY: Acted,
    Kind.OFFER: OfferMet,
    Kind.PROFILE_CHANGE: ProfileChanged,
    Kind.SHIFT_OPEN: ShiftOpened,
    Kind.SHIFT_CLOSE: ShiftClosed,
    Kind.REPRINT: Reprinted,
    Kind.LEASE_RETURN: LeaseReturned,
}
KIND_OF: dict[type[Body], Kind] = {body: kind for kind, body in KINDS.items()}


def member_of(body: Body | None) -> MemberId | None:
    """Tell whom an event is about. None: nobody, or its body cannot be read."""
    match body:
        case Enrolled() | Sold() | Acted() | OfferMet() | ProfileChanged():
            return body.member
        case _:
            return None
