from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from pos_loyalty.domain.bodies import Enrolled
from pos_loyalty.domain.events import Event, header_bytes
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.scans import Scan
from pos_loyalty.usecases.counter import Counter, NotSetUp
from pos_loyalty.usecases.enrol import (
    NAME_CHARACTERS_MAX,
    AlreadyMember,
    CannotEnrol,
    enrol,
    member_of,
)
from pos_loyalty.usecases.find import find
from pos_loyalty.usecases.identify import identify
from pos_loyalty.usecases.sell import sell
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.usecases.standing import MemberSeen
from pos_loyalty.wire.bodies import read_body
from tests.fakes.counter import (
    ANNAS_PHONE,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    a_pass,
    a_till_never_online,
    application,
    card,
    checkout,
    indexed,
    known,
    tell,
)


def event_of(counter: Counter, event_id: EventId) -> Event:
    event = counter.journal.event(event_id)
    assert event is not None
    return event


def enrolled_by(event: Event) -> Enrolled:
    body = read_body(event.header.kind, event.header.version, event.body)
    assert isinstance(body, Enrolled)
    return body


def reason_of(counter: Counter, **told: str) -> str:
    with pytest.raises(CannotEnrol) as refused:
        enrol(counter, ROSA, WORDS, application(counter, **told))
    return refused.value.reason


def test_a_new_member_is_known_by_name_and_begins_with_nothing() -> None:
    counter = a_counter()

    seen = enrol(counter, ROSA, WORDS, application(counter, "Anna Bianchi", "340 1234567"))

    assert seen.record is not None
    assert (seen.record.name, seen.record.phone) == ("Anna Bianchi", ANNAS_PHONE)
    assert seen.standing.balance(POINTS, ROSA.since.date()) == 0
    assert seen.told is None


def test_the_same_enrolment_twice_is_one_member() -> None:
    counter = a_counter()
    form = application(counter, "Anna", ANNAS_PHONE)

    first = enrol(counter, ROSA, WORDS, form)
    second = enrol(counter, ROSA, WORDS, form)

    assert first == second
    assert counter.journal.head().position.seq == 1
    assert len(counter.members.passes()) == 2


def test_nobody_is_enrolled_without_her_agreement() -> None:
    counter = a_counter()
    form = replace(application(counter, "Anna"), agreed=False)

    with pytest.raises(CannotEnrol, match="no-consent"):
        enrol(counter, ROSA, WORDS, form)

    assert counter.journal.head().position.seq == 0


def test_consent_is_written_down_with_the_wording_she_read() -> None:
    counter = a_counter()
    form = application(counter)

    enrol(counter, ROSA, WORDS, form)

    consent = enrolled_by(event_of(counter, form.enrolment)).consent
    assert (consent.wording, consent.given) == ("loyalty-1", True)


def test_a_phone_that_a_member_of_the_store_has_shows_that_member_instead() -> None:
    counter = a_counter()
    tell(counter, known())

    with pytest.raises(AlreadyMember) as refused:
        enrol(counter, ROSA, WORDS, application(counter, "Anna", "340 1234567"))

    assert [seen.record.name for seen in refused.value.members if seen.record] == ["Anna Bianchi"]


def test_a_phone_enrolled_here_a_minute_ago_is_known_without_any_line() -> None:
    counter = a_counter()
    first = enrol(counter, ROSA, WORDS, application(counter, "Anna", ANNAS_PHONE))

    with pytest.raises(AlreadyMember) as refused:
        enrol(counter, ROSA, WORDS, application(counter, "Anna", ANNAS_PHONE))

    assert [seen.member for seen in refused.value.members] == [first.member]


def test_what_is_no_telephone_number_is_refused() -> None:
    assert reason_of(a_counter(), phone="12") == "wrong-phone"


def test_a_card_that_was_handed_over_names_its_new_holder() -> None:
    counter = a_counter()

    seen = enrol(counter, ROSA, WORDS, application(counter, card=card(5)))

    found = identify(counter, Scan(card(5)))
    assert isinstance(found, MemberSeen)
    assert found.member == seen.member


def test_a_card_is_kept_in_its_canonical_form_however_it_was_read() -> None:
    counter = a_counter()

    seen = enrol(counter, ROSA, WORDS, application(counter, card="0" + card(5)))

    assert seen.record is not None
    assert seen.record.card == card(5)


def test_a_card_that_somebody_has_is_taken() -> None:
    counter = a_counter()
    tell(counter, indexed(card(5)))

    assert reason_of(counter, card=card(5)) == "card-taken"


def test_a_card_handed_over_here_a_minute_ago_is_taken() -> None:
    counter = a_counter()
    enrol(counter, ROSA, WORDS, application(counter, card=card(5)))

    assert reason_of(counter, card=card(5)) == "card-taken"


@pytest.mark.parametrize("read", ["hello", "4006381333931", a_pass(1), card(5)[:-1] + "x"])
def test_what_is_none_of_our_cards_is_refused(read: str) -> None:
    assert reason_of(a_counter(), card=read) == "wrong-card"


def test_a_name_may_be_as_long_as_a_receipt_bears_and_no_longer() -> None:
    longest = "A" * NAME_CHARACTERS_MAX

    seen = enrol(counter := a_counter(), ROSA, WORDS, application(counter, longest))

    assert seen.record is not None
    assert seen.record.name == longest
    assert reason_of(a_counter(), name=longest + "A") == "name-too-long"


@pytest.mark.parametrize("typed", ["  Anna \t Bianchi ", "Anna\x1b Bianchi", "Anna\n\ud800Bianchi"])
def test_a_name_is_one_line_without_anything_a_printer_would_obey(typed: str) -> None:
    counter = a_counter()

    seen = enrol(counter, ROSA, WORDS, application(counter, typed))

    assert seen.record is not None
    assert seen.record.name == "Anna Bianchi"


def test_the_event_bears_the_digest_of_the_record_beside_it() -> None:
    counter = a_counter()
    form = application(counter, "Anna", ANNAS_PHONE)
    enrol(counter, ROSA, WORDS, form)

    (sent,) = counter.journal.unsent(10, 10**6)

    assert sent.record is not None
    digest = sha256(sent.record.record + sent.record.salt).hexdigest()
    assert enrolled_by(sent.event).record_digest == digest


def test_no_personal_data_is_in_any_event_or_stored_slip() -> None:
    counter = a_counter()
    enrol(counter, ROSA, WORDS, application(counter, "Anna Bianchi", ANNAS_PHONE, card(5)))
    (member,) = find(counter, "Anna")
    sell(counter, ROSA, WORDS, checkout(counter, member.member))

    stored = b"".join(
        header_bytes(sent.event.header) + sent.event.body
        for sent in counter.journal.unsent(10, 10**6)
    ) + b"".join(job.slip for job in counter.journal.waiting_slips())

    for secret in (b"Anna", b"Bianchi", b"340123", card(5).encode()):
        assert secret not in stored


def test_a_member_who_wants_no_paper_gets_none() -> None:
    counter = a_counter()

    enrol(counter, ROSA, None, application(counter, card=card(5)))

    assert slips_to_print(counter) == ()


def test_a_till_that_never_heard_from_its_server_says_so_before_anything_else() -> None:
    counter = a_till_never_online()

    with pytest.raises(NotSetUp):
        enrol(counter, ROSA, WORDS, application(counter))


def test_a_sale_is_no_enrolment() -> None:
    counter = a_counter()
    done = sell(counter, ROSA, WORDS, checkout(counter))

    with pytest.raises(LookupError):
        member_of(counter, done.sale)
