"""The counter a use case runs at, and the people who stand at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.credentials import CardRange, ShopTables, partner_cards
from pos_loyalty.domain.events import Role
from pos_loyalty.domain.ids import ShiftId, StaffId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import ProgramVersion
from pos_loyalty.ports.clock import Clock, Ids
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import Journal
from pos_loyalty.ports.members import Members, StoreTold
from pos_loyalty.wire.phones import e164


@dataclass(frozen=True, slots=True)
class Counter:
    """Which till this is, and the ports its use cases speak to. Used from the ledger thread."""

    till: TillIdentity
    journal: Journal
    members: Members
    clock: Clock
    ids: Ids


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at the till now."""

    staff: StaffId
    name: str
    role: Role
    shift: ShiftId
    since: datetime


class NotSetUp(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The till has never heard from its server: it does not know its store yet."""


def store_of(counter: Counter) -> StoreTold:
    """Tell which store this till stands in. Raises NotSetUp before the first pull."""
    store = counter.members.store()
    if store is None:
        raise NotSetUp
    return store


def today(counter: Counter, store: StoreTold) -> date:
    """Tell the business day at the store."""
    return business_day(counter.clock.now(), store.zone)


def program_in_force(counter: Counter, store: StoreTold, on: date) -> Program | None:
    """Choose what scores a receipt of the day `on`: the highest priority, then the newest.

    It counts the store's money, is meant for the store, and is not over: while it only redeems, it
    still answers.
    """
    held = [one for one in counter.members.programs() if _fits(one, store, on)]
    return max(held, key=lambda one: (one.priority, one.version, one.id), default=None)


def _fits(program: Program, store: StoreTold, on: date) -> bool:
    if program.stores and store.store not in program.stores:
        return False
    change = program.currency_change
    currency = program.currency if change is None or on < change.on else change.currency
    in_force = program.holds_on(on) or program.redeems_on(on)
    return in_force and currency == store.currency


def program_told(counter: Counter, named: ProgramVersion) -> Program | None:
    """Find the very version an event names. None: this till was never told of it."""
    told = counter.members.programs()
    fits = (p for p in told if p.id == named.program and p.version == named.version)
    return next(fits, None)


def shop_tables(store: StoreTold, programs: Iterable[Program] = ()) -> ShopTables:
    """Tell what the store knows of numbers; `programs` name the partners whose cards it takes."""
    ranges = tuple(CardRange(prefix) for prefix in store.card_prefixes)
    return ShopTables(ranges, lambda text: e164(text, store.region), partner_cards(programs))
