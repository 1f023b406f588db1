from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pos_loyalty.domain.credentials import (
    CardRange,
    MemberNumber,
    OurCard,
    PartnerCard,
    PartnerCards,
    Phone,
    Product,
    Recognised,
    ShopTables,
    Unreadable,
    partner_cards,
    resolve,
)
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.resources import resource
from pos_loyalty.wire.program_document import read_program

STOCARD = Path(__file__).parents[2] / "vectors" / "credentials" / "stocard.json"
VECTORS: dict[str, Any] = json.loads(STOCARD.read_text("utf-8"))
CARDS_OF_THE_WALLET = 34
DRAWN = {"ean-13", "ean-8", "code-39", "code-128", "qr", "pdf417", "aztec", "data-matrix", None}


def italian_phone(text: str) -> str | None:
    digits = re.sub(r"[ -]", "", text)
    return f"+39{digits}" if re.fullmatch(r"3[0-9]{8,9}", digits) else None


def shop() -> ShopTables:
    told = VECTORS["shop"]
    ranges = tuple(CardRange(one["prefix"], one["length"]) for one in told["cards"])
    text = resource("programs", told["partners"]).read_text("utf-8")
    partners = partner_cards([read_program(text, told["partners"])])
    return ShopTables(ranges, italian_phone, partners)


def meaning(told: dict[str, Any]) -> Recognised:
    ((kind, value),) = told.items()
    match kind:
        case "our_card":
            return OurCard(value)
        case "partner_card":
            return PartnerCard(**value)
        case "member_number":
            return MemberNumber(value)
        case "product":
            return Product(value)
        case "phone":
            return Phone(value)
        case _:
            return Unreadable(value)


@pytest.mark.parametrize(
    "vector", [*VECTORS["cards"], *VECTORS["others"]], ids=lambda one: one["because"]
)
def test_a_code_from_a_wallet_is_what_it_was_before(vector: dict[str, Any]) -> None:
    drawn = vector["symbology"]
    symbology = None if drawn is None else Symbology(drawn)

    found = resolve(Scan(vector["text"], symbology, vector.get("gs1", False)), shop())

    assert found == meaning(vector["recognised"]), vector["because"]


def test_every_card_of_the_wallet_is_some_members_card() -> None:
    kinds = [meaning(vector["recognised"]) for vector in VECTORS["cards"]]

    assert len(kinds) == CARDS_OF_THE_WALLET
    assert all(isinstance(kind, OurCard | PartnerCard) for kind in kinds)
    assert {vector["symbology"] for vector in VECTORS["cards"]} >= DRAWN


def test_a_partners_payment_card_is_refused_though_its_range_is_taken() -> None:
    greedy = ShopTables((), italian_phone, (PartnerCards("bank", ("4111",)),))

    assert resolve(Scan("4111111111111111"), greedy) is Unreadable.PAYMENT_CARD


def test_a_program_whose_partners_have_no_cards_takes_none() -> None:
    text = resource("programs", "gift-catalogue.toml").read_text("utf-8")

    assert partner_cards([read_program(text, "gift-catalogue.toml")]) == ()
