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

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.bodies import Body, Enrolled, ProgramVersion, Sold
from pos_loyalty.domain.engine import quote
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.programs import Program


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
        case Sold() as sold:
            return _book_sale(fact, sold, view)
        case _:
            return Booked(Outcome.APPLIED)


def _book_sale(fact: Fact, sold: Sold, view: View) -> Booked:
    if sold.member is None:
        return Booked(Outcome.APPLIED)
    if view.status(sold.member) is None:
        return Booked(Outcome.PARKED, "unknown_member")
    named = sold.program
    program = None if named is None else view.program(named.program, named.version)
    code = _misfit(sold, program)
    if code:
        return Booked(Outcome.PARKED, code)
    code = "" if program is None else _differs(fact, sold, program)
    # The printed figure stands (I12); a difference is a bug or fraud, and a person looks at it.
    outcome = Outcome.DISPUTED if code else Outcome.APPLIED
    return Booked(outcome, code, earning(fact.event_id, sold))


def _misfit(sold: Sold, program: Program | None) -> str:
    """Say why these points cannot be booked under `program`; empty when they can."""
    if program is None:
        if sold.program is not None:
            return "unknown_program"
        return "points_without_program" if sold.earned is not None else ""
    if sold.earned is not None and sold.earned.unit != program.unit:
        return "foreign_unit"
    return ""


def _differs(fact: Fact, sold: Sold, program: Program) -> str:
    """Score the sale again from what it records; empty when it comes out as printed."""
    basket = Basket(fact.at, sold.store, sold.zone, sold.currency, sold.lines)
    try:
        again = quote(basket, program)
    except CurrencyMismatch:
        return "wrong_currency"
    printed = 0 if sold.earned is None else sold.earned.points
    if again.earned != printed:
        return "points_differ"
    if sold.earned is not None and sold.earned.expires_on != again.expires_on:
        return "expiry_differs"
    return ""


def earning(event_id: EventId, sold: Sold) -> tuple[Posting, ...]:
    """Give the two legs of a sale's points: issued → available."""
    if sold.earned is None or sold.member is None:
        return ()
    points, unit, expires_on = sold.earned.points, sold.earned.unit, sold.earned.expires_on
    issued = Account(AccountKind.ISSUED, NOBODY, unit)
    available = Account(AccountKind.AVAILABLE, sold.member, unit)
    return (
        Posting(issued, -points, event_id, expires_on),
        Posting(available, points, event_id, expires_on),
    )


def fold(postings: Iterable[Posting]) -> Mapping[Account, int]:
    """Sum postings to balances: a balance is never stored as truth, always derived."""
    balances: defaultdict[Account, int] = defaultdict(int)
    for posting in postings:
        balances[posting.account] += posting.points
    return balances


def lots_of(postings: Iterable[Posting]) -> tuple[Lot, ...]:
    """Tell what is left of each lot after `postings` of one account; emptied lots are gone."""
    points: defaultdict[tuple[EventId, date | None], int] = defaultdict(int)
    for posting in postings:
        points[posting.lot, posting.expires_on] += posting.points
    return tuple(Lot(lot, left, expires) for (lot, expires), left in points.items() if left)


def version_of(program: Program | None) -> ProgramVersion | None:
    """Name the rules a sale was scored by. None: there were none."""
    return None if program is None else ProgramVersion(program.id, program.version)
