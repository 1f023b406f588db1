"""Whatever is held before the scanner: a sentence says what to do, and nothing is lost."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.credentials import PASS_PREFIX
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.states.member import MemberState
from tests.fakes.counter import (
    ANNA,
    BORIS,
    COFFEE,
    ROSAS_BADGE,
    a_counter,
    a_pass,
    card,
    indexed,
    known,
    lot,
    tell,
)
from tests.presenters.rig import Rig, a_till

ANNAS_CARD, UNKNOWN_CARD, BORISS_CARD = card(1), card(7), card(2)
DAMAGED_CARD = ANNAS_CARD[:-1] + str((int(ANNAS_CARD[-1]) + 1) % 10)
PAYMENT_CARD = "4111111111111111"
EAN = COFFEE.removeprefix("0")


@pytest.fixture
def till() -> Rig:
    counter = a_counter()
    tell(
        counter,
        known(ANNA, lot(300)),
        indexed(ANNAS_CARD),
        known(BORIS, name="Boris", phone="+393409999999", status="blocked"),
        indexed(BORISS_CARD, BORIS),
    )
    till = a_till(counter)
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    return till


BAD = {
    UNKNOWN_CARD: "This card belongs to nobody yet. Enrol its holder with it (F4)",
    DAMAGED_CARD: "The number was misread: its check digit does not fit.",
    PAYMENT_CARD: "That is a payment card. It was refused, and its number was not kept.",
    "29\x0012": "The code holds control characters and was not used.",
    "x" * 513: "The code is longer than 512 characters",
    "": "The code is empty. Scan again.",
    "???": "No member and no product has this code.",
    PASS_PREFIX + "XXXX": "The pass cannot be read whole.",
    "LB1:" + ROSAS_BADGE: "That is a cashier's badge. Sign out first (F12).",
    BORISS_CARD: "This card is blocked and earns nothing.",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_scan_says_what_to_do_and_loses_nothing(till: Rig, text: str) -> None:
    before = till.model.sale

    till.scan(text)

    assert till.toast.startswith(BAD[text])
    assert till.model.sale == before
    assert isinstance(till.shown.member, MemberState)
    till.enter()
    assert [sold.member for sold in till.sales()] == [ANNA]


def test_the_next_good_scan_takes_the_sentence_away(till: Rig) -> None:
    till.scan("???")
    till.scan(EAN)

    assert till.toast == ""


@pytest.mark.parametrize("typed", [UNKNOWN_CARD, DAMAGED_CARD, "0039111"])
def test_a_number_that_is_nothing_stays_for_mending(till: Rig, typed: str) -> None:
    till.type(typed)
    till.enter()

    assert till.toast
    assert till.shown.basket.entry.text == typed


def test_a_number_that_was_understood_goes_from_the_line(till: Rig) -> None:
    till.type(ANNAS_CARD)
    till.enter()

    assert till.shown.basket.entry.text == ""


def everything_shown(till: Rig) -> str:
    return repr(till.screen.shown) + repr(till.model) + repr(till.sale.recognition.unknown)


def test_a_typed_payment_card_is_wiped_from_the_screen(till: Rig) -> None:
    till.type(PAYMENT_CARD)
    till.enter()

    assert till.toast.startswith("That is a payment card.")
    assert PAYMENT_CARD not in everything_shown(till)


def test_a_payment_card_is_in_no_place_of_the_till(till: Rig) -> None:
    till.scan(PAYMENT_CARD)
    till.till.open_panel(Panel.ENROL)
    till.asks.work()
    till.scan(PAYMENT_CARD)
    till.till.close_panel()
    till.till.open_panel(Panel.FIND)
    till.till.find.typed(PAYMENT_CARD)
    till.asks.work()
    till.till.find.confirm()
    till.asks.work()

    assert PAYMENT_CARD not in everything_shown(till) + repr(till.till.find.model)
    assert till.till.enrol is not None
    assert PAYMENT_CARD not in repr(till.till.enrol.model)
    assert PAYMENT_CARD not in (till.journal.note("open-sale") or "")
    assert PAYMENT_CARD not in "".join(repr(event) for event in till.journal.everything())


@pytest.mark.parametrize("field", ["phone_typed", "name_typed"])
def test_a_payment_card_read_into_the_enrolment_is_wiped(till: Rig, field: str) -> None:
    till.till.open_panel(Panel.ENROL)
    assert till.till.enrol is not None
    getattr(till.till.enrol, field)(PAYMENT_CARD)
    till.till.enrol.agree(True)  # noqa: FBT003 - as the tick box tells it
    till.till.enrol.confirm()
    till.asks.work()

    assert isinstance(till.side, EnrolState)
    assert till.side.answer is not None
    assert PAYMENT_CARD not in everything_shown(till)
    assert "enrol" not in till.kinds()


def test_a_find_that_is_no_number_says_what_is_wrong_with_it(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.typed(DAMAGED_CARD)
    till.asks.work()
    till.till.find.confirm()
    till.asks.work()

    assert isinstance(till.side, FindState)
    assert till.side.answer is not None
    assert till.side.answer.text.startswith("The number was misread")
    assert till.side.text == DAMAGED_CARD


def test_a_damaged_card_before_the_enrolment_says_so(till: Rig) -> None:
    till.till.open_panel(Panel.ENROL)
    till.scan(DAMAGED_CARD)

    assert till.toast.startswith("The number was misread")
    assert isinstance(till.side, EnrolState)
    assert till.side.card == ""


def test_a_product_scanned_while_enrolling_goes_into_the_basket(till: Rig) -> None:
    till.till.open_panel(Panel.ENROL)
    till.scan("BREAD")

    assert [line.name for line in till.shown.basket.lines] == ["Coffee 250 g", "Bread"]
    assert isinstance(till.side, EnrolState)


def test_a_pass_shown_while_enrolling_is_its_member(till: Rig) -> None:
    till.till.open_panel(Panel.ENROL)
    till.scan(a_pass(101))

    assert till.side is None
    assert till.model.sale.member != ANNA


def test_a_blocked_member_chosen_by_name_is_refused(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.typed("Boris")
    till.asks.work()
    till.till.find.confirm()
    till.asks.work()

    assert till.toast.startswith("This card is blocked")
    assert till.model.sale.member == ANNA


def test_a_member_blocked_meanwhile_is_not_in_a_sale_taken_up_again(till: Rig) -> None:
    tell(till.counter, known(ANNA, status="blocked"))

    restarted = a_till(till.counter)

    assert restarted.toast.startswith("This card is blocked")
    restarted.enter()
    assert [sold.member for sold in restarted.sales()] == [None]


def test_an_unknown_card_is_forgotten_for_a_known_one_scanned_right_after_it(till: Rig) -> None:
    till.till.scanned(Scan(UNKNOWN_CARD))
    till.till.scanned(Scan(ANNAS_CARD))
    till.asks.work()

    assert till.toast == ""
    assert till.sale.recognition.unknown is None
