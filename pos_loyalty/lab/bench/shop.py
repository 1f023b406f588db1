"""A chain with as many members as wanted, and tills of it that need no server to be made."""

from __future__ import annotations

import secrets
import shutil
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.events import Role
from pos_loyalty.domain.gtin import check_digit
from pos_loyalty.domain.ids import MemberId, ShiftId, StaffId, StoreId, TerminalId
from pos_loyalty.domain.past import Past, PastDay
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.store.key import KEY_FILE
from pos_loyalty.store.members import INDEX
from pos_loyalty.terminal.identity import keep_identity
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.wire.changes import (
    Change,
    LotTold,
    MemberChanged,
    ProductChanged,
    ProgramPublished,
    RecordTold,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.index import DIGEST_BYTES, card_digest
from pos_loyalty.wire.messages import (
    SNAPSHOT_ENTRIES_MAX,
    PullReply,
    SnapshotReply,
)
from pos_loyalty.wire.passes import PassClaims, write_pass
from pos_loyalty.wire.pins import hash_pin
from pos_loyalty.wire.program_document import read_program, write_program
from pos_loyalty.wire.seals import new_seed, public_key

KEY = b"the till's files of the bench..."
INDEX_KEY = b"the compact index of the bench.."
SERVER_SEED = b"the server's seed, of the bench."
NOBODY_LISTENS = "http://127.0.0.1:9"  # The port of “discard”: no till's server.
PIN = "4711"
KNOWN = 5000  # Members of this store, told in full.
CARDS = 20_000  # Members whose cards have numbers that can be scanned; all are in the index.
PRODUCTS = 500
SLICE = 500
TAX = Fraction(1, 10)
BIRTHDAY = date(1984, 3, 4)
ZONE = "Europe/Rome"
WEEKS = 52
PROGRAM = """
id = "bench"
version = 1
name = { en = "Bench Club", it = "Club del Banco", bg = "Клуб" }
currency = "EUR"
valid_from = 2020-01-01
units = [{ lasts = { kind = "months", months = 12 } }]
[[rules]]
id = "purchase"
then = { kind = "earn", points = 1, step = 100 }
[[rules]]
id = "coffee"
text = { en = "Coffee counts double", it = "Il caffè vale doppio", bg = "Двойно за кафе" }
then = { kind = "multiply", by = 2, lines = { categories = ["grocery/coffee"] } }
"""


@cache
def past(number: int) -> Past:
    """Tell what a member did: she came every week of a year."""
    today = datetime.now(UTC).date()
    days = tuple(
        PastDay(today - timedelta(weeks=week), 1, 2500 + number % 100, {"bench/points": 25})
        for week in reversed(range(1, WEEKS))
    )
    return Past(
        joined_on=days[0].on,
        visits=len(days),
        last_purchase_on=days[-1].on,
        spend_minor=sum(day.spend_minor for day in days),
        earned={"bench/points": 25 * len(days)},
        days=days,
    )


def cashier() -> SignedIn:
    """Somebody at the till."""
    shift = ShiftId(UUID(int=1))
    return SignedIn(StaffId("rosa"), "Rosa", Role.CASHIER, shift, datetime.now(UTC))


def member(number: int) -> MemberId:
    """Name a member."""
    return MemberId(UUID(int=0xB << 124 | number))


def card(number: int) -> str:
    """Tell the number on a member's card."""
    payload = f"29{number:010d}"
    return payload + check_digit(payload)


def member_pass(number: int) -> str:
    """Make a member's pass."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    claims = PassClaims(
        member(number), f"{number:016x}", yesterday, yesterday + timedelta(days=3650)
    )
    return write_pass(claims, SERVER_SEED)


def sku(number: int) -> str:
    """Tell a product's GTIN."""
    payload = f"0800007{number:06d}"
    return payload + check_digit(payload)


def shelf(number: int) -> Line:
    """Take a product from the shelf."""
    return Line(
        name=f"Product {number}",
        price_minor=100 + number,
        sku=sku(number).zfill(14),
        category=_category(number),
        tax_rate=TAX,
    )


def _category(number: int) -> str:
    return "grocery/coffee" if number % 5 == 0 else "grocery/bread"


def till_in(bench: Bench, name: str, *, indexed: bool = False) -> Path:
    """Make a till that has heard everything; `indexed`: all members of the chain, too."""
    folder = bench.folder / name
    folder.mkdir(mode=0o700)
    key_file = folder / KEY_FILE  # A file, so that nothing is left in anybody's key store.
    key_file.touch(mode=0o600)
    key_file.write_text(KEY.hex(), encoding="ascii")
    terminal = TerminalId(UUID(bytes=secrets.token_bytes(16), version=4))
    identity = TillIdentity(
        terminal=terminal,
        till="Till 1",
        store=StoreId("centro"),
        url=NOBODY_LISTENS,
        server_key=public_key(SERVER_SEED),
        server_epoch=1,
        index_key=INDEX_KEY,
    )
    journal = open_journal(folder, KEY, terminal)
    keep_identity(folder, journal, identity, new_seed())
    journal.close()
    _tell(folder, min(KNOWN, bench.plan.members))
    if indexed:
        shutil.copyfile(index_in(bench), folder / INDEX)
    return folder


def _tell(folder: Path, known: int) -> None:
    members = open_members(folder, KEY)
    changes = (*shop(), *(_told(number) for number in range(known)))
    for start in range(0, len(changes), SLICE):
        slice_ = changes[start : start + SLICE]
        members.apply(slice_, told(slice_), complete=True)
    members.close()


def told(changes: Sequence[Change]) -> PullReply:
    """Tell changes as the server does."""
    return PullReply(
        server_epoch=1,
        changes=tuple(changes),
        cursor="0",
        more=False,
        includes_epoch=1,
        includes_seq=0,
        at=datetime.now(UTC) - timedelta(hours=1),
    )


@cache
def shop() -> tuple[Change, ...]:
    """Tell the store, who works there, its program and its shelves."""
    program = write_program(read_program(PROGRAM, "bench.toml"))
    goods = (
        ProductChanged(
            sku=sku(number).zfill(14),
            name=f"Product {number}",
            price_minor=100 + number,
            category=_category(number),
            tax_rate=str(TAX),
        )
        for number in range(PRODUCTS)
    )
    return (
        StoreChanged(
            store="centro",
            name="Bottega Centro",
            address="Via Roma 1",
            zone=ZONE,
            currency="EUR",
            language="it",
            region="IT",
            card_prefixes=("29",),
        ),
        StaffChanged(staff="rosa", name="Rosa", role="cashier", pin_hash=hash_pin(PIN)),
        ProgramPublished(document=program),
        *goods,
    )


def _told(number: int) -> MemberChanged:
    record = RecordTold(
        name=f"Member {number}",
        phone=f"+39340{number:07d}",
        card=card(number),
        language="it",
        birthday=BIRTHDAY,
    )
    lots = tuple(
        LotTold(unit="bench/points", event_id=UUID(int=lot + 1), points=10 + lot, expires_on=None)
        for lot in range(4)
    )
    return MemberChanged(
        member=member(number), status="active", record=record, lots=lots, past=past(number % 100)
    )


def index_in(bench: Bench) -> Path:
    """Build the compact index of all members, once, as a till builds it; answers with the file."""
    folder = bench.folder / "index"
    if folder.exists():
        return folder / INDEX
    folder.mkdir()
    members = open_members(folder, KEY)
    build = members.begin_snapshot()
    for page in pages(bench.plan.members):
        build.add(page)
    members.swap_in(build)
    members.close()
    return folder / INDEX


def pages(count: int) -> Iterator[SnapshotReply]:
    """Tell the compact index of `count` members, page by page."""
    lines = sorted(_line(number) for number in range(count))
    for start in range(0, count, SNAPSHOT_ENTRIES_MAX):
        page = lines[start : start + SNAPSHOT_ENTRIES_MAX]
        yield SnapshotReply(
            server_epoch=1,
            packed=b64encode(b"".join(page)).decode(),
            entries=len(page),
            total=count,
            more=start + len(page) < count,
        )


def _line(number: int) -> bytes:
    if number < CARDS:
        digest = card_digest(card(number), INDEX_KEY)
    else:  # Nobody scans these: any number that looks like a digest will do, and is quicker.
        digest = blake2b(number.to_bytes(8, "big"), digest_size=DIGEST_BYTES).digest()
    return digest + member(number).bytes + b"\x01"
