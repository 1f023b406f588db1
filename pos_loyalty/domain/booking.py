"""What an event does to the accounts: one pure core for the till, the server and the simulator.

Double entry in integers: the legs of every event sum to zero per unit (I1). What cannot be booked
is a value in the results, never an exception: it is parked for a person and blocks nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from pos_loyalty.domain.bodies import Acted, Body, Enrolled, OfferMet, ProfileChanged, Sold
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import score
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.prizes import drawn_as
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import Refused
from pos_loyalty.domain.scored_sale import basket_of, same_score, scored_by
from pos_loyalty.domain.scoring import Scored


class AccountKind(Enum):
    """What an account holds points for."""

    ISSUED = "issued"  # Where points come from; its owner is nobody.
    AVAILABLE = "available"  # A member's own.


NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Account:
    """Points of one unit, held for one owner."""

    kind: AccountKind
    owner: UUID
    unit: Unit


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg: points into an account (negative: out of it), from or to a lot."""

    account: Account
    points: int
    lot: EventId
    expires_on: date | None
    usable_on: date | None = None  # First business day they may be spent. None: already.


class Outcome(Enum):
    """What became of an event on the books."""

    APPLIED = "applied"
    PARKED = "parked"  # Stored, not booked, waits for a person.
    DISPUTED = "disputed"  # Booked as printed, and reported: the figures differ.


@dataclass(frozen=True, slots=True)
class Booked:
    """The answer to one event: its outcome, a code that says why, and its legs."""

    outcome: Outcome
    code: str = ""
    postings: tuple[Posting, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the books see it. `body` is None when its kind or version is not known here."""

    event_id: EventId
    at: datetime
    body: Body | None


class View(Protocol):
    """What the books need to know beside the event."""

    def status(self, member: MemberId) -> MemberStatus | None:
        """Tell what the member is. None: nobody ever issued that id."""

    def program(self, program: ProgramId, version: int) -> Program | None:
        """Find one published version. None: not known here."""


def book(fact: Fact, view: View) -> Booked:
    """Decide what `fact` does to the accounts."""
    match fact.body:
        case None:
            return Booked(Outcome.PARKED, "unknown_kind")
        case Enrolled(member=member):
            if view.status(member) is None:
                return Booked(Outcome.PARKED, "unknown_pass")
            return Booked(Outcome.APPLIED)
        case Sold() | Acted() as scored:
            return _book_scored(fact, scored, view)
        case OfferMet(member=member) | ProfileChanged(member=member):
            known = view.status(member) is not None
            return Booked(Outcome.APPLIED) if known else Booked(Outcome.PARKED, "unknown_member")
        case _:
            return Booked(Outcome.APPLIED)


def _book_scored(fact: Fact, body: Sold | Acted, view: View) -> Booked:
    if body.member is None:
        return Booked(Outcome.APPLIED)
    if view.status(body.member) is None:
        return Booked(Outcome.PARKED, "unknown_member")
    scored = body.scored
    if scored is None:
        return Booked(Outcome.APPLIED)
    program = view.program(scored.program.program, scored.program.version)
    if program is None:
        return Booked(Outcome.PARKED, "unknown_program")
    units = {program.account_unit(unit.id) for unit in program.units}
    if any(one.unit not in units for one in scored.earned):
        return Booked(Outcome.PARKED, "foreign_unit")
    code = _differs(fact, body, scored, program)
    # The printed figure stands (I12); a difference is a bug or fraud, and a person looks at it.
    outcome = Outcome.DISPUTED if code else Outcome.APPLIED
    return Booked(outcome, code, earning(fact.event_id, body))


def _differs(fact: Fact, body: Sold | Acted, scored: Scored, program: Program) -> str:
    """Score the event again from what it records; empty when it comes out as printed."""
    basket = basket_of(body, fact.at, scored.figures)
    try:
        again = score(basket, scored.facts, program)
    except CurrencyMismatch:
        return "wrong_currency"
    except Refused as error:
        return error.refusal.code
    if isinstance(body, Sold) and not _same_discounts(body, again):
        return "discounts_differ"
    scored_again = scored_by(again, program, fact.event_id)
    return same_score(scored, drawn_as(scored.left.draws, scored_again, program, fact.event_id))


def _same_discounts(sold: Sold, again: Quote) -> bool:
    taken = tuple([line.discount_minor for line in again.lines])
    return taken == (sold.discounts_minor or (0,) * len(sold.lines))


def earning(event_id: EventId, body: Sold | Acted) -> tuple[Posting, ...]:
    """Give the two legs of each unit an event earns: issued → available."""
    if body.scored is None or body.member is None:
        return ()
    legs: list[Posting] = []
    for one in body.scored.earned:
        issued = Account(AccountKind.ISSUED, NOBODY, one.unit)
        available = Account(AccountKind.AVAILABLE, body.member, one.unit)
        days = (one.expires_on, one.usable_on)
        legs.append(Posting(issued, -one.points, event_id, *days))
        legs.append(Posting(available, one.points, event_id, *days))
    return tuple(legs)


def fold(postings: Iterable[Posting]) -> Mapping[Account, int]:
    """Sum postings to balances: a balance is never stored as truth, always derived."""
    balances: defaultdict[Account, int] = defaultdict(int)
    for posting in postings:
        balances[posting.account] += posting.points
    return balances


def lots_of(postings: Iterable[Posting]) -> tuple[Lot, ...]:
    """Tell what is left of each lot after `postings` of one account; emptied lots are gone."""
    points: defaultdict[tuple[EventId, date | None, date | None], int] = defaultdict(int)
    for posting in postings:
        points[posting.lot, posting.expires_on, posting.usable_on] += posting.points
    return tuple(Lot(lot, left, *days) for (lot, *days), left in points.items() if left)
