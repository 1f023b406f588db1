"""What a scanned or typed text is: one resolver, one table of readers, tried in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from pos_loyalty.domain.card_numbers import WITH_CHECK_DIGIT, digits_of, renderings
from pos_loyalty.domain.gtin import (
    EAN13_LENGTH,
    GTIN_LENGTH,
    PRODUCT_LENGTHS,
    expand_upc_e,
    has_check_digit,
    is_digits,
    is_gsrn,
    product_number,
)
from pos_loyalty.domain.payment_cards import is_payment_card
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scans import SCAN_CHARACTERS_MAX, Scan, Symbology

PASS_PREFIX = "LY1:"  # noqa: S105 - a prefix, no password
BADGE_PREFIX = "LB1:"
ENROLMENT_PREFIX = "LE1:"
GROUP_SEPARATOR = "\x1d"
CARD_DIGITS_MAX = 32
PARTNER_DIGITS_MIN = 8
CONTROL = frozenset({"Cc", "Cs"})  # Unicode: control characters, halves of characters.


@dataclass(frozen=True, slots=True)
class OurPass:
    """A signed pass; whether the signature is good is for the holder of the keys to say."""

    text: str


@dataclass(frozen=True, slots=True)
class OurCard:
    """A card of the shop's own range, in its canonical form with check digit."""

    number: str


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A card of a partner of the shop's program."""

    partner: str
    number: str


@dataclass(frozen=True, slots=True)
class MemberNumber:
    """A GS1 service relation number of a member (AI 8018)."""

    gsrn: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in E.164."""

    number: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product by its GTIN, in 14 digits."""

    gtin: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A cashier's badge."""

    code: str


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """The one-time code that makes a computer one of the shop's tills."""

    text: str


class Unreadable(Enum):
    """Why a text is nothing we know."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    CONTROL_CHARACTERS = "control-characters"
    PAYMENT_CARD = "payment-card"
    WRONG_CHECK_DIGIT = "wrong-check-digit"
    UNKNOWN = "unknown"


Recognised = (
    OurPass
    | OurCard
    | PartnerCard
    | MemberNumber
    | Phone
    | Product
    | Badge
    | EnrolmentCode
    | Unreadable
)


@dataclass(frozen=True, slots=True)
class CardRange:
    """Numbers a shop printed on its cards: `prefix`, and `length` digits with the check digit."""

    prefix: str
    length: int = EAN13_LENGTH

    def __post_init__(self) -> None:
        if not is_digits(self.prefix) or not len(self.prefix) < self.length <= CARD_DIGITS_MAX:
            raise ValueError(f"{self.prefix!r} in {self.length} digits is no range of cards")

    def holds(self, number: str) -> bool:
        """Whether `number` has this range's form; its check digit may be wrong."""
        return len(number) == self.length and is_digits(number) and number.startswith(self.prefix)


@dataclass(frozen=True, slots=True)
class PartnerCards:
    """How the numbers on a partner's cards begin."""

    partner: str
    beginnings: tuple[str, ...]


def partner_cards(programs: Iterable[Program]) -> tuple[PartnerCards, ...]:
    """List the cards that the partners of `programs` gave out."""
    return tuple(
        PartnerCards(partner.id, partner.card_ranges)
        for program in programs
        for partner in program.partners
        if partner.card_ranges
    )


@dataclass(frozen=True, slots=True)
class ShopTables:
    """What this shop knows of numbers. `phone` turns a typed number into E.164, or None."""

    cards: tuple[CardRange, ...]
    phone: Callable[[str], str | None]
    partners: tuple[PartnerCards, ...] = ()


def resolve(scan: Scan, tables: ShopTables) -> Recognised:
    """Say what `scan` is, or why it is nothing we know. The first reader with an answer wins."""
    if len(scan.text) > SCAN_CHARACTERS_MAX:
        return Unreadable.TOO_LONG
    text = unicodedata.normalize("NFC", scan.text).strip(" ")
    for reader in READERS:
        found = reader(Scan(text, scan.symbology, scan.gs1), tables)
        if found is not None:
            return found
    return Unreadable.UNKNOWN


def _refuse_form(scan: Scan, _: ShopTables) -> Recognised | None:
    if not scan.text:
        return Unreadable.EMPTY
    text = scan.text.replace(GROUP_SEPARATOR, "") if scan.gs1 else scan.text
    if any(unicodedata.category(c) in CONTROL for c in text):
        return Unreadable.CONTROL_CHARACTERS
    return None


def _ours_by_prefix(scan: Scan, _: ShopTables) -> Recognised | None:
    if scan.text.startswith(PASS_PREFIX):
        return OurPass(scan.text)
    if scan.text.startswith(BADGE_PREFIX):
        return Badge(scan.text.removeprefix(BADGE_PREFIX))
    if scan.text.startswith(ENROLMENT_PREFIX):
        return EnrolmentCode(scan.text)
    return None


# GS1 General Specifications 3.9.9 and 3.2.1; GS1 Digital Link, URI syntax 4.
GSRN_IN_TEXT = re.compile(r"(?:\(8018\)|8018)([0-9]{18})(?:$|\x1d|\(|8019[0-9]{1,10}$)")
GSRN_IN_LINK = re.compile(r"(?i:https?)://[^\s?#]+/8018/([0-9]{18})(?:[/?#]|$)")
GTIN_IN_TEXT = re.compile(r"(?:\(01\)|01)([0-9]{14})")
GTIN_IN_LINK = re.compile(r"(?i:https?)://[^\s?#]+/01/([0-9]{8}|[0-9]{12,14})(?:[/?#]|$)")


def _gs1(scan: Scan, _: ShopTables) -> Recognised | None:
    text = scan.text.removeprefix(GROUP_SEPARATOR)
    member = GSRN_IN_TEXT.match(text) or GSRN_IN_LINK.match(text)
    if member:
        number = member.group(1)
        return MemberNumber(number) if is_gsrn(number) else Unreadable.WRONG_CHECK_DIGIT
    marked = scan.gs1 or text.startswith("(")
    product = (GTIN_IN_TEXT.match(text) if marked else None) or GTIN_IN_LINK.match(text)
    if product:
        gtin = product_number(product.group(1))
        return Product(gtin) if gtin else Unreadable.WRONG_CHECK_DIGIT
    return None


def _our_card(scan: Scan, tables: ShopTables) -> Recognised | None:
    """Our card as printed, or as some wallet app drew it again in another symbology."""
    for digits in digits_of(scan):
        for cards in tables.cards:
            for number in renderings(digits, scan.symbology, cards.length):
                if cards.holds(number) and has_check_digit(number):
                    return OurCard(number)
        if any(cards.holds(digits) for cards in tables.cards):
            return Unreadable.WRONG_CHECK_DIGIT
    return None


def _partner_card(scan: Scan, tables: ShopTables) -> Recognised | None:
    """Read a partner's card; its check digit is the partner's own affair, or the symbology's."""
    for digits in digits_of(scan):
        if not PARTNER_DIGITS_MIN <= len(digits) <= CARD_DIGITS_MAX:
            continue
        for cards in tables.partners:
            for number in (digits, digits.lstrip("0")):
                if number.startswith(cards.beginnings):
                    damaged = scan.symbology in WITH_CHECK_DIGIT and not has_check_digit(digits)
                    if damaged:
                        return Unreadable.WRONG_CHECK_DIGIT
                    return PartnerCard(cards.partner, number)
    return None


def _payment_card(scan: Scan, _: ShopTables) -> Recognised | None:
    return Unreadable.PAYMENT_CARD if is_payment_card(scan.text) else None


def _member_number(scan: Scan, _: ShopTables) -> Recognised | None:
    return MemberNumber(scan.text) if is_gsrn(scan.text) else None


def _product(scan: Scan, _: ShopTables) -> Recognised | None:
    short = expand_upc_e(scan.text) if scan.symbology is Symbology.UPC_E else None
    gtin = product_number(short or scan.text)
    if gtin:
        return Product(gtin)
    damaged = scan.symbology in WITH_CHECK_DIGIT and len(scan.text) in PRODUCT_LENGTHS
    return Unreadable.WRONG_CHECK_DIGIT if damaged and is_digits(scan.text) else None


def _phone(scan: Scan, tables: ShopTables) -> Recognised | None:
    number = tables.phone(scan.text)
    return Phone(number) if number else None


def _damaged(scan: Scan, _: ShopTables) -> Recognised | None:
    """Refuse digits as long as a product number that are no telephone: one was misread."""
    long = is_digits(scan.text) and len(scan.text) in (EAN13_LENGTH, GTIN_LENGTH)
    return Unreadable.WRONG_CHECK_DIGIT if long else None


Reader = Callable[[Scan, ShopTables], Recognised | None]
READERS: tuple[Reader, ...] = (
    _refuse_form,
    _ours_by_prefix,
    _gs1,
    _our_card,
    _payment_card,
    _partner_card,
    _member_number,
    _product,
    _phone,
    _damaged,
)
