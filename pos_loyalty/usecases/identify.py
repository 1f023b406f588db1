"""Telling who or what was scanned, offline like online."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos_loyalty.domain.credentials import (
    Badge,
    EnrolmentCode,
    MemberNumber,
    OurCard,
    OurPass,
    PartnerCard,
    Phone,
    Product,
    Recognised,
    Unreadable,
    resolve,
)
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.usecases.counter import Counter, shop_tables, store_of
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.passes import BadPass, read_pass
from pos_loyalty.wire.seals import key_id


@dataclass(frozen=True, slots=True)
class SeveralSeen:
    """More than one member has this telephone number: the cashier asks and chooses."""

    members: tuple[MemberSeen, ...]


@dataclass(frozen=True, slots=True)
class ProductSeen:
    """A product of the catalogue."""

    product: ProductTold


@dataclass(frozen=True, slots=True)
class BadgeSeen:
    """A cashier's badge; whose it is, sign-in tells."""

    code: str


@dataclass(frozen=True, slots=True)
class NothingSeen:
    """Nobody and nothing, and why."""

    reason: Unreadable | Unrecognised


Identified = MemberSeen | SeveralSeen | ProductSeen | BadgeSeen | NothingSeen

PASS_FAULTS = {
    "damaged": Unrecognised.DAMAGED_PASS,
    "forged": Unrecognised.FORGED_PASS,
    "foreign": Unrecognised.FOREIGN_PASS,
}


# A shop's own article number may look like a telephone or like a product number; it is looked for
# when that names nobody and nothing.
MAY_BE_SKU = frozenset(
    {
        Unreadable.UNKNOWN,
        Unreadable.WRONG_CHECK_DIGIT,
        Unrecognised.UNKNOWN_PHONE,
        Unrecognised.UNKNOWN_PRODUCT,
    }
)


def identify(counter: Counter, scan: Scan) -> Identified:
    """Say who or what `scan` names. Raises NotSetUp on a till that does not know its store."""
    store = store_of(counter)
    seen = _seen(counter, resolve(scan, shop_tables(store, counter.members.programs())))
    if isinstance(seen, NothingSeen) and seen.reason in MAY_BE_SKU:
        product = counter.members.product(unicodedata.normalize("NFC", scan.text).strip(" "))
        return seen if product is None else ProductSeen(product)
    return seen


def _seen(  # noqa: PLR0911 - one answer per kind of credential
    counter: Counter, found: Recognised
) -> Identified:
    match found:
        case Unreadable():
            return NothingSeen(found)
        case OurPass(text):
            return _by_pass(counter, text)
        case OurCard(number) | MemberNumber(number) | PartnerCard(number=number):
            return _by_card(counter, number)
        case Phone(number):
            return _by_phone(counter, number)
        case Product(gtin):
            product = counter.members.product(gtin)
            if product is None:
                return NothingSeen(Unrecognised.UNKNOWN_PRODUCT)
            return ProductSeen(product)
        case Badge(code):
            return BadgeSeen(code)
        case EnrolmentCode():
            return NothingSeen(Unrecognised.ENROLMENT_CODE)


def _by_pass(counter: Counter, text: str) -> Identified:
    key = counter.till.server_key
    try:
        claims = read_pass(text, {key_id(key): key})
    except BadPass as error:
        return NothingSeen(PASS_FAULTS[error.reason])
    if claims.expires_at <= counter.clock.now():
        return NothingSeen(Unrecognised.EXPIRED_PASS)
    return _unless_blocked(see(counter, claims.member))


def _by_card(counter: Counter, number: str) -> Identified:
    indexed = counter.members.by_digest(card_digest(number, counter.till.index_key))
    if indexed is not None:
        member, status = indexed
        if status is MemberStatus.BLOCKED:  # This card, even if she has another that is good.
            return NothingSeen(Unrecognised.BLOCKED)
        return _unless_blocked(see(counter, member, status))
    here = counter.journal.member_by_card(number)
    if here is not None:
        return _unless_blocked(see(counter, here))
    return NothingSeen(Unrecognised.UNKNOWN_CARD)


def _by_phone(counter: Counter, number: str) -> Identified:
    seen = tuple(see(counter, member) for member in with_phone(counter, number))
    if not seen:
        return NothingSeen(Unrecognised.UNKNOWN_PHONE)
    welcome = tuple(one for one in seen if not _is_blocked(one))
    match welcome:
        case ():
            return NothingSeen(Unrecognised.BLOCKED)
        case (only,):
            return only
        case _:
            return SeveralSeen(welcome)


def with_phone(counter: Counter, number: str) -> tuple[MemberId, ...]:
    """Find everybody known here with this phone (E.164), also those enrolled here just now."""
    told = [known.member for known in counter.members.by_phone(number)]
    here = [
        member
        for member, record in counter.journal.enrolled_here()
        if record.phone == number and only_known_here(counter, member)
    ]
    return (*told, *here)


def only_known_here(counter: Counter, member: MemberId) -> bool:
    """Whether her enrolment at this till is all that is known; else the server's word counts."""
    known = counter.members.find(member)
    return known is None or known.confirmed is None


def _unless_blocked(seen: MemberSeen) -> Identified:
    return NothingSeen(Unrecognised.BLOCKED) if _is_blocked(seen) else seen


def _is_blocked(seen: MemberSeen) -> bool:
    return seen.standing.status is MemberStatus.BLOCKED
