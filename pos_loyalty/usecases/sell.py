"""Taking the money: one durable event with its points and its receipt, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.facts import Unknown
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.i18n import Words
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.receipts.points import Points
from pos_loyalty.receipts.sale import SaleReceipt, sale_receipt
from pos_loyalty.receipts.stored import write_slip
from pos_loyalty.usecases.act import Deed, act_if_due, speaks_of
from pos_loyalty.usecases.chance import give_leases_back
from pos_loyalty.usecases.counter import Counter, SignedIn, store_of
from pos_loyalty.usecases.greet import RECOGNISED
from pos_loyalty.usecases.quote import Asked, Offer, offer_to_record
from pos_loyalty.usecases.record import Beside, Companion, companion_id, record
from pos_loyalty.usecases.scored import letterhead_of, points_told, program_of, scored_of
from pos_loyalty.usecases.standing import see
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
    """A sale durably written. `before` None: the balance is not known here, or no member.

    `before` and `earned` are of the program's main unit; `scored` has all of them.
    """

    sale: EventId
    number: str
    total_minor: int
    change_minor: int
    member: MemberId | None
    before: int | None
    earned: int
    program: Program | None
    scored: Scored | None


class NotPaid(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The tenders do not cover the total."""

    def __init__(self, *, missing_minor: int) -> None:
        super().__init__(f"{missing_minor} missing")
        self.missing_minor = missing_minor


class PaidTooMuch(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Paid like this it comes to less than what would be taken, and nothing is given back."""

    def __init__(self, *, to_pay_minor: int) -> None:
        super().__init__(f"{to_pay_minor} to pay")
        self.to_pay_minor = to_pay_minor


class NothingToSell(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The basket is empty."""


def sell(counter: Counter, who: SignedIn, words: Words | None, checkout: Checkout) -> SaleDone:
    """Write the sale down; it is done when this returns, and printed later.

    What came due for the member when she was recognised (her birthday, coming back) is written
    right before it, with a slip of its own: by being looked up alone nobody gets anything.

    The same `checkout.sale` again answers with the sale that was made, and makes none. `words` are
    the receipt's language; None: she wants no paper.

    Raises NothingToSell, NotPaid, PaidTooMuch, NotSetUp, Refused, or JournalFault when the disk
    does not take it.
    """
    made = counter.journal.event(checkout.sale)
    if made is not None:
        sold = read_body(made.header.kind, made.header.version, made.body)
        if isinstance(sold, Sold):
            return _done(checkout.sale, sold, program_of(counter, sold.scored))
    if not checkout.lines:
        raise NothingToSell
    give_leases_back(counter, who)
    offered = _offered(counter, checkout)
    if _greeted(counter, who, words, checkout, offered.program):
        offered = _offered(counter, checkout)  # She has more now than when she came in.
    store = store_of(counter)
    sold = _sold(counter, store, checkout, offered)
    slip = None
    if words is not None:
        letterhead = letterhead_of(counter, store, who, offered.at)
        points = points_told(checkout.sale, sold, offered)
        slip = write_slip(sale_receipt(words, letterhead, _receipt(sold, offered, points)))
    beside = Beside(member=checkout.member, slip=slip)
    record(counter, who, checkout.sale, sold, beside, offered.at)
    return _done(checkout.sale, sold, offered.program)


def _offered(counter: Counter, checkout: Checkout) -> Offer:
    """Quote what is sold, and see that it is paid."""
    seen = None if checkout.member is None else see(counter, checkout.member)
    asked = Asked(checkout.lines, seen, checkout.tenders, checkout.codes)
    offered = offer_to_record(counter, asked)
    paid, to_pay = sum(one.amount_minor for one in checkout.tenders), offered.quote.to_pay_minor
    if paid < to_pay:
        raise NotPaid(missing_minor=to_pay - paid)
    if paid > to_pay and all(one.kind != TenderKind.CASH for one in checkout.tenders):
        raise PaidTooMuch(to_pay_minor=to_pay)
    return offered


def _greeted(
    counter: Counter,
    who: SignedIn,
    words: Words | None,
    checkout: Checkout,
    program: Program | None,
) -> bool:
    """Give what came due when she was recognised, once for each sale. False: there was nothing."""
    if checkout.member is None or program is None or not speaks_of(program, RECOGNISED):
        return False
    event = companion_id(checkout.sale, Companion.RECOGNISED)
    return act_if_due(counter, who, words, Deed(event, checkout.member, RECOGNISED)) is not None


def _sold(counter: Counter, store: StoreTold, checkout: Checkout, offered: Offer) -> Sold:
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
        scored=scored_of(counter, checkout.sale, offered),
        discounts_minor=off if any(off) else (),
        codes=checkout.codes,
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
        program=program,
        scored=scored,
    )
