"""The counter a use case runs at, and the people who stand at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.credentials import CardRange, ShopTables
from pos_loyalty.domain.events import Role
from pos_loyalty.domain.ids import ShiftId, StaffId
from pos_loyalty.domain.programs import Program
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
    """Choose what scores a receipt of the day `on`: of the store's currency, the newest version."""
    held = (
        program
        for program in counter.members.programs()
        if program.currency == store.currency and program.holds_on(on)
    )
    return max(held, key=lambda program: (program.version, program.id), default=None)


def shop_tables(store: StoreTold) -> ShopTables:
    """Tell what the store knows of numbers."""
    ranges = tuple(CardRange(prefix) for prefix in store.card_prefixes)
    return ShopTables(ranges, lambda text: e164(text, store.region))
