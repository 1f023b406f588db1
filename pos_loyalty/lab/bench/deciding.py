"""What the till decides and writes between two keys: quotes, events, receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from pos_loyalty.devices.registry import Drivers, installed_drivers
from pos_loyalty.domain.basket import Basket, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import GENESIS, Header, Kind, Position, seal
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.ids import EventId, StaffId, StoreId, TerminalId
from pos_loyalty.domain.needs import only_needed
from pos_loyalty.domain.past import facts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.i18n import Words, load_words
from pos_loyalty.lab.bench.figures import Figure, Group, Limit, Stat, times_ms
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.rules import program_of_many
from pos_loyalty.lab.bench.shop import BIRTHDAY, PROGRAM, member, past, shelf
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.points import Points
from pos_loyalty.receipts.sale import SaleReceipt, sale_receipt
from pos_loyalty.receipts.stored import read_slip, write_slip
from pos_loyalty.resources import resource
from pos_loyalty.terminal.app import application
from pos_loyalty.terminal.typesetter import QtTypesetter
from pos_loyalty.wire.bodies import VERSION, read_body, write_body
from pos_loyalty.wire.program_document import read_program

ZONE = "Europe/Rome"
MEGABYTE = bytes(1_000_000)
RECEIPT_LINES = 30
QUOTE = Limit(2, Stat.P50)
TEXT, RASTER = Limit(5, Stat.P50), Limit(60, Stat.P50)


def deciding(bench: Bench) -> Group:
    """Measure each step of a sale that needs neither disk nor screen."""
    group = Group("decide")
    _quotes(group)
    program = read_program(PROGRAM, "bench.toml")
    basket = _basket(RECEIPT_LINES)
    _events(group, _sold(basket, program))
    _receipts(group, bench.folder, basket, program)
    return group


def _basket(count: int) -> Basket:
    lines = tuple(shelf(number) for number in range(count))
    at = datetime.now(ZoneInfo(ZONE))
    return Basket(at, StoreId("centro"), "EUR", lines)


def _facts(program: Program) -> MemberFacts:
    return facts_of(past(1), program, datetime.now(UTC).date(), BIRTHDAY, ())


def _sold(basket: Basket, program: Program) -> Sold:
    facts = only_needed(_facts(program), program, basket.day)
    quoted = quote(basket, facts, program)
    scored = scored_by(quoted, program, EventId(UUID(int=2)))
    return Sold(
        number="1.1",
        store=basket.store,
        zone=ZONE,
        currency=basket.currency,
        lines=basket.lines,
        tenders=(Tender(TenderKind.CASH, quoted.to_pay_minor),),
        member=member(1),
        scored=replace(scored, facts=facts),
    )


def _quotes(group: Group) -> None:
    """Measure quotes: their time grows with the lines and with the rules, and no faster."""
    hashing = group.add("SHA-256 of 1 MB", times_ms(lambda: sha256(MEGABYTE).digest()))
    program = read_program(PROGRAM, "bench.toml")
    for count in (1, 10, 100):
        work = partial(quote, _basket(count), _facts(program), program)
        took = group.add(f"quote, {count} lines", times_ms(work))
        group.compare(f"  quote, {count} lines ÷ SHA-256 of 1 MB", took, hashing, Stat.P50)
    for lines, rules in ((40, 30), (80, 30), (40, 60)):
        many = program_of_many(rules)
        work = partial(quote, _basket(lines), _facts(many), many)
        limit = QUOTE if (lines, rules) == (40, 30) else None
        group.add(f"quote, {lines} lines, {rules} rules", times_ms(work), limit)


def _events(group: Group, sold: Sold) -> None:
    lines = len(sold.lines)
    body = write_body(Kind.SALE, sold)
    header = Header(
        terminal=TerminalId(UUID(int=1)),
        position=Position(1, 1),
        event_id=EventId(UUID(int=2)),
        kind=Kind.SALE.value,
        version=VERSION,
        at=datetime.now(UTC),
        monotonic_ns=1,
        boot_id="bench",
        server_offset_ms=None,
        actor=StaffId("rosa"),
        role="cashier",
        shift=None,
        approver=None,
    )
    group.add(f"write body, {lines} lines", times_ms(lambda: write_body(Kind.SALE, sold)))
    group.add(
        f"read body, {lines} lines", times_ms(lambda: read_body(Kind.SALE.value, VERSION, body))
    )
    group.add("header + hash", times_ms(lambda: seal(header, body, GENESIS)))


def _receipts(group: Group, folder: Path, basket: Basket, program: Program) -> None:
    application()  # Type is drawn by Qt.
    italian, bulgarian = (load_words(tag, resource("locale")) for tag in ("it", "bg"))
    slip = _slip(italian, basket, program)
    in_raster = _slip(bulgarian, basket, program)
    lay_out = times_ms(lambda: _slip(italian, basket, program))
    group.add(f"receipt of {RECEIPT_LINES} lines: words", lay_out, TEXT)
    stored = write_slip(slip)
    group.add("  stored", times_ms(lambda: write_slip(slip)))
    group.add("  read back", times_ms(lambda: read_slip(stored)))
    drivers = installed_drivers()
    text = _printed(group, "  as text, to a file", drivers, (folder, slip, TEXT))
    raster = _printed(group, "  as a raster (Bulgarian)", drivers, (folder, in_raster, RASTER))
    group.compare("  raster ÷ text", raster, text, Stat.P50)


def _printed(
    group: Group, what: str, drivers: Drivers, job: tuple[Path, PrintDocument, Limit]
) -> Figure:
    folder, slip, limit = job
    path = folder / "paper"
    settings = {"transport": "file", "path": str(path)}
    if limit is RASTER:
        settings["text"] = "raster"
    printer = drivers.open_printer("escpos", settings, QtTypesetter())
    try:
        return group.add(what, times_ms(lambda: printer.print(slip)), limit)
    finally:
        printer.close()
        path.unlink(missing_ok=True)


def _slip(words: Words, basket: Basket, program: Program) -> PrintDocument:
    quoted = quote(basket, _facts(program), program)
    letterhead = Letterhead("Bottega Centro", "Via Roma 1", "Till 1", "Rosa", basket.at, ZONE)
    points = Points(
        program=program,
        before=1234,
        pending=quoted.points(program.main_unit.id),
        as_of=basket.at,
        expiring=(120, basket.day),
    )
    tender = (Tender(TenderKind.CASH, quoted.to_pay_minor),)
    receipt = SaleReceipt("1.1", "EUR", basket.lines, tender, quoted, program, points)
    return sale_receipt(words, letterhead, receipt)
