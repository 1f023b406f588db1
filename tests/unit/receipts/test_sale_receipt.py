from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.ports.documents import Cut, PrintDocument
from pos_loyalty.receipts.points import Points
from pos_loyalty.receipts.stored import NAME, as_copy, read_slip, with_name, write_slip
from tests.unit.receipts.paper import (
    ANNA,
    LETTERHEAD,
    day,
    figure,
    flowing,
    points_of,
    printed,
    program,
    scored,
    text_of,
)

MEMBER_PRICE = """
[[rules]]
id = "bread"
text = { en = "member price of bread" }
then = { kind = "member_price", price_minor = 880, lines = { skus = ["BREAD"] } }
"""


def of_anna(points: Points | None = None) -> PrintDocument:
    """A receipt with a member's part."""
    return printed(quoted=scored(), points=points or points_of())


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


def test_a_receipt_ends_with_one_cut() -> None:
    blocks = of_anna().blocks

    assert [n for n, block in enumerate(blocks) if isinstance(block, Cut)] == [len(blocks) - 1]


def test_her_name_is_put_in_when_it_prints_and_only_then() -> None:
    document = of_anna()

    named = with_name(read_slip(write_slip(document)), "Anna")

    assert b"Anna" not in write_slip(document)
    assert NAME in flowing(document)
    assert "Anna" in text_of(named)
    assert NAME not in flowing(named)


def test_a_name_not_known_leaves_no_line_behind() -> None:
    document = of_anna()

    unnamed = with_name(document, "")

    assert len(unnamed.blocks) == len(document.blocks) - 1
    assert NAME not in flowing(unnamed)


def test_an_anonymous_receipt_is_the_same_with_any_name() -> None:
    assert with_name(printed(), "Anna") == printed()


def test_a_receipt_is_read_back_as_it_was_written() -> None:
    document = of_anna(replace(points_of(), expiring=(25, day("2026-04-01"))))

    assert read_slip(write_slip(document)) == document


def test_a_copy_says_so_above_everything_else() -> None:
    copy = as_copy(printed(), "COPY")

    assert text_of(copy) == ["COPY", *text_of(printed())]


def test_a_member_s_discount_is_a_line_of_its_own_and_is_not_paid() -> None:
    club = program(MEMBER_PRICE)
    document = printed(quoted=scored(club, ANNA), points=points_of(club))

    assert figure(document, "Bread") == "10.00"
    assert figure(document, "member price of bread") == "-1.20"
    assert figure(document, "Total") == "€8.80"


def test_without_a_member_the_price_of_members_is_not_spoken_of() -> None:
    club = program(MEMBER_PRICE)
    document = printed(quoted=scored(club, None))

    assert "member price" not in flowing(document)
    assert figure(document, "Total") == "€10.00"


def test_goods_paid_otherwise_are_called_by_what_was_paid_with() -> None:
    document = printed(tenders=(Tender("member_card", 1000),))

    assert figure(document, "With the member card") == "10.00"
