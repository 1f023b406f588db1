"""Programs and baskets as documents, with answers worked out by hand; no id is known here."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.engine import quote
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.wire.program_document import read_program

FOLDER = Path(__file__).parents[2] / "vectors" / "quotes"
VECTORS = sorted(FOLDER.glob("*.json"))
Document = dict[str, Any]


def line_of(document: Document) -> Line:
    return Line(
        name=document["name"],
        price_minor=document["price_minor"],
        quantity=Decimal(document.get("quantity", "1")),
        discount_minor=document.get("discount_minor", 0),
        category=document.get("category", ""),
        tax_rate=Fraction(document.get("tax_rate", "0")),
    )


def basket_of(document: Document, zone: str) -> Basket:
    return Basket(
        at=datetime.fromisoformat(document["at"]).astimezone(UTC),
        store=StoreId(document["store"]),
        zone=zone,
        currency=document["currency"],
        lines=tuple(line_of(line) for line in document["lines"]),
    )


def test_there_are_vectors_of_quotes() -> None:
    assert len(VECTORS) >= 16


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_a_quote_comes_out_as_worked_out_by_hand(file: Path) -> None:
    vector = json.loads(file.read_text("utf-8"))
    program = read_program(json.dumps(vector["program"]), file.name)

    answer = quote(basket_of(vector["basket"], vector["zone"]), program)

    expected = vector["answer"]
    assert answer.total_minor == expected["total_minor"], vector["because"]
    assert answer.earned == expected["earned"], vector["because"]
    assert list(answer.line_points) == expected["lines"], vector["because"]
    assert {r.rule: r.outcome.value for r in answer.reasons} == expected["outcomes"]
    if "tax" in expected:
        told = [(Fraction(rate), base, tax) for rate, base, tax in expected["tax"]]
        assert [(part.rate, part.base_minor, part.tax_minor) for part in answer.tax] == told
    if "expires_on" in expected:
        assert answer.expires_on == date.fromisoformat(expected["expires_on"])
