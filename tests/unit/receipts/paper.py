"""Receipts of a small shop, scored by the engine, and what stands on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Basket, Line, Tender, TenderKind
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.ids import EventId, StoreId
from pos_loyalty.domain.past import NO_PAST, facts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.points import Points
from pos_loyalty.receipts.sale import SaleReceipt, sale_receipt
from pos_loyalty.wire.program_document import read_program
from tests.fakes.counter import WORDS

COLUMNS = 42
AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
LETTERHEAD = Letterhead("Bottega Centro", "Via Roma 1", "Till 2", "Rosa", AT, "Europe/Rome")
BREAD = Line("Bread", 1000, sku="BREAD", category="food")
HEAD = """
id = "bottega"
version = 3
name = { en = "Bottega Club", it = "Club Bottega" }
currency = "EUR"
valid_from = 2026-01-01
"""
BASE = """
[[rules]]
id = "purchase"
text = { en = "Purchase" }
then = { kind = "earn", points = 1, step = 100 }
"""
SALE = EventId(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))


def program(text: str = BASE) -> Program:
    """The shop's program with these tables."""
    return read_program(HEAD + text, "bottega.toml")


CLUB = program()
KNOWN = facts_of(NO_PAST, CLUB, AT.date(), None, ())
ANNA = replace(KNOWN, balances={"points": 100})


def scored(
    club: Program = CLUB,
    facts: MemberFacts | None = ANNA,
    lines: tuple[Line, ...] = (BREAD,),
    event: str = "sale",
) -> Quote:
    local = AT.astimezone(ZoneInfo("Europe/Rome"))
    basket = Basket(local, StoreId("centro"), "EUR", lines, event=event)
    return quote(basket, facts, club)


def points_of(
    club: Program = CLUB, before: int | None = 100, quoted: Quote | None = None
) -> Points:
    """What is known beside the quote of a balance just confirmed."""
    vouchers = () if quoted is None else scored_by(quoted, club, SALE).left.vouchers
    return Points(club, before, pending=0, as_of=AT, expiring=None, vouchers=vouchers)


def printed(
    lines: tuple[Line, ...] = (BREAD,),
    tenders: tuple[Tender, ...] | None = None,
    *,
    quoted: Quote | None = None,
    points: Points | None = None,
    letterhead: Letterhead = LETTERHEAD,
    words: Words = WORDS,
) -> PrintDocument:
    """Print a receipt, paid in cash to the cent unless told otherwise."""
    quoted = quoted or scored(lines=lines, facts=None)
    paid = tenders if tenders is not None else (Tender(TenderKind.CASH, quoted.to_pay_minor),)
    club = CLUB if points is None else points.program
    receipt = SaleReceipt("1.7", "EUR", lines, paid, quoted, club, points)
    return sale_receipt(words, letterhead, receipt)


def text_of(document: PrintDocument) -> list[str]:
    return [line.strip() for line in plain_text(document, COLUMNS).splitlines()]


def flowing(document: PrintDocument) -> str:
    return " ".join(" ".join(text_of(document)).split())


def figure(document: PrintDocument, label: str) -> str:
    """What stands on the right of a line that begins with `label`."""
    (line,) = (line for line in text_of(document) if line.startswith(f"{label}  "))
    return line.removeprefix(label).strip()


def day(text: str) -> date:
    return date.fromisoformat(text)
