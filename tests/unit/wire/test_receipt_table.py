from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Line, Tender
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.wire.receipt_table import RECENT_MAX, read_csv_receipts

HEAD = "at,store,receipt,member,sku,category,quantity,price_minor,discount_minor"
AT = "2026-01-31T10:00:00+01:00"
FIRST = f"{AT},s,1,m-1,800,grocery/coffee,2,100,10"
SECOND = f"{AT},s,1,m-1,801,,,50,"
OTHER = f"{AT},s,2,,802,,0.350,1000,0"


def test_rows_of_one_receipt_make_one_basket() -> None:
    first, second = read_csv_receipts([HEAD, FIRST, SECOND, OTHER], currency="EUR")

    assert first.basket.lines == (
        Line("", 100, Decimal(2), 10, sku="800", category="grocery/coffee"),
        Line("", 50, sku="801"),
    )
    assert (first.receipt_id, first.member_id, first.facts) == ("1", "m-1", STRANGER)
    assert second.basket.lines == (Line("", 1000, Decimal("0.350"), sku="802"),)
    assert (second.receipt_id, second.member_id, second.facts) == ("2", "", None)


def test_a_table_may_tell_all_that_a_line_has() -> None:
    rows = [
        HEAD + ",name,brand,labels,tax_rate,tender,currency,channel",
        FIRST + ",Caffè,coop,own-brand; eco;,0.22,card,EUR,online",
    ]

    (receipt,) = read_csv_receipts(rows)

    (line,) = receipt.basket.lines
    assert (line.name, line.brand, line.labels) == ("Caffè", "coop", ("own-brand", "eco"))
    assert line.tax_rate == Fraction(22, 100)
    assert receipt.basket.tenders == (Tender("card", 190),)
    assert (receipt.basket.currency, receipt.basket.channel) == ("EUR", "online")


def test_a_table_of_a_spreadsheet_of_another_language_is_read() -> None:
    rows = ["\ufeffAt;Store;Receipt;Price_minor\r\n", f"{AT};s;1;100\r\n", "\r\n", ";;;\r\n"]

    (receipt,) = read_csv_receipts(rows, currency="EUR")

    assert receipt.basket.lines == (Line("", 100),)


def test_the_numbers_of_receipts_may_begin_again_the_next_day() -> None:
    tomorrow = FIRST.replace("01-31", "02-01")

    receipts = list(read_csv_receipts([HEAD, FIRST, OTHER, tomorrow], currency="EUR"))

    assert [receipt.receipt_id for receipt in receipts] == ["1", "2", "1"]


def test_a_long_table_is_read_without_keeping_all_of_it_in_mind() -> None:
    rows = (f"{AT},s,{number},,800,,1,100,0" for number in range(RECENT_MAX + 1))

    assert sum(1 for _ in read_csv_receipts([HEAD, *rows, f"{AT},s,0,,1,,1,1,0"], currency="EUR"))


@pytest.mark.parametrize(
    ("rows", "path", "found", "allowed"),
    [
        ([], "row 1: at", "nothing", "it must be there"),
        ([HEAD.replace("sku", "skus")], "row 1: skus", "unknown word", "did you mean 'sku'?"),
        ([HEAD + ",sku"], "row 1: sku", "the column twice", "once"),
        ([HEAD, FIRST + ",1"], "row 2", "10 cells", "9, as there are columns"),
        ([HEAD, FIRST, '"'], "row 3", "unexpected end", "CSV"),
        ([HEAD, FIRST, SECOND.replace("50", "0.50")], "row 3, column price_minor", "0.50", "whole"),
        ([HEAD, SECOND.replace("50", "")], "row 2, column price_minor", "nothing", "must be"),
        ([HEAD, SECOND.replace("50", "9" * 30)], "row 2, column price_minor", "999", "whole"),
        ([HEAD, FIRST.replace(",2,", ",-2,")], "row 2, column quantity", "'-2'", "decimal"),
        (
            [HEAD, FIRST.replace(",100,10", ",100,201")],
            "row 2, column discount_minor",
            "201",
            "line's 200",
        ),
        ([HEAD, FIRST.replace("T", " ")], "row 2, column at", "2026-01-31 10", "its offset"),
        (
            [HEAD, FIRST, SECOND.replace("m-1", "m-2")],
            "row 3, column member",
            "m-2",
            "'m-1', as in",
        ),
        ([HEAD, FIRST, SECOND.replace("m-1", "")], "row 3, column member", "''", "'m-1', as in"),
        ([HEAD, FIRST.replace(",1,", ",,")], "row 2, column receipt", "nothing", "it must be"),
        ([HEAD, FIRST, OTHER, SECOND], "row 4, column receipt", "'1' again", "together"),
        ([HEAD, *[FIRST] * 501], "row 2, column receipt", "more rows", "at most 500"),
        ([HEAD + ",currency", FIRST + ",euro"], "row 2, column currency", "'euro'", "EUR"),
        ([HEAD + ",channel", FIRST + ",tiil"], "row 2, column channel", "'tiil'", "'till'"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_row_and_column(
    rows: list[str], path: str, found: str, allowed: str
) -> None:
    with pytest.raises(WrongDocument) as wrong:
        list(read_csv_receipts(rows, "march.csv", "EUR"))

    assert (wrong.value.file, wrong.value.path) == ("march.csv", path)
    assert found in wrong.value.found
    assert allowed in wrong.value.allowed


def test_a_receipt_that_costs_more_than_can_be_paid_is_refused() -> None:
    row = f"{AT},s,1,,800,,1,{10**12},0,cash"

    with pytest.raises(WrongDocument) as wrong:
        list(read_csv_receipts([HEAD + ",tender", row, row], currency="EUR"))

    assert wrong.value.path == "row 2, column tender"
