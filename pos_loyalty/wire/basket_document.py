"""A basket and its member as a document; receipts to replay are one such document a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial

from pos_loyalty.domain.basket import (
    AMOUNT_MINOR_MAX,
    CODES_MAX,
    LABELS_MAX,
    LINES_MAX,
    TIMES_MAX,
    Basket,
    Line,
    Tender,
    Wish,
)
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.facts import STRANGER, UNKNOWN, MemberFacts, OwnLot, Voucher
from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.wire.building import build
from pos_loyalty.wire.document_text import WHOLE
from pos_loyalty.wire.facts_document import FACTS, read_voucher
from pos_loyalty.wire.reading import (
    COUNT_MAX,
    YEAR_MAX,
    YEAR_MIN,
    Reader,
    many,
    one_of,
    or_null,
    parse_json,
    read_decimal,
    read_fields,
    read_ratio,
    read_string,
    read_text,
    read_word,
    record,
    shaped,
    table,
    whole,
)
from pos_loyalty.wire.wrong_parts import WrongPart

LINES_KEPT = 10_000  # A shop sells the same things again and again.
INSTANT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
AN_INSTANT = "an instant with its offset, as in 2026-01-31T17:40:00+01:00"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A basket that was bought, and who bought it. `facts` None: anonymous."""

    basket: Basket
    facts: MemberFacts | None
    receipt_id: str = ""  # Empty: not told.
    member_id: str = ""


def read_basket(text: str, file: str) -> tuple[Basket, MemberFacts | None]:
    """Read a basket document. The facts are None for an anonymous sale.

    Raises WrongDocument with the file, the path in it, what was found and what is allowed.
    """
    try:
        receipt = _receipt(parse_json(text, file))
    except WrongPart as error:
        raise error.of(file) from error
    return receipt.basket, receipt.facts


def read_receipt(line: bytes, file: str = "receipts", number: int | None = None) -> Receipt:
    """Read one line of a file of receipts. `number`: which, from 1, to be told with an error.

    Raises WrongDocument.
    """
    where = "" if number is None else f"line {number}"
    try:
        return _receipt(parse_json(line.decode("utf-8"), file, number))
    except WrongPart as error:
        raise error.of(file, where) from error
    except UnicodeDecodeError as error:
        found = f"the byte 0x{line[error.start]:02x}"
        raise WrongDocument(file=file, path=where or WHOLE, found=found, allowed="UTF-8") from error


def read_receipts(lines: Iterable[bytes], file: str = "receipts") -> Iterator[Receipt]:
    """Read JSON Lines of basket documents; empty lines say nothing.

    Raises WrongDocument with the number of the line.
    """
    for number, line in enumerate(lines, start=1):
        if not line.isspace():
            yield read_receipt(line, file, number)


def read_line(found: object) -> Line:
    """Read one line of a basket; one like a line that was read lately is that very line."""
    if not isinstance(found, dict):
        return _read_line(found)
    labels = found.get("labels")
    kept = {**found, "labels": tuple(labels)} if isinstance(labels, list) else found
    try:
        return _line_of(tuple(kept), *kept.values())
    except TypeError:  # A list or an object where none belongs.
        return _read_line(found)


@lru_cache(maxsize=LINES_KEPT, typed=True)  # Typed: true and 1.0 are no price of 1.
def _line_of(words: tuple[str, ...], *values: object) -> Line:
    found = dict(zip(words, values, strict=True))
    labels = found.get("labels")
    if isinstance(labels, tuple):
        found["labels"] = list(labels)
    return _read_line(found)


def _receipt(parsed: object) -> Receipt:
    told = read_fields(parsed, BASKET, NEEDED)
    receipt_id: str = told.pop("receipt", "")
    facts, member_id = told.pop("member", (STRANGER, ""))
    if "vouchers" in told:
        told["vouchers"] = _vouchers(told["vouchers"], facts)
    basket = build(Basket, told, parsed)
    if facts is not None and facts.balances is UNKNOWN and facts.lots is not UNKNOWN:
        facts = replace(facts, balances=_balances(facts.lots, basket.day))
    return Receipt(basket, facts, receipt_id, member_id)


def _member(found: object) -> tuple[MemberFacts | None, str]:
    if found is None:
        return None, ""
    told = read_fields(found, MEMBER, ())
    member_id: str = told.pop("id", "")
    return build(MemberFacts, told, found), member_id


def _shown_voucher(found: object) -> Voucher | str:
    """Read a voucher that was shown: all of it, or the code of one the member holds."""
    return read_word(found) if isinstance(found, str) else read_voucher(found)


def _vouchers(shown: tuple[Voucher | str, ...], facts: MemberFacts | None) -> tuple[Voucher, ...]:
    """Find the vouchers that are told by their code among those the member holds."""
    held: dict[str, Voucher] = {}
    if facts is not None and facts.vouchers_held is not UNKNOWN:
        held = {voucher.code: voucher for voucher in facts.vouchers_held}
    for number, voucher in enumerate(shown):
        if isinstance(voucher, str) and voucher not in held:
            allowed = "a code among member.vouchers_held, or an object with code and reward"
            raise WrongPart(voucher, allowed).inside(number).inside("vouchers")
    return tuple([held[one] if isinstance(one, str) else one for one in shown])


def _balances(lots: tuple[OwnLot, ...], day: date) -> dict[str, int]:
    """Add up the lots that are not gone on `day`, by unit."""
    told: dict[str, int] = {}
    for lot in lots:
        live = lot.expires_on is None or day < lot.expires_on
        told[lot.unit] = told.get(lot.unit, 0) + (lot.points if live else 0)
    return told


def _instant(found: object) -> datetime:
    text = _shaped_instant(found)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongPart(text, AN_INSTANT) from error
    if not YEAR_MIN <= at.year <= YEAR_MAX:
        raise WrongPart(text, f"a year from {YEAR_MIN} to {YEAR_MAX}")
    return at


_shaped_instant = shaped(INSTANT, AN_INSTANT)
_money = whole(0, AMOUNT_MINOR_MAX)
_read_line = record(
    partial(Line, name=""),
    {
        "sku": read_string,
        "name": read_string,
        "category": read_string,
        "brand": read_string,
        "labels": many(read_string, LABELS_MAX),
        "quantity": read_decimal,
        "unit": read_word,
        "price_minor": _money,
        "discount_minor": _money,
        "tax_rate": read_ratio,
        "cost_minor": or_null(_money),
    },
    needed=("price_minor",),
)
_tender = record(
    Tender,
    {"kind": read_word, "amount_minor": _money, "unit": read_text},
    needed=("kind", "amount_minor"),
)
_wish = record(
    Wish,
    {
        "reward": read_word,
        "times": whole(1, TIMES_MAX),
        "choice": read_text,
        "voucher": read_text,
    },
    needed=("reward",),
)

MEMBER: Mapping[str, Reader[object]] = {"id": read_word, **FACTS}
BASKET: Mapping[str, Reader[object]] = {
    "event": read_word,
    "at": _instant,
    "store": read_word,
    "channel": one_of(channel.value for channel in Channel),
    "currency": shaped("[A-Z]{3}", "three capital letters, as in EUR"),
    "lines": many(read_line, LINES_MAX),
    "tenders": many(_tender, CODES_MAX),
    "codes": many(read_word, CODES_MAX),
    "vouchers": many(_shown_voucher, CODES_MAX),
    "redeem": many(_wish, CODES_MAX),
    "figures": table(whole(-COUNT_MAX)),
    "member": _member,
    "receipt": read_word,
}
NEEDED = ("at", "store", "channel", "currency", "lines")
