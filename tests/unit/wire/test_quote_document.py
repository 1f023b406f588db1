from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pos_loyalty.domain.basket import TaxPart
from pos_loyalty.domain.engine.answer import (
    FreeGoods,
    IssuedVoucher,
    LineQuote,
    Proposal,
    Quote,
    Redeemed,
    RewardState,
    Said,
)
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Missing, Outcome, Reason
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.moments import Reader
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.units import POINTS, UnitOfAccount
from pos_loyalty.domain.refusals import (
    ConditionNotMet,
    InsufficientPoints,
    Refusal,
    TierNeeded,
    VoucherNotValid,
)
from pos_loyalty.wire.basket_document import read_basket
from pos_loyalty.wire.program_document import read_program
from pos_loyalty.wire.quote_document import write_quote, write_refusal

CONTRACT = Path(__file__).parents[2] / "vectors" / "contract"
CLUB = Program(
    id=ProgramId("club"),
    version=3,
    name={"en": "Club"},
    currency="EUR",
    valid_from=date(2026, 1, 1),
    units=(POINTS, UnitOfAccount("stamps")),
)
NOTHING = Quote(0, 0, 0, (), (), {})


def rule_of(reason: Reason) -> str:
    return reason.rule


@pytest.mark.parametrize("name", ["coop-alleanza-2019", "fidaty-2025"])
def test_the_examples_of_the_contract_are_answered_word_by_word(name: str) -> None:
    program = read_program((CONTRACT / f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    basket, facts = read_basket((CONTRACT / f"{name}.basket.json").read_text("utf-8"), name)
    expected = json.loads((CONTRACT / f"{name}.answer.json").read_text("utf-8"))
    texts = {reason["rule"]: reason["text"] for reason in expected["reasons"]}

    answer = write_quote(quote(basket, facts, program), program, lambda one: texts[one.rule])

    assert json.dumps(answer) == json.dumps(expected)


def test_every_unit_and_every_word_is_told_when_there_is_nothing_to_tell() -> None:
    answer = write_quote(NOTHING, CLUB, rule_of)

    assert answer == {
        "program": "club",
        "version": 3,
        "earned": {"points": 0, "stamps": 0},
        "redeemed": {},
        "redemptions": [],
        "balance_after": {"points": None, "stamps": None},
        "carried": {"points": "0", "stamps": "0"},
        "discount_minor": 0,
        "to_pay_minor": 0,
        "tax": [],
        "lines": [],
        "rewards": [],
        "vouchers_issued": [],
        "tier_after": None,
        "goals_after": {},
        "messages": [],
        "suggestion": None,
        "reasons": [],
    }


FULL = Quote(
    total_minor=2000,
    discount_minor=500,
    to_pay_minor=1500,
    tax=(TaxPart(Fraction(22, 100), 1230, 270),),
    lines=(LineQuote(500, {"points": 15}),),
    earned={"points": 15, "stamps": 1},
    redemptions=(
        Redeemed("cake", 1, {"points": 100}, 500),
        Redeemed("set", 2, {}, 0, 990, (FreeGoods("800", 2),), {"stamps": 4}, voucher="A1"),
    ),
    redeemed={"points": 100},
    balance_after={"points": 20, "stamps": None},
    carried={"points": Fraction(1, 2), "stamps": Fraction(1, 3)},
    rewards=(RewardState("cake", 0, usable_now=False, missing=(Missing("points", 80),)),),
    vouchers_issued=(IssuedVoucher("cake", "base", date(2026, 1, 2), date(2026, 1, 31)),),
    tier_after="gold",
    goals_after={"week": 3},
    messages=(Said("hello", Reader.CASHIER, {"en": "Hello", "it": "Ciao"}),),
    suggestion=Proposal("more", {"en": "2 more"}, "cake", (Missing("quantity", "2"),)),
    reasons=(
        Reason("base", Outcome.APPLIED, "points", 15),
        Reason("off", Outcome.CAPPED, discount_minor=500),
        Reason(
            "later",
            Outcome.UNKNOWN,
            missing=(Missing("tier", "gold"), Missing("tier", "silver"), Missing("visits", 3)),
        ),
    ),
)


def test_what_was_redeemed_tells_only_what_there_is_to_tell() -> None:
    assert write_quote(FULL, CLUB, rule_of)["redemptions"] == [
        {"reward": "cake", "times": 1, "cost": {"points": 100}, "discount_minor": 500},
        {
            "reward": "set",
            "times": 2,
            "cost": {},
            "discount_minor": 0,
            "pay_minor": 990,
            "goods": [{"sku": "800", "quantity": 2}],
            "gained": {"stamps": 4},
            "voucher": "A1",
        },
    ]


def test_reasons_tell_what_they_gave_and_what_is_missing() -> None:
    assert write_quote(FULL, CLUB, rule_of)["reasons"] == [
        {"rule": "base", "outcome": "applied", "earned": {"points": 15}, "text": "base"},
        {"rule": "off", "outcome": "capped", "discount_minor": 500, "text": "off"},
        {
            "rule": "later",
            "outcome": "unknown",
            "missing": {"tier": "gold", "visits": 3},
            "text": "later",
        },
    ]


def test_remainders_vouchers_and_rewards_are_written_exactly() -> None:
    answer = write_quote(FULL, CLUB, rule_of)

    assert answer["carried"] == {"points": "0.5", "stamps": "1/3"}
    assert answer["balance_after"] == {"points": 20, "stamps": None}
    assert answer["vouchers_issued"] == [
        {"reward": "cake", "rule": "base", "first": "2026-01-02", "last": "2026-01-31"}
    ]
    assert answer["rewards"] == [
        {"id": "cake", "affordable_times": 0, "usable_now": False, "missing": {"points": 80}}
    ]


@pytest.mark.parametrize(("language", "text"), [("it", "Ciao"), ("ru", "Hello"), ("", "Hello")])
def test_messages_are_in_her_language_where_the_shop_has_it(language: str, text: str) -> None:
    answer = write_quote(FULL, CLUB, rule_of, language)

    assert answer["messages"] == [{"id": "hello", "to": "cashier", "text": text}]
    assert answer["suggestion"] == {
        "id": "more",
        "text": "2 more",
        "towards": "cake",
        "missing": {"quantity": "2"},
        "saves_minor": None,
    }


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (
            InsufficientPoints("gift", "points", 3000, 2999),
            {
                "refusal": "insufficient_points",
                "reward": "gift",
                "unit": "points",
                "wanted": 3000,
                "available": 2999,
                "text": "no",
            },
        ),
        (
            ConditionNotMet("gift", (Missing("amount_minor", 300),)),
            {
                "refusal": "condition_not_met",
                "reward": "gift",
                "missing": {"amount_minor": 300},
                "text": "no",
            },
        ),
        (
            VoucherNotValid("A1", date(2026, 1, 1), None),
            {
                "refusal": "voucher_not_valid",
                "voucher": "A1",
                "first": "2026-01-01",
                "last": None,
                "text": "no",
            },
        ),
        (
            TierNeeded("800", ("gold", "silver")),
            {"refusal": "tier_needed", "sku": "800", "tiers": ["gold", "silver"], "text": "no"},
        ),
    ],
)
def test_a_refusal_is_told_with_its_facts(refusal: Refusal, expected: dict[str, object]) -> None:
    assert json.dumps(write_refusal(refusal, "no")) == json.dumps(expected)
