from __future__ import annotations

from datetime import UTC, datetime

from pos_loyalty.ports.documents import PrintDocument, QrCode
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.stored import with_name
from pos_loyalty.receipts.welcome import welcome_slip
from tests.fakes.counter import WORDS
from tests.unit.receipts.paper import CLUB

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LETTERHEAD = Letterhead("Bottega Centro", "", "Till 2", "Rosa", AT, "Europe/Rome")


def text_of(document: PrintDocument) -> str:
    return plain_text(document, 42)


def test_a_new_member_is_welcomed_to_the_club_and_given_her_pass() -> None:
    slip = welcome_slip(WORDS, LETTERHEAD, CLUB, "LY1:PASS")

    assert "Welcome to Bottega Club" in text_of(slip)
    (code,) = (block for block in slip.blocks if isinstance(block, QrCode))
    assert code.text == "LY1:PASS"
    assert "photographed" in code.caption


def test_without_a_program_she_is_welcomed_among_the_members() -> None:
    assert "Welcome to our members" in text_of(welcome_slip(WORDS, LETTERHEAD, None, "LY1:PASS"))


def test_the_slip_of_a_new_member_has_no_receipt_number() -> None:
    assert "Receipt" not in text_of(welcome_slip(WORDS, LETTERHEAD, CLUB, "LY1:PASS"))


def test_her_name_stands_on_the_slip_when_it_prints() -> None:
    slip = with_name(welcome_slip(WORDS, LETTERHEAD, CLUB, "LY1:PASS"), "Anna")

    assert "Anna" in [line.strip() for line in text_of(slip).splitlines()]
