"""Baskets, members and programs in the tests' own short way of writing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.facts import History, MemberFacts, Offers
from pos_loyalty.domain.ids import ProgramId, StoreId
from pos_loyalty.domain.programs.effects import (
    Earn,
)
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.selection import Selection

NOON = datetime(2026, 5, 5, 12, tzinfo=timezone(timedelta(hours=2)))  # A Tuesday.
TODAY = NOON.date()
PER_EURO = Rule("base", Earn(Fraction(1), Decimal(100)))
COFFEE = Selection(categories=("grocery/coffee",))
VAT = Fraction(22, 100)
KNOWN = MemberFacts(
    joined_on=date(2020, 2, 29),
    birthday=date(1984, 3, 4),
    attributes={},
    segments=(),
    favourite_category=None,
    tier=None,
    membership=None,
    balances={},
    lots=(),
    carried={},
    visits=0,
    last_purchase_on=None,
    history=History({"ever": 0, "30d": 0, "365d": 0}, {"points": {"ever": 0, "30d": 0}}),
    usage={},
    goals={},
    vouchers_held=(),
    offers=Offers({}, {}, {}),
    activity=(),
)


def bought(price_minor: int, quantity: str | int = 1, **others: Any) -> Line:  # noqa: ANN401 - any field of a line
    """One line; its name is its article unless another is told."""
    return Line(
        **{
            "name": others.get("sku", "something"),
            "price_minor": price_minor,
            "quantity": Decimal(quantity),
            **others,
        }
    )


def basket_of(*lines: Line, **others: Any) -> Basket:  # noqa: ANN401 - any field of a basket
    """A sale at noon."""
    told: dict[str, Any] = {"at": NOON, "store": StoreId("bologna-1"), "currency": "EUR"} | others
    return Basket(lines=lines, **told)


def program_of(*rules: Rule, **others: Any) -> Program:  # noqa: ANN401 - any field of a program
    """A program in force since New Year."""
    told: dict[str, Any] = {
        "id": ProgramId("bottega"),
        "version": 1,
        "name": {"en": "Corner shop"},
        "currency": "EUR",
        "valid_from": date(2026, 1, 1),
    }
    return Program(**(told | {"rules": rules} | others))


def member(**facts: Any) -> MemberFacts:  # noqa: ANN401 - any fact
    """A member of whom everything is known, and nothing is there but what is told."""
    return replace(KNOWN, **facts)
