from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, Tender, Wish
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.facts import STRANGER, UNKNOWN, MemberFacts, OwnLot, Voucher
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.wire.basket_document import (
    read_basket,
    read_receipt,
    read_receipts,
)
from pos_loyalty.wire.writing import write_record
from tests.unit.wire.documents import baskets, members

CONTRACT = Path(__file__).parents[2] / "vectors" / "contract"
LINE: dict[str, Any] = {"sku": "800", "price_minor": 1250}
LEAST: dict[str, Any] = {
    "at": "2019-03-02T17:40:00+01:00",
    "store": "bologna-1",
    "channel": "till",
    "currency": "EUR",
    "lines": [LINE],
}


def text_of(**changes: Any) -> str:  # noqa: ANN401 - documents hold anything
    return json.dumps(LEAST | changes)


def test_a_basket_is_read_as_the_contract_has_it() -> None:
    text = (CONTRACT / "coop-alleanza-2019.basket.json").read_text("utf-8")

    basket, facts = read_basket(text, "basket.json")

    assert basket == Basket(
        at=datetime(2019, 3, 2, 17, 40, tzinfo=timezone(timedelta(hours=1))),
        store=StoreId("bologna-1"),
        currency="EUR",
        lines=(
            Line(
                name="Caffè",
                price_minor=1250,
                quantity=Decimal(2),
                sku="8001120891234",
                category="grocery/coffee",
                tax_rate=Fraction(22, 100),
                brand="coop",
                labels=("own-brand",),
            ),
        ),
        tenders=(Tender("member_card", 2500),),
    )
    assert facts is not None
    assert facts.balances == {"points": 3120}


def test_a_basket_needs_no_more_than_where_when_and_what() -> None:
    basket, facts = read_basket(json.dumps(LEAST), "basket.json")

    assert basket.event == "sale"
    assert basket.lines == (Line("", 1250, sku="800"),)
    assert facts == STRANGER


def test_a_sale_to_nobody_is_told_by_null() -> None:
    _, facts = read_basket(text_of(member=None), "basket.json")

    assert facts is None


def test_wishes_codes_and_figures_are_read() -> None:
    basket, _ = read_basket(
        text_of(
            redeem=[{"reward": "voucher-27"}, {"reward": "gift", "times": 2, "choice": "801"}],
            codes=["SPRING"],
            figures={"high": 80},
        ),
        "basket.json",
    )

    assert basket.redeem == (Wish("voucher-27"), Wish("gift", 2, "801"))
    assert basket.codes == ("SPRING",)
    assert basket.figures == {"high": 80}


def test_a_voucher_may_be_told_by_the_code_the_member_holds() -> None:
    held = {"code": "A1", "reward": "coffee", "last": "2019-12-31"}
    other = {"code": "B2", "reward": "cake"}

    basket, _ = read_basket(
        text_of(vouchers=["A1", other], member={"vouchers_held": [held]}), "basket.json"
    )

    assert basket.vouchers == (
        Voucher("A1", "coffee", last=date(2019, 12, 31)),
        Voucher("B2", "cake"),
    )


@pytest.mark.parametrize("member", [None, {}, {"vouchers_held": []}])
def test_a_code_that_no_voucher_of_hers_has_is_refused(member: object) -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_basket(text_of(vouchers=["A1"], member=member), "basket.json")

    assert (wrong.value.path, wrong.value.found) == ("vouchers[0]", "'A1'")
    assert "member.vouchers_held" in wrong.value.allowed


def test_lots_tell_the_balance_where_no_balance_is_told() -> None:
    lots = [
        {"unit": "points", "points": 10},
        {"unit": "points", "points": 5, "expires_on": "2019-03-03"},
        {"unit": "points", "points": 3, "expires_on": "2019-03-02"},  # Gone that day.
        {"unit": "stars", "points": 1, "expires_on": "2019-01-01"},
    ]

    _, facts = read_basket(text_of(member={"lots": lots}), "basket.json")

    assert facts is not None
    assert facts.balances == {"points": 15, "stars": 0}


def test_a_balance_that_is_told_counts_whatever_the_lots_say() -> None:
    member = {"balances": {"points": 7}, "lots": [{"unit": "points", "points": 10}]}

    _, facts = read_basket(text_of(member=member), "basket.json")

    assert facts == MemberFacts(balances={"points": 7}, lots=(OwnLot("points", 10),))


# Where lots are known and no balance is, reading adds the balance.
known_members = members.filter(lambda one: one.balances is not UNKNOWN or one.lots is UNKNOWN)


@given(baskets, st.none() | known_members)
def test_any_basket_comes_back_from_its_document_as_it_was(
    basket: Basket, facts: MemberFacts | None
) -> None:
    member = None if facts is None else write_record(facts)
    document = json.dumps(write_record(basket) | {"member": member})

    assert read_basket(document, "basket.json") == (basket, facts)


def wrong_line(**changes: Any) -> str:  # noqa: ANN401 - documents hold anything
    return text_of(lines=[LINE, LINE | changes])


NO_TEXT = "a text of at most 255 characters"


@pytest.mark.parametrize(
    ("text", "path", "found", "allowed"),
    [
        (wrong_line(price_minor=12.5), "lines[1].price_minor", "12.5", "a whole number"),
        (wrong_line(price_minor=1250.0), "lines[1].price_minor", "1250.0", "a whole number"),
        (wrong_line(price_minor=True), "lines[1].price_minor", "true", "a whole number"),
        (wrong_line(price_minor=-1), "lines[1].price_minor", "-1", "a whole number from 0"),
        (wrong_line(price_minor=2**63), "lines[1].price_minor", str(2**63), "a whole number"),
        (wrong_line(price_minor=float("nan")), "lines[1].price_minor", "nan", "a whole number"),
        (wrong_line(price_minor=[]), "lines[1].price_minor", "a list", "a whole number"),
        (wrong_line(price=1), "lines[1].price", "unknown word 'price'", "did you mean"),
        (text_of(lines=[{"sku": "1"}]), "lines[0].price_minor", "nothing", "must be there"),
        (text_of(lines=[3]), "lines[0]", "3", "a table with"),
        (text_of(lines={}), "lines", "a table", "a list"),
        (text_of(lines=[LINE] * 501), "lines", "501 entries", "at most 500"),
        (wrong_line(quantity=2), "lines[1].quantity", "2", "a decimal number as text"),
        (wrong_line(quantity="-2"), "lines[1].quantity", "'-2'", "a decimal number as text"),
        (wrong_line(quantity="NaN"), "lines[1].quantity", "'NaN'", "a decimal number as text"),
        (wrong_line(quantity="0"), "lines[1].quantity", "'0'", "between 0 and 100000"),
        (wrong_line(quantity="0.0000001"), "lines[1].quantity", "'0.0000001'", "6 decimals"),
        (wrong_line(discount_minor=1251), "lines[1].discount_minor", "1251", "the line's 1250"),
        (wrong_line(tax_rate="22"), "lines[1].tax_rate", "'22'", "between 0 and 1"),
        (wrong_line(tax_rate=0.22), "lines[1].tax_rate", "0.22", "a decimal number as text"),
        (wrong_line(labels="own-brand"), "lines[1].labels", "'own-brand'", "a list"),
        (wrong_line(labels=["a", 1]), "lines[1].labels[1]", "1", NO_TEXT),
        (wrong_line(labels=["a", ["b"]]), "lines[1].labels[1]", "a list of 1", NO_TEXT),
        (wrong_line(labels=["\x07"]), "lines[1].labels", "a list of 1", "control characters"),
        (wrong_line(name="a\nb"), "lines[1].name", "'a\\nb'", NO_TEXT),
        (wrong_line(name="\x00", sku="\x00"), "lines[1].sku", "'\\x00'", NO_TEXT),
        (
            text_of(lines=[{"discount_minor": 9, "labels": ["\x00"], "price_minor": 1}]),
            "lines[0].discount_minor",
            "9",
            "between 0 and the line's 1",
        ),
        (text_of(at="2019-03-02T17:40:00"), "at", "'2019-03-02T17:40:00'", "its offset"),
        (text_of(at="2019-02-30T17:40:00Z"), "at", "'2019-02-30T17:40:00Z'", "its offset"),
        (text_of(at="1492-10-12T12:00:00Z"), "at", "'1492-10-12T12:00:00Z'", "a year from 1900"),
        (text_of(at=0), "at", "0", "an instant"),
        (text_of(channel="tiil"), "channel", "'tiil'", "did you mean 'till'?"),
        (text_of(channel=1), "channel", "1", "till, online, app"),
        (text_of(currency="eur"), "currency", "'eur'", "three capital letters"),
        (text_of(store=""), "store", "''", "a text that is not empty"),
        (text_of(tender=[]), "tender", "unknown word 'tender'", "did you mean 'tenders'?"),
        (text_of(tenders=[{"kind": "cash"}]), "tenders[0].amount_minor", "nothing", "must be"),
        (text_of(redeem=[{"reward": "a", "times": 0}]), "redeem[0].times", "0", "from 1"),
        (text_of(vouchers=[{"code": "a"}]), "vouchers[0].reward", "nothing", "must be there"),
        (text_of(figures={f"{n}": n for n in range(1001)}), "figures", "a table", "1000"),
        (text_of(member={"visit": 1}), "member.visit", "unknown word 'visit'", "'visits'"),
        (text_of(member=[]), "member", "a list of 0", "a table with"),
        ('{"at": 1, "at": 1}', "at", "the word twice", "once"),
        ("{}", "at", "nothing", "it must be there"),
        ("[]", "(whole)", "a list of 0", "a table with"),
        ("NaN", "(whole)", "nan", "a table with"),
        ('{"lines": ' + "[" * 100_000, "(whole)", "tables in tables", "levels"),
        (" " * 10_000_000, "(whole)", "10000000 characters", "at most"),
    ],
)
def test_what_is_wrong_with_a_basket_is_told_with_its_place(
    text: str, path: str, found: str, allowed: str
) -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_basket(text, "basket.json")

    assert wrong.value.file == "basket.json"
    assert wrong.value.path == path
    assert found in wrong.value.found
    assert allowed in wrong.value.allowed


def test_a_line_of_true_is_never_taken_for_the_line_of_one_that_was_before() -> None:
    read_basket(text_of(lines=[{"price_minor": 1}]), "basket.json")

    for impostor in (True, 1.0):
        with pytest.raises(WrongDocument):
            read_basket(text_of(lines=[{"price_minor": impostor}]), "basket.json")


def test_a_receipt_tells_its_number_and_its_member() -> None:
    line = text_of(receipt="17", member={"id": "m-1", "visits": 2}).encode()

    receipt = read_receipt(line)

    assert (receipt.receipt_id, receipt.member_id) == ("17", "m-1")
    assert receipt.facts == MemberFacts(visits=2)


def test_receipts_are_read_one_from_each_line() -> None:
    lines = [text_of().encode() + b"\n", b"\n", text_of(member=None).encode()]

    receipts = list(read_receipts(lines))

    assert [receipt.facts for receipt in receipts] == [STRANGER, None]


@pytest.mark.parametrize(
    ("line", "path", "allowed"),
    [
        (text_of(store=3).encode(), "line 2: store", "a text"),
        (b'{"store": "\xff"}', "line 2", "UTF-8"),
        (b"{", "line 2, column 2", "JSON"),
        (b"[" * 100_000, "line 2", "levels"),
    ],
)
def test_what_is_wrong_with_a_receipt_is_told_with_its_line(
    line: bytes, path: str, allowed: str
) -> None:
    with pytest.raises(WrongDocument) as wrong:
        list(read_receipts([text_of().encode(), line], "march.jsonl"))

    assert (wrong.value.file, wrong.value.path) == ("march.jsonl", path)
    assert allowed in wrong.value.allowed


def test_a_single_receipt_that_is_no_text_is_refused() -> None:
    with pytest.raises(WrongDocument, match="UTF-8") as wrong:
        read_receipt(b"\xff")

    assert wrong.value.path == "(whole)"
