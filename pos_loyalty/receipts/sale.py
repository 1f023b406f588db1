"""The receipt of a sale: what was bought, what the program took off, what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pos_loyalty.domain.basket import Line, TaxPart, Tender, TenderKind
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Block, Columns, Cut, Gap, PrintDocument, Rule, Text
from pos_loyalty.receipts.letterhead import Letterhead, head
from pos_loyalty.receipts.points import Points, member_blocks
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.reasons import rule_name
from pos_loyalty.wording.wares import tender as tender_name


@dataclass(frozen=True, slots=True)
class SaleReceipt:
    """Everything a receipt shows. `points` None: nobody's sale; `program` None: none in force."""

    number: str
    currency: str
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    quote: Quote
    program: Program | None
    points: Points | None


def sale_receipt(words: Words, letterhead: Letterhead, receipt: SaleReceipt) -> PrintDocument:
    """Lay out the receipt of a sale."""
    points = receipt.points
    blocks: tuple[Block, ...] = (
        *head(words, letterhead, receipt.number),
        *_goods(words, receipt),
        *_payment(words, receipt),
        *(member_blocks(words, letterhead, receipt.quote, points) if points else ()),
        Gap(),
        Text(words.gettext("Thank you")),
        Cut(),
    )
    return PrintDocument(words.language, blocks)


def _goods(words: Words, receipt: SaleReceipt) -> Iterator[Block]:
    for line in receipt.lines:
        name = line.name or words.gettext("Amount")
        yield Columns(name, words.amount(line.net_minor, receipt.currency))
        if line.quantity != 1:
            price = words.amount(line.price_minor, receipt.currency)
            yield Text(f"  {words.number(line.quantity)} × {price}")
        if line.discount_minor:
            less = words.amount(line.discount_minor, receipt.currency)
            yield Text("  " + words.gettext("reduced by {amount}").format(amount=less))
    yield from _discounts(words, receipt)
    yield Rule()


def _discounts(words: Words, receipt: SaleReceipt) -> Iterator[Block]:
    """Say what the program took off, rule by rule."""
    if receipt.program is None:
        return
    for reason in receipt.quote.reasons:
        if reason.discount_minor:
            less = words.amount(-reason.discount_minor, receipt.currency)
            yield Columns(rule_name(words, reason, receipt.program), less)


def _payment(words: Words, receipt: SaleReceipt) -> Iterator[Block]:
    total = receipt.quote.to_pay_minor
    yield Columns(
        words.gettext("Total"), words.money(total, receipt.currency), bold=True, large=True
    )
    names: dict[str, str] = {
        TenderKind.CASH: words.gettext("Cash"),
        TenderKind.CARD: words.gettext("Card"),
    }
    for tender in receipt.tenders:
        name = names.get(tender.kind) or capital(tender_name(words, tender.kind))
        yield Columns(name, words.amount(tender.amount_minor, receipt.currency))
    change = sum(tender.amount_minor for tender in receipt.tenders) - total
    if change:
        yield Columns(words.gettext("Change"), words.amount(change, receipt.currency))
    for part in receipt.quote.tax:
        if part.rate:
            label = words.gettext("of which tax {rate} %").format(rate=words.number(_percent(part)))
            yield Columns(label, words.amount(part.tax_minor, receipt.currency))


def _percent(part: TaxPart) -> Decimal:
    return Decimal(part.rate.numerator * 100) / Decimal(part.rate.denominator)
