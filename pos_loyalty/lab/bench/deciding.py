"""What the till writes between two keys: events and receipts; quoting.py measures quotes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from pos_loyalty.devices.registry import Drivers, installed_drivers
from pos_loyalty.domain.basket import Basket, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import GENESIS, Header, Kind, Position, seal
from pos_loyalty.domain.ids import EventId, StaffId, TerminalId
from pos_loyalty.domain.needs import only_needed
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.i18n import Words, load_words
from pos_loyalty.lab.bench.figures import Figure, Group, Limit, Stat, times_ms
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.quoting import basket_of, facts_under
from pos_loyalty.lab.bench.shop import PROGRAM, ZONE, member
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

RECEIPT_LINES = 30
TEXT, RASTER = Limit(5, Stat.P50), Limit(60, Stat.P50)


def deciding(bench: Bench) -> Group:
    """Measure what becomes of a quoted sale, as far as it needs neither disk nor screen."""
    group = Group("decide")
    program = read_program(PROGRAM, "bench.toml")
    basket = basket_of(RECEIPT_LINES)
    _events(group, _sold(basket, program))
    _receipts(group, bench.folder, basket, program)
    return group


def _sold(basket: Basket, program: Program) -> Sold:
    facts = only_needed(facts_under(program), program, basket.day)
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
    quoted = quote(basket, facts_under(program), program)
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
