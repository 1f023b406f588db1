"""Making a person a member in seconds, offline too: the next blank pass is hers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos_loyalty.domain.bodies import Enrolled
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.credentials import MemberNumber, OurCard, resolve
from pos_loyalty.domain.events import record_digest
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.members import Consent, PersonalRecord
from pos_loyalty.domain.payment_cards import is_payment_card
from pos_loyalty.domain.scans import Scan
from pos_loyalty.i18n import Words
from pos_loyalty.ports.journal import SaltedRecord
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.receipts.stored import write_slip
from pos_loyalty.receipts.welcome import welcome_slip
from pos_loyalty.usecases.act import Deed, act_if_due
from pos_loyalty.usecases.counter import (
    Counter,
    SignedIn,
    program_in_force,
    shop_tables,
    store_of,
)
from pos_loyalty.usecases.identify import with_phone
from pos_loyalty.usecases.record import Beside, Companion, companion_id, record
from pos_loyalty.usecases.scored import letterhead_of
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.passes import BadPass, PassClaims, read_pass
from pos_loyalty.wire.phones import e164
from pos_loyalty.wire.records import write_record
from pos_loyalty.wire.seals import key_id

CONSENT_WORDING = "loyalty-1"
JOINED = "joined"
NAME_CHARACTERS_MAX = 80
NOT_IN_NAMES = frozenset({"Cc", "Cs"})  # Controls, and half characters that no file can hold.


@dataclass(frozen=True, slots=True)
class Application:
    """What a new member told. Everything but the agreement may be empty."""

    enrolment: EventId
    name: str
    phone: str  # As typed.
    card: str  # The pre-printed card handed over, as scanned.
    language: str
    agreed: bool


class CannotEnrol(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The application is not good.

    `reason` is no-consent, wrong-phone, wrong-card, card-taken, name-too-long, payment-card (read
    into the field of the name) or no-pass.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyMember(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Somebody is enrolled with this telephone number."""

    def __init__(self, members: tuple[MemberSeen, ...]) -> None:
        super().__init__(f"{len(members)} members")
        self.members = members


def enrol(
    counter: Counter, who: SignedIn, words: Words | None, application: Application
) -> MemberSeen:
    """Enrol and answer with the new member; her pass is queued for the printer.

    What joining is worth is a deed of its own, with a slip of its own behind the pass: no paper
    bears points before they are written (I7). `words` are the slips' language; None: no paper.

    The same `application.enrolment` again answers with the member that was made.

    Raises CannotEnrol, AlreadyMember, NotSetUp, or JournalFault when the disk does not take it.
    """
    made = counter.journal.event(application.enrolment)
    if made is not None:
        member = member_of(counter, application.enrolment)
        return _welcome(counter, who, words, application.enrolment, member)
    store = store_of(counter)
    at = counter.clock.now()
    told = _record(counter, store, application)
    claims, pass_text = next_pass(counter)
    raw, salt = write_record(told), counter.ids.salt()
    body = Enrolled(
        member=claims.member,
        store=store.store,
        on=business_day(at, store.zone),
        record_digest=record_digest(raw, salt).hex(),
        consent=Consent(CONSENT_WORDING, given=application.agreed),
        pass_id=claims.pass_id,
    )
    slip = None
    if words is not None:
        program = program_in_force(counter, store, body.on)
        letterhead = letterhead_of(counter, store, who, at)
        slip = write_slip(welcome_slip(words, letterhead, program, pass_text))
    beside = Beside(claims.member, SaltedRecord(claims.member, raw, salt), slip)
    record(counter, who, application.enrolment, body, beside, at)
    counter.members.drop_passes((pass_text,))
    return _welcome(counter, who, words, application.enrolment, claims.member)


def _welcome(
    counter: Counter, who: SignedIn, words: Words | None, enrolment: EventId, member: MemberId
) -> MemberSeen:
    """Give what joining is worth, once, and see how she stands then."""
    deed = Deed(companion_id(enrolment, Companion.JOINED), member, JOINED)
    act_if_due(counter, who, words, deed)
    return see(counter, member)


def _record(counter: Counter, store: StoreTold, application: Application) -> PersonalRecord:
    if not application.agreed:
        raise CannotEnrol("no-consent")
    return PersonalRecord(
        name=one_line(application.name),
        phone=_phone(counter, store, application.phone.strip()),
        card=_card(counter, store, application.card.strip()),
        language=application.language,
    )


def one_line(typed: str) -> str:
    """Bring a name to one line; a payment card read into the field by mistake goes no further.

    Raises CannotEnrol.
    """
    composed = unicodedata.normalize("NFC", " ".join(typed.split()))
    name = "".join(c for c in composed if unicodedata.category(c) not in NOT_IN_NAMES)
    if is_payment_card(name):
        raise CannotEnrol("payment-card")
    if len(name) > NAME_CHARACTERS_MAX:
        raise CannotEnrol("name-too-long")
    return name


def _phone(counter: Counter, store: StoreTold, typed: str) -> str:
    """Bring the telephone number to E.164 and see that nobody has it."""
    if not typed:
        return ""
    number = e164(typed, store.region)
    if number is None:
        raise CannotEnrol("wrong-phone")
    taken = with_phone(counter, number)
    if taken:
        raise AlreadyMember(tuple(see(counter, member) for member in taken))
    return number


def _card(counter: Counter, store: StoreTold, scanned: str) -> str:
    """Bring the card to its canonical form and see that it is one of ours and nobody's."""
    if not scanned:
        return ""
    match resolve(Scan(scanned), shop_tables(store)):
        case OurCard(number) | MemberNumber(number):
            pass
        case _:
            raise CannotEnrol("wrong-card")
    digest = card_digest(number, counter.till.index_key)
    if counter.members.by_digest(digest) or counter.journal.member_by_card(number):
        raise CannotEnrol("card-taken")
    return number


def next_pass(counter: Counter) -> tuple[PassClaims, str]:
    """Choose the next blank pass nobody was given yet. Raises CannotEnrol when there is none."""
    for text in counter.members.passes():
        claims = _blank(counter, text)
        if claims is not None:
            return claims, text
    raise CannotEnrol("no-pass")


def unused_passes(counter: Counter) -> tuple[str, ...]:
    """Tell the blank passes nobody was given yet, and forget the others."""
    held = counter.members.passes()
    unused = tuple(text for text in held if _blank(counter, text) is not None)
    used = set(held) - set(unused)
    if used:
        counter.members.drop_passes(used)
    return unused


def _blank(counter: Counter, text: str) -> PassClaims | None:
    """Read a pass that may be given out. None: used, expired, or of a server we left."""
    key = counter.till.server_key
    try:
        claims = read_pass(text, {key_id(key): key})
    except BadPass:
        return None
    expired = claims.expires_at <= counter.clock.now()
    return None if expired or counter.journal.has_enrolled(claims.member) else claims


def member_of(counter: Counter, enrolment: EventId) -> MemberId:
    """Whom an enrolment made a member. Raises LookupError when it is none."""
    event = counter.journal.event(enrolment)
    body = None if event is None else read_body(event.header.kind, event.header.version, event.body)
    match body:
        case Enrolled(member=member):
            return member
        case _:
            msg = f"{enrolment} is no enrolment"
            raise LookupError(msg)
