"""Taking the money: one durable event with its points and its receipt, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pos_loyalty.domain.basket import Line, Tender
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.facts import Unknown
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Standing
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.i18n import Words
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.points import Points
from pos_loyalty.receipts.sale import SaleReceipt, sale_receipt
from pos_loyalty.receipts.stored import write_slip
from pos_loyalty.usecases.counter import Counter, SignedIn, program_told, store_of
from pos_loyalty.usecases.facts import figures_of
from pos_loyalty.usecases.quote import Asked, Offer, offer_to_record
from pos_loyalty.usecases.record import Beside, record
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wire.bodies import read_body


@dataclass(frozen=True, slots=True)
class Checkout:
    """What the cashier confirms. `sale` is older than the pay key: two presses are one sale."""

    sale: EventId
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    member: MemberId | None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaleDone:
    """A sale durably written. `before` None: the balance is not known here, or no member."""

    sale: EventId
    number: str
    total_minor: int
    change_minor: int
    member: MemberId | None
    before: int | None
    earned: int


class NotPaid(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The tenders do not cover the total."""

    def __init__(self, *, missing_minor: int) -> None:
        super().__init__(f"{missing_minor} missing")
        self.missing_minor = missing_minor


class NothingToSell(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The basket is empty."""


def sell(counter: Counter, who: SignedIn, words: Words | None, checkout: Checkout) -> SaleDone:
    """Write the sale down; it is done when this returns, and printed later.

    The same `checkout.sale` again answers with the sale that was made, and makes none. `words` are
    the receipt's language; None: she wants no paper.

    Raises NothingToSell, NotPaid, NotSetUp, or JournalFault when the disk does not take it.
    """
    made = counter.journal.event(checkout.sale)
    if made is not None:
        sold = read_body(made.header.kind, made.header.version, made.body)
        if isinstance(sold, Sold):
            return _done(checkout.sale, sold, _scored_by(counter, sold))
    if not checkout.lines:
        raise NothingToSell
    store = store_of(counter)
    seen = None if checkout.member is None else see(counter, checkout.member)
    offered = offer_to_record(
        counter, Asked(checkout.lines, seen, checkout.tenders, checkout.codes)
    )
    paid = sum(tender.amount_minor for tender in checkout.tenders)
    if paid < offered.quote.to_pay_minor:
        raise NotPaid(missing_minor=offered.quote.to_pay_minor - paid)
    sold = _sold(counter, store, checkout, offered, seen)
    slip = None
    if words is not None:
        letterhead = letterhead_of(counter, store, who, offered.at)
        points = _points_told(checkout.sale, sold, offered, seen)
        slip = write_slip(sale_receipt(words, letterhead, _receipt(sold, offered, points)))
    beside = Beside(member=checkout.member, slip=slip)
    record(counter, who, checkout.sale, sold, beside, offered.at)
    return _done(checkout.sale, sold, offered.program)


def _scored_by(counter: Counter, sold: Sold) -> Program | None:
    return None if sold.scored is None else program_told(counter, sold.scored.program)


def _sold(
    counter: Counter,
    store: StoreTold,
    checkout: Checkout,
    offered: Offer,
    seen: MemberSeen | None,
) -> Sold:
    position = counter.journal.head().position
    off = tuple([line.discount_minor for line in offered.quote.lines])
    return Sold(
        number=f"{position.epoch}.{position.seq + 1}",
        store=store.store,
        zone=store.zone,
        currency=store.currency,
        lines=checkout.lines,
        tenders=checkout.tenders,
        member=checkout.member,
        scored=_scored(counter, checkout.sale, offered, seen),
        discounts_minor=off if any(off) else (),
        codes=checkout.codes,
    )


def _scored(
    counter: Counter, sale: EventId, offered: Offer, seen: MemberSeen | None
) -> Scored | None:
    program, facts = offered.program, offered.facts
    if seen is None or program is None or facts is None:
        return None
    return replace(
        scored_by(offered.quote, program, sale),
        facts=facts,
        includes=None if seen.told is None else seen.told.includes,
        figures=figures_of(counter, program),
    )


def _receipt(sold: Sold, offered: Offer, points: Points | None) -> SaleReceipt:
    return SaleReceipt(
        number=sold.number,
        currency=sold.currency,
        lines=sold.lines,
        tenders=sold.tenders,
        quote=offered.quote,
        program=offered.program,
        points=points,
    )


def _points_told(
    sale: EventId, sold: Sold, offered: Offer, seen: MemberSeen | None
) -> Points | None:
    """Gather what the receipt says of points. None: no member, or no program to speak of."""
    program = offered.program
    if seen is None or program is None:
        return None
    unit, on = program.unit, business_day(offered.at, sold.zone)
    after = _after(seen.standing, sale, sold)
    expiring = after.expiring(unit, on)
    next_expiry = None
    if expiring is not None and expiring.expires_on is not None:
        next_expiry = (expiring.points, expiring.expires_on)
    return Points(
        program=program,
        before=seen.standing.balance(unit, on),
        pending=after.pending_points(unit),
        as_of=None if seen.told is None else seen.told.as_of,
        expiring=next_expiry,
        vouchers=() if sold.scored is None else sold.scored.left.vouchers,
    )


def _after(standing: Standing, sale: EventId, sold: Sold) -> Standing:
    """Her standing once the sale is written."""
    earned = () if sold.scored is None else sold.scored.earned
    lots = [(one.unit, Lot(sale, one.points, one.expires_on, one.usable_on)) for one in earned]
    return replace(standing, pending=(*standing.pending, *lots))


def letterhead_of(counter: Counter, store: StoreTold, who: SignedIn, at: datetime) -> Letterhead:
    """Write the head of a slip made at the instant `at`."""
    return Letterhead(store.name, store.address, counter.till.till, who.name, at, store.zone)


def _done(sale: EventId, sold: Sold, program: Program | None) -> SaleDone:
    scored = sold.scored
    before = None
    if scored is not None and program is not None:
        balances = scored.facts.balances
        before = None if isinstance(balances, Unknown) else balances.get(program.main_unit.id)
    return SaleDone(
        sale=sale,
        number=sold.number,
        total_minor=sold.total_minor,
        change_minor=sum(tender.amount_minor for tender in sold.tenders) - sold.total_minor,
        member=sold.member,
        before=before,
        earned=0 if scored is None or program is None else scored.points(program.unit),
    )
