from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind, tax_of
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs import Program
from pos_loyalty.domain.reasons import (
    AmountMissing,
    Multiplied,
    NothingOfCategory,
    Outcome,
    Reason,
    Steps,
)
from pos_loyalty.ports.documents import Cut, PrintDocument
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.sale import Points, SaleReceipt, sale_receipt
from pos_loyalty.receipts.stored import NAME, as_copy, read_slip, with_name, write_slip
from tests.fakes.counter import WORDS

AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
LETTERHEAD = Letterhead("Bottega Centro", "Via Roma 1", "Till 2", "Rosa", AT, "Europe/Rome")
CLUB = Program(
    ProgramId("bottega"),
    1,
    (("en", "Bottega Club"),),
    "EUR",
    date(2026, 1, 1),
    None,
    (("en", "points"),),
    12,
    (),
)
STEPS = Reason("purchase", Outcome.APPLIED, 10, Steps(1, 100, 1000, 0, 100))
POINTS = Points(
    program=CLUB,
    before=100,
    earned=10,
    reasons=(STEPS,),
    pending=0,
    as_of=AT,
    expiring=None,
)
CASH_TEN = (Tender(TenderKind.CASH, 1000),)


def printed(
    lines: tuple[Line, ...] = (Line("Bread", 1000),),
    tenders: tuple[Tender, ...] = CASH_TEN,
    points: Points | None = None,
    letterhead: Letterhead = LETTERHEAD,
) -> PrintDocument:
    receipt = SaleReceipt("1.7", "EUR", lines, tenders, tax_of(lines), points)
    return sale_receipt(WORDS, letterhead, receipt)


def text_of(document: PrintDocument) -> list[str]:
    return [line.strip() for line in plain_text(document, 42).splitlines()]


def flowing(document: PrintDocument) -> str:
    return " ".join(" ".join(text_of(document)).split())


def figure(document: PrintDocument, label: str) -> str:
    """What stands on the right of a line that begins with `label`."""
    (line,) = (line for line in text_of(document) if line.startswith(f"{label}  "))
    return line.removeprefix(label).strip()


def test_the_head_says_shop_place_number_time_till_and_cashier() -> None:
    lines = text_of(printed())

    assert lines[:3] == ["Bottega Centro", "Via Roma 1", "Loyalty slip, not a fiscal document"]
    assert figure(printed(), "Receipt") == "1.7"
    assert figure(printed(), "Mar 2, 2026 23:30") == "Till 2 · Rosa"


def test_the_day_on_the_receipt_is_the_shop_s() -> None:
    in_auckland = replace(LETTERHEAD, zone="Pacific/Auckland")

    assert figure(printed(letterhead=in_auckland), "Mar 3, 2026 11:30") == "Till 2 · Rosa"


def test_a_shop_without_an_address_has_no_empty_line_for_it() -> None:
    lines = text_of(printed(letterhead=replace(LETTERHEAD, address="")))

    assert lines[:2] == ["Bottega Centro", "Loyalty slip, not a fiscal document"]


def test_a_line_says_its_name_and_what_was_paid_for_it() -> None:
    assert figure(printed(), "Bread") == "10.00"


def test_an_amount_that_was_typed_is_called_amount() -> None:
    assert figure(printed((Line("", 1000),)), "Amount") == "10.00"


@pytest.mark.parametrize(
    ("quantity", "said"), [(Decimal(3), "3 × 2.50"), (Decimal("0.350"), "0.35 × 2.50")]
)
def test_a_quantity_other_than_one_is_said_with_the_price_of_one(
    quantity: Decimal, said: str
) -> None:
    line = Line("Bread", 250, quantity)

    assert said in text_of(printed((line,)))


def test_a_quantity_of_one_is_not_said() -> None:
    assert "×" not in flowing(printed())


def test_a_discount_is_said_and_the_line_shows_what_is_left() -> None:
    document = printed((Line("Bread", 1000, discount_minor=150),))

    assert figure(document, "Bread") == "8.50"
    assert "reduced by 1.50" in text_of(document)


def test_mixed_tender_with_change_shows_each_part() -> None:
    tenders = (Tender(TenderKind.CARD, 600), Tender(TenderKind.CASH, 500))

    document = printed(tenders=tenders)

    assert figure(document, "Total") == "€10.00"
    assert figure(document, "Card") == "6.00"
    assert figure(document, "Cash") == "5.00"
    assert figure(document, "Change") == "1.00"


def test_what_was_paid_to_the_cent_has_no_change() -> None:
    assert "Change" not in flowing(printed())


def test_tax_is_said_by_rate_and_not_where_there_is_none() -> None:
    lines = (
        Line("Wine", 1220, tax_rate=Fraction(22, 100)),
        Line("Bread", 1045, tax_rate=Fraction(45, 1000)),
        Line("Stamp", 100),
    )

    document = printed(lines, (Tender(TenderKind.CASH, 2365),))

    assert figure(document, "of which tax 22 %") == "2.20"
    assert figure(document, "of which tax 4.5 %") == "0.45"
    assert flowing(document).count("of which tax") == 2


def test_an_anonymous_receipt_says_nothing_of_points() -> None:
    assert "Balance" not in flowing(printed())
    assert "Earned" not in flowing(printed())


def test_a_confirmed_balance_says_before_earned_after_and_as_of_when() -> None:
    document = printed(points=POINTS)

    assert figure(document, "Balance before") == "100"
    assert figure(document, "Earned today") == "+10"
    assert figure(document, "Balance after") == "110 points"
    assert "Balance before as of Mar 2, 2026 23:30." in flowing(document)
    assert "recorded here" not in flowing(document)


def test_pending_points_are_said_to_be_in_the_balance_and_not_confirmed() -> None:
    document = printed(points=replace(POINTS, pending=35))

    assert "35 points of it are recorded here and confirmed at the next sync." in flowing(document)


def test_a_balance_never_confirmed_is_not_said_to_be_of_any_time() -> None:
    document = printed(points=replace(POINTS, as_of=None, pending=110))

    assert "as of" not in flowing(document)


def test_an_unknown_balance_is_said_to_be_unknown_and_never_shown_as_a_figure() -> None:
    document = printed(points=replace(POINTS, before=None, as_of=None, pending=10))

    said = flowing(document)
    assert "The balance is not known at this till." in said
    assert "10 points will be added to it at the next sync." in said
    assert "Balance before" not in said
    assert "Balance after" not in said
    assert "of it are recorded here" not in said


def test_nothing_is_said_to_be_added_where_nothing_was_earned() -> None:
    nothing = replace(POINTS, before=None, as_of=None, earned=0, reasons=())

    assert "will be added" not in flowing(printed(points=nothing))


def test_what_expires_next_is_said_with_its_day() -> None:
    document = printed(points=replace(POINTS, expiring=(25, date(2026, 4, 1))))

    assert "25 points expire on Apr 1, 2026" in flowing(document)


def test_each_rule_that_counted_is_a_line_and_the_others_are_none() -> None:
    reasons = (
        STEPS,
        Reason("coffee", Outcome.APPLIED, 5, Multiplied("coffee", Fraction(2), 500)),
        Reason("wine", Outcome.NOT_MATCHED, 0, NothingOfCategory("wine")),
        Reason("big", Outcome.NOT_MATCHED, 0, AmountMissing(5000)),
    )

    document = printed(points=replace(POINTS, reasons=reasons, earned=15))

    assert figure(document, "Purchase") == "+10"
    assert figure(document, "coffee × 2") == "+5"
    assert "wine" not in flowing(document)
    assert figure(document, "Earned today") == "+15"


def test_a_receipt_ends_with_one_cut() -> None:
    blocks = printed(points=POINTS).blocks

    assert [n for n, block in enumerate(blocks) if isinstance(block, Cut)] == [len(blocks) - 1]


def test_her_name_is_put_in_when_it_prints_and_only_then() -> None:
    document = printed(points=POINTS)

    named = with_name(read_slip(write_slip(document)), "Anna")

    assert b"Anna" not in write_slip(document)
    assert NAME in flowing(document)
    assert "Anna" in text_of(named)
    assert NAME not in flowing(named)


def test_a_name_not_known_leaves_no_line_behind() -> None:
    document = printed(points=POINTS)

    unnamed = with_name(document, "")

    assert len(unnamed.blocks) == len(document.blocks) - 1
    assert NAME not in flowing(unnamed)


def test_an_anonymous_receipt_is_the_same_with_any_name() -> None:
    assert with_name(printed(), "Anna") == printed()


def test_a_receipt_is_read_back_as_it_was_written() -> None:
    document = printed(points=replace(POINTS, expiring=(25, date(2026, 4, 1))))

    assert read_slip(write_slip(document)) == document


def test_a_copy_says_so_above_everything_else() -> None:
    copy = as_copy(printed(), "COPY")

    assert text_of(copy) == ["COPY", *text_of(printed())]
