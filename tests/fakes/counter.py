"""A shop's counter over memory: a store, its staff, its program, its catalogue, blank passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.events import Position, Role
from pos_loyalty.domain.gtin import check_digit
from pos_loyalty.domain.ids import EventId, MemberId, ShiftId, StaffId, StoreId, TerminalId, Unit
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.i18n import load_words
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.clock import Clock
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import Journal
from pos_loyalty.ports.members import Members
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.enrol import Application
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.wire.changes import (
    Change,
    IndexChanged,
    LotTold,
    MemberChanged,
    ProductChanged,
    ProgramPublished,
    RecordTold,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.messages import (
    PullReply,
)
from pos_loyalty.wire.passes import PassClaims, write_pass
from pos_loyalty.wire.pins import badge_digest, hash_pin
from pos_loyalty.wire.program_document import read_program, write_program
from pos_loyalty.wire.seals import public_key
from tests.fakes.clock import MORNING, FakeClock, FixedIds

Answer = TypeVar("Answer")

SERVER_SEED = bytes(range(32))
STRANGER_SEED = bytes(range(1, 33))
INDEX_KEY = b"k" * 32
POINTS = Unit("bottega/points")
WORDS = load_words("en", Path())
ANNA = MemberId(UUID(int=0xA11A))
BORIS = MemberId(UUID(int=0xB0B))
ANNAS_PHONE = "+393401234567"
ROSA = SignedIn(StaffId("rosa"), "Rosa", Role.CASHIER, ShiftId(UUID(int=0x5A)), MORNING)
ROSAS_PIN, MARIOS_PIN, ROSAS_BADGE = "4711", "0815", "rosas-long-badge"
COFFEE = "08000070038028"
POINTS_OF_A_YEAR = 'units = [{ lasts = { kind = "months", months = 12 } }]'
PROGRAM = """
id = "bottega"
version = {version}
name = {{ en = "Bottega Club", it = "Club Bottega" }}
currency = "EUR"
valid_from = {valid_from}
{units}
[[rules]]
id = "purchase"
then = {{ kind = "earn", points = {points}, step = 100 }}
[[rules]]
id = "coffee"
text = {{ en = "Coffee counts double" }}
then = {{ kind = "multiply", by = 2, lines = {{ categories = ["grocery/coffee"] }} }}
"""


def a_counter(
    journal: Journal | None = None,
    members: Members | None = None,
    clock: Clock | None = None,
    *,
    till: int = 1,
    passes: int = 3,
) -> Counter:
    """A till that was online once: it knows its store, and has a few blank passes."""
    terminal = TerminalId(UUID(int=0x7111 + till))
    identity = TillIdentity(
        terminal=terminal,
        till=f"Till {till}",
        store=StoreId("centro"),
        url="http://127.0.0.1:1",
        server_key=public_key(SERVER_SEED),
        server_epoch=1,
        index_key=INDEX_KEY,
    )
    journal = journal or MemoryJournal(terminal)
    counter = Counter(
        identity, journal, members or MemoryMembers(), clock or FakeClock(), FixedIds(till)
    )
    if members is None:
        tell(counter, *the_shop())
        counter.members.add_passes(a_pass(100 * till + n) for n in range(passes))
    return counter


def a_till_never_online() -> Counter:
    return a_counter(members=MemoryMembers())


def tell(counter: Counter, *changes: Change, includes: Position | None = None) -> None:
    """Let the server tell something that contains the till's events through `includes`."""
    through = includes or Position(1, 0)
    reply = PullReply(
        server_epoch=1,
        changes=changes,
        cursor="1",
        more=False,
        includes_epoch=through.epoch,
        includes_seq=through.seq,
        at=MORNING - timedelta(hours=1),
    )
    counter.members.apply(changes, reply, complete=True)


@cache
def the_shop() -> tuple[Change, ...]:
    return (
        the_store(),
        StaffChanged(
            staff="rosa",
            name="Rosa",
            role="cashier",
            pin_hash=hash_pin(ROSAS_PIN),
            badge_digest=badge_digest(ROSAS_BADGE),
        ),
        StaffChanged(staff="mario", name="Mario", role="manager", pin_hash=hash_pin(MARIOS_PIN)),
        a_program(),
        ProductChanged(sku=COFFEE, name="Coffee 250 g", price_minor=590, category="grocery/coffee"),
        ProductChanged(sku="BREAD", name="Bread", price_minor=320, tax_rate="0.04"),
    )


def the_store(zone: str = "Europe/Rome") -> StoreChanged:
    return StoreChanged(
        store="centro",
        name="Bottega Centro",
        address="Via Roma 1",
        zone=zone,
        currency="EUR",
        language="it",
        region="IT",
        card_prefixes=("29",),
    )


def a_program(
    version: int = 1, valid_from: str = "2026-01-01", points: int = 1, more: str = ""
) -> Change:
    """The shop's program; `more` are further tables of its document."""
    units = "" if "[[units]]" in more else POINTS_OF_A_YEAR
    head = PROGRAM.format(version=version, valid_from=valid_from, points=points, units=units)
    text = head + more
    return ProgramPublished(document=write_program(read_program(text, "bottega.toml")))


@cache
def a_pass(number: int, seed: bytes = SERVER_SEED, lasts: timedelta = timedelta(days=3650)) -> str:
    issued_at = MORNING - timedelta(days=1)
    claims = PassClaims(blank(number), f"{number:016x}", issued_at, issued_at + lasts)
    return write_pass(claims, seed)


def blank(number: int) -> MemberId:
    """The member whom pass `number` names."""
    return MemberId(UUID(int=0xB1A2C << 32 | number))


def card(number: int) -> str:
    """A card of the shop's own range."""
    payload = f"29{number:010d}"
    return payload + check_digit(payload)


def known(
    member: MemberId = ANNA,
    *lots: LotTold,
    name: str = "Anna Bianchi",
    phone: str = ANNAS_PHONE,
    status: str = "active",
    past: Past | None = NO_PAST,
    birthday: date | None = None,
) -> MemberChanged:
    """A member of this store; her whole past is known here unless it is None."""
    return MemberChanged.model_validate(
        {
            "member": member,
            "status": status,
            "record": RecordTold(name=name, phone=phone, birthday=birthday),
            "lots": lots,
            "past": past,
        }
    )


def lot(points: int, number: int = 1, expires_on: str | None = None) -> LotTold:
    return LotTold.model_validate(
        {"unit": POINTS, "event_id": UUID(int=number), "points": points, "expires_on": expires_on}
    )


def indexed(number: str, member: MemberId = ANNA, status: str = "active") -> IndexChanged:
    digest = card_digest(number, INDEX_KEY).hex()
    return IndexChanged.model_validate({"digest": digest, "member": member, "status": status})


def application(counter: Counter, name: str = "", phone: str = "", card: str = "") -> Application:
    """What a new member tells who agrees."""
    return Application(new_id(counter), name, phone, card, "it", agreed=True)


def new_id(counter: Counter) -> EventId:
    return EventId(counter.ids.new(counter.clock.now()))


def checkout(
    counter: Counter,
    member: MemberId | None = None,
    amount_minor: int = 1000,
    tenders: Sequence[Tender] | None = None,
) -> Checkout:
    """One amount, paid in cash to the cent unless told otherwise."""
    paid = tenders if tenders is not None else (Tender(TenderKind.CASH, amount_minor),)
    return Checkout(new_id(counter), (Line("", amount_minor),), tuple(paid), member)


def here(job: Callable[[], Answer], /) -> Answer:
    """Stand in for the ledger thread: do it at once."""
    return job()


def sold(count: int = 3) -> Counter:
    """A counter at which so many anonymous sales were made."""
    counter = a_counter()
    for _ in range(count):
        sell(counter, ROSA, None, checkout(counter))
    return counter
