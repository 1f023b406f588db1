from __future__ import annotations

import logging

import pytest

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.gtin import check_digit
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.usecases.counter import NotSetUp
from pos_loyalty.usecases.enrol import CannotEnrol, enrol
from pos_loyalty.usecases.find import find
from pos_loyalty.usecases.identify import (
    BadgeSeen,
    ProductSeen,
    SeveralSeen,
    identify,
)
from pos_loyalty.usecases.sign_in import UnknownBadge, sign_in_by_badge
from pos_loyalty.usecases.standing import MemberSeen
from pos_loyalty.wire.changes import (
    ProductChanged,
)
from pos_loyalty.wire.enrolment_code import write_code
from tests.fakes.counter import (
    ANNA,
    ANNAS_PHONE,
    BORIS,
    COFFEE,
    ROSA,
    WORDS,
    a_counter,
    a_till_never_online,
    application,
    card,
    indexed,
    known,
    tell,
)
from tests.fakes.seen import member_seen, why_nothing

VISA = "4111111111111111"


def test_a_card_in_the_index_names_its_member_whose_balance_is_not_known() -> None:
    counter = a_counter()
    tell(counter, indexed(card(7)))

    seen = identify(counter, Scan(card(7), Symbology.EAN13))

    assert member_seen(seen) == ANNA
    assert isinstance(seen, MemberSeen)
    assert seen.record is None
    assert not seen.standing.known


def test_a_card_nobody_has_is_unknown() -> None:
    assert why_nothing(a_counter(), card(8)) is Unrecognised.UNKNOWN_CARD


def test_a_lost_card_is_blocked_though_its_member_has_another_that_is_good() -> None:
    counter = a_counter()
    tell(counter, known(), indexed(card(1), status="blocked"), indexed(card(2)))

    assert why_nothing(counter, card(1)) is Unrecognised.BLOCKED
    assert member_seen(identify(counter, Scan(card(2)))) == ANNA


def test_a_card_nobody_enrolled_with_yet_keeps_that_status() -> None:
    counter = a_counter()
    tell(counter, indexed(card(1), status="blank"))

    seen = identify(counter, Scan(card(1)))

    assert isinstance(seen, MemberSeen)
    assert seen.standing.status is MemberStatus.BLANK


@pytest.mark.parametrize("drawn", [card(7)[:-1], "00" + card(7), "0" + card(7)])
def test_a_card_that_a_wallet_app_drew_again_is_recognised(drawn: str) -> None:
    counter = a_counter()
    tell(counter, indexed(card(7)))

    assert member_seen(identify(counter, Scan(drawn, Symbology.CODE128))) == ANNA


def test_a_misread_card_is_told_from_one_that_nobody_has() -> None:
    misread = card(7)[:-1] + str((int(card(7)[-1]) + 1) % 10)

    assert why_nothing(a_counter(), misread) is Unreadable.WRONG_CHECK_DIGIT


def test_a_member_number_of_gs1_is_looked_up_like_a_card() -> None:
    counter = a_counter()
    gsrn = "80123456789012345" + check_digit("80123456789012345")
    tell(counter, indexed(gsrn))

    assert member_seen(identify(counter, Scan("(8018)" + gsrn))) == ANNA


def test_a_phone_of_one_member_names_her_however_it_is_typed() -> None:
    counter = a_counter()
    tell(counter, known())

    for typed in ("340 123 4567", "+39 340 1234567", "0039-340-1234567"):
        assert member_seen(identify(counter, Scan(typed))) == ANNA


def test_a_phone_of_several_members_asks_which() -> None:
    counter = a_counter()
    tell(counter, known(), known(BORIS, name="Boris"))

    seen = identify(counter, Scan(ANNAS_PHONE))

    assert isinstance(seen, SeveralSeen)
    assert {one.member for one in seen.members} == {ANNA, BORIS}


def test_of_several_with_one_phone_the_blocked_are_no_choice() -> None:
    counter = a_counter()
    tell(counter, known(), known(BORIS, name="Boris", status="blocked"))

    assert member_seen(identify(counter, Scan(ANNAS_PHONE))) == ANNA


def test_a_phone_of_blocked_members_only_is_blocked() -> None:
    counter = a_counter()
    tell(counter, known(status="blocked"))

    assert why_nothing(counter, ANNAS_PHONE) is Unrecognised.BLOCKED


def test_a_phone_nobody_has_is_unknown() -> None:
    assert why_nothing(a_counter(), ANNAS_PHONE) is Unrecognised.UNKNOWN_PHONE


def test_what_the_server_told_of_a_member_beats_what_she_told_when_she_enrolled_here() -> None:
    counter = a_counter()
    seen = enrol(counter, ROSA, WORDS, application(counter, "Anna", ANNAS_PHONE))
    tell(counter, known(seen.member, phone="+393407654321"))

    assert why_nothing(counter, ANNAS_PHONE) is Unrecognised.UNKNOWN_PHONE
    assert member_seen(identify(counter, Scan("+393407654321"))) == seen.member


@pytest.mark.parametrize("read", [COFFEE, COFFEE[1:]])
def test_a_product_is_found_by_its_gtin_in_any_length(read: str) -> None:
    seen = identify(a_counter(), Scan(read, Symbology.EAN13))

    assert isinstance(seen, ProductSeen)
    assert seen.product.name == "Coffee 250 g"


def test_a_product_that_is_not_in_the_catalogue_is_said_so() -> None:
    assert why_nothing(a_counter(), "4006381333931") is Unrecognised.UNKNOWN_PRODUCT


@pytest.mark.parametrize("sku", ["BREAD", " BREAD ", "3401234567", "4006381333931", "20000001"])
def test_an_article_number_of_the_shop_s_own_is_found_whatever_it_looks_like(sku: str) -> None:
    counter = a_counter()
    tell(counter, ProductChanged(sku=sku.strip(), name="Thing", price_minor=1))

    seen = identify(counter, Scan(sku))

    assert isinstance(seen, ProductSeen)
    assert seen.product.name == "Thing"


def test_a_telephone_number_means_the_member_before_a_product() -> None:
    counter = a_counter()
    tell(counter, known(), ProductChanged(sku="3401234567", name="Thing", price_minor=1))

    assert member_seen(identify(counter, Scan("3401234567"))) == ANNA


def test_a_badge_is_told_apart_and_sign_in_says_whose_it_is() -> None:
    counter = a_counter()

    seen = identify(counter, Scan("LB1:nobodys"))

    assert seen == BadgeSeen("nobodys")
    with pytest.raises(UnknownBadge):
        sign_in_by_badge(counter, "nobodys")


def test_an_enrolment_code_of_a_till_names_nobody() -> None:
    code = write_code("secret", b"k" * 32, "https://loyalty.example")

    assert why_nothing(a_counter(), code) is Unrecognised.ENROLMENT_CODE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Unreadable.EMPTY),
        ("   ", Unreadable.EMPTY),
        ("1" * 513, Unreadable.TOO_LONG),
        ("BREAD\x1b", Unreadable.CONTROL_CHARACTERS),
        ("\x00", Unreadable.CONTROL_CHARACTERS),
        ("hello", Unreadable.UNKNOWN),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: Unreadable) -> None:
    assert why_nothing(a_counter(), text) is reason


def test_a_till_that_never_heard_from_its_server_recognises_nobody() -> None:
    with pytest.raises(NotSetUp):
        identify(a_till_never_online(), Scan(card(1)))


@pytest.mark.parametrize("read", [VISA, "4111 1111 1111 1111", f";{VISA}=2512?"])
def test_the_number_of_a_payment_card_is_left_nowhere(
    read: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    counter = a_counter()
    # Even a catalogue that has the number does not make it a product.
    tell(counter, ProductChanged(sku=VISA, name="Thing", price_minor=1))

    assert why_nothing(counter, read) is Unreadable.PAYMENT_CARD
    assert find(counter, read) == ()
    for form in (
        application(counter, name=read),
        application(counter, phone=read),
        application(counter, card=read),
    ):
        with pytest.raises(CannotEnrol):
            enrol(counter, ROSA, WORDS, form)

    assert counter.journal.head().position.seq == 0
    assert isinstance(counter.journal, MemoryJournal)
    assert VISA[4:] not in caplog.text
    assert [name for name in ("open-sale", "sync-backoff") if counter.journal.note(name)] == []
