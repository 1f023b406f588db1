"""The receipt of a sale: what was bought, and the truth about the member's points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Line, TaxPart, Tender, TenderKind
from pos_loyalty.domain.programs import Program, in_language
from pos_loyalty.domain.reasons import Outcome, Reason
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Block, Columns, Cut, Gap, PrintDocument, Rule, Text
from pos_loyalty.receipts.letterhead import Letterhead, head
from pos_loyalty.receipts.stored import NAME
from pos_loyalty.wording import rule_name


@dataclass(frozen=True, slots=True)
class Points:
    """What the receipt says of a member's points.

    `before` None: this till does not know the balance. `pending` counts what the server has not
    confirmed yet, this sale included; `as_of` is when it last confirmed anything, None when never.
    """

    program: Program
    before: int | None
    earned: int
    reasons: tuple[Reason, ...]
    pending: int
    as_of: datetime | None
    expiring: tuple[int, date] | None


@dataclass(frozen=True, slots=True)
class SaleReceipt:
    """Everything a receipt shows. `points` None: an anonymous sale."""

    number: str
    currency: str
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    tax: tuple[TaxPart, ...]
    points: Points | None


def sale_receipt(words: Words, letterhead: Letterhead, receipt: SaleReceipt) -> PrintDocument:
    """Lay out the receipt of a sale."""
    blocks: tuple[Block, ...] = (
        *head(words, letterhead, receipt.number),
        *_goods(words, receipt),
        *_payment(words, receipt),
        *(_member(words, letterhead, receipt.points) if receipt.points else ()),
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
    yield Rule()


def _payment(words: Words, receipt: SaleReceipt) -> Iterator[Block]:
    total = sum(line.net_minor for line in receipt.lines)
    yield Columns(
        words.gettext("Total"), words.money(total, receipt.currency), bold=True, large=True
    )
    names = {TenderKind.CASH: words.gettext("Cash"), TenderKind.CARD: words.gettext("Card")}
    for tender in receipt.tenders:
        yield Columns(names[tender.kind], words.amount(tender.amount_minor, receipt.currency))
    change = sum(tender.amount_minor for tender in receipt.tenders) - total
    if change:
        yield Columns(words.gettext("Change"), words.amount(change, receipt.currency))
    for part in receipt.tax:
        if part.rate:
            label = words.gettext("of which tax {rate} %").format(rate=words.number(_percent(part)))
            yield Columns(label, words.amount(part.tax_minor, receipt.currency))


def _percent(part: TaxPart) -> Decimal:
    return Decimal(part.rate.numerator * 100) / Decimal(part.rate.denominator)


def _member(words: Words, letterhead: Letterhead, points: Points) -> Iterator[Block]:
    program = points.program
    yield Rule()
    yield Text(in_language(program.name, words.language), bold=True)
    yield Text(NAME)
    if points.before is not None:
        yield Columns(words.gettext("Balance before"), words.number(points.before))
    for reason in points.reasons:
        if reason.outcome is Outcome.APPLIED:
            yield Columns(rule_name(words, reason, program), f"+{words.number(reason.earned)}")
    yield Columns(words.gettext("Earned today"), f"+{words.number(points.earned)}", bold=True)
    if points.before is not None:
        after = words.points(points.before + points.earned)
        yield Columns(words.gettext("Balance after"), after, bold=True)
    yield from (Text(line) for line in balance_state(words, letterhead.zone, points))


def balance_state(words: Words, zone: str, points: Points) -> Iterator[str]:
    """Say how sure the balance is, and what expires next."""
    if points.before is None:
        yield words.gettext("The balance is not known at this till.")
        if points.earned:
            yield words.gettext("{points} will be added to it at the next sync.").format(
                points=words.points(points.earned)
            )
        return
    if points.pending:
        yield words.gettext(
            "{points} of it are recorded here and confirmed at the next sync."
        ).format(points=words.points(points.pending))
    if points.as_of is not None:
        local = points.as_of.astimezone(ZoneInfo(zone))
        yield words.gettext("Balance before as of {day} {time}.").format(
            day=words.day(local.date()), time=words.time(points.as_of, ZoneInfo(zone))
        )
    if points.expiring is not None:
        count, on = points.expiring
        told = words.ngettext("{n} point expires on {{day}}", "{n} points expire on {{day}}", count)
        yield told.format(day=words.day(on))
