from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    SetPrice,
)
from pos_loyalty.domain.programs.effects import (
    Band,
    BandsMode,
    Discounts,
    DrawPrize,
    Earn,
    Effect,
    Give,
    IssueVoucher,
    Multiply,
    Of,
)
from pos_loyalty.domain.programs.kinds import kinds_of
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.purchases import Tax
from pos_loyalty.domain.programs.rewards import Convert, Donate, Gift
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.wording.effects import effect_told
from pos_loyalty.wording.limits import cap_told, limit_told
from tests.unit.wording.shop import CLUB, with_rule
from tests.unit.wording.tongues import ENGLISH, TONGUES, flaws

COFFEE = Selection(categories=("coffee",))
FUEL = Selection(categories=("fuel",))
ONE = Fraction(1)
TOLD: list[tuple[Effect | Gift, str]] = [
    (Earn(ONE, Decimal(100)), "1 point for every €1.00"),
    (Earn(Fraction(1, 2), Decimal(100)), "1 point for every €2.00"),
    (
        Earn(ONE, Decimal(100), unit="chips", lines=COFFEE),
        "1 chip for every €1.00 spent on coffee",
    ),
    (
        Earn(Fraction(2), Decimal(100), above=Decimal(500)),
        "2 points for every €1.00 on the part above €5.00",
    ),
    (
        Earn(ONE, Decimal(2000), (Band(Decimal(55500), ONE, Decimal(1000)),)),
        "1 point for every €20.00; from €555.00 on: 1 point for every €10.00",
    ),
    (
        Earn(
            Fraction(0),
            Decimal(100),
            (Band(Decimal(1000), ONE, Decimal(100)), Band(Decimal(9000), Fraction(0))),
            mode=BandsMode.MARGINAL,
        ),
        (
            "on the part from €10.00 on: 1 point for every €1.00; "
            "on the part from €90.00 on: no points"
        ),
    ),
    (Earn(ONE, Decimal(10), of=Of.QUANTITY, lines=FUEL), "1 point for every 10 l of fuel"),
    (Earn(ONE, Decimal(3), of=Of.QUANTITY), "1 point for every 3 pieces"),
    (Earn(Fraction(5), of=Of.RECEIPT), "5 points for every receipt"),
    (Earn(ONE, of=Of.RECEIPT, lines=COFFEE), "1 point for every receipt with coffee"),
    (Earn(ONE, Decimal(100), unit="cashback"), "1% back"),
    (Earn(ONE, Decimal(20), unit="cashback", lines=COFFEE), "5% back on coffee"),
    (
        Earn(ONE, Decimal(100), tax=Tax.EXCLUDED, discounts=Discounts.BEFORE),
        "1 point for every €1.00, tax not counted, before discounts",
    ),
    (Multiply(Fraction(2)), "double points"),
    (Multiply(Fraction(3), lines=COFFEE), "triple points on coffee"),
    (Multiply(Fraction(5, 4), "stars"), "1.25 times the stars"),
    (Multiply(Fraction(0)), "no points"),
    (Multiply(Fraction(0), lines=COFFEE), "no points on coffee"),
    (Give(1, "stars"), "1 star"),
    (IssueVoucher("ten"), "a voucher “Ten euros” (valid for 30 days)"),
    (
        IssueVoucher("tenth", 1, 2),
        "a voucher “10% off” (valid for 1 day, starting after 2 days)",
    ),
    (DrawPrize("wheel"), "a chance to win (1 in 20)"),
    (DrawPrize("lost"), "a chance to win"),
    (DrawPrize("lost", 3000), "a chance to win for every €30.00"),
    (
        IssueVoucher("ten", every_minor=5000),
        "a voucher “Ten euros” (valid for 30 days) for every €50.00",
    ),
    (PercentOff(Fraction(1, 8), COFFEE, 500), "12.5% off on coffee, at most €5.00"),
    (AmountOff(500), "€5.00 off"),
    (AmountOff(500, COFFEE), "€5.00 off on coffee"),
    (CheapestOff(ONE, COFFEE), "the cheapest item free among coffee"),
    (CheapestOff(Fraction(1, 2)), "50% off the cheapest item"),
    (BuyGet(2, 1), "3 for the price of 2"),
    (
        BuyGet(2, 1, COFFEE, Fraction(1, 2)),
        "of every 3 the 1 cheapest with 50% off on coffee",
    ),
    (MemberPrice(199, COFFEE), "coffee at the member price of €1.99"),
    (
        SetPrice(500, (COFFEE, Selection(categories=("bakery",)))),
        "coffee and bakery together for €5.00",
    ),
    (FreeItem(("1",)), "article 1 free"),
    (FreeItem(("1", "2"), 2, Decimal(5)), "2 × 1 or 2 free for every 5 pieces"),
    (FreeItem(("1",), 1, Decimal(1), COFFEE), "article 1 free for every 1 piece of coffee"),
    (Donate("Red Cross"), "a donation to: Red Cross"),
    (Donate("Red Cross", 500), "a donation of €5.00 to: Red Cross"),
    (Convert("stars", 5), "5 stars"),
    (Convert("miles", 400, "volo"), "400 miles with Volo"),
]


@pytest.mark.parametrize(("effect", "told"), TOLD)
def test_what_is_given_is_told_as_on_a_leaflet(effect: Effect | Gift, told: str) -> None:
    assert effect_told(ENGLISH, effect, CLUB) == told


def test_every_effect_and_gift_there_is_has_its_words() -> None:
    assert {effect.kind for effect, _ in TOLD} == {*kinds_of(Effect), *kinds_of(Gift)}


@pytest.mark.parametrize("language", TONGUES)
def test_nothing_given_is_told_with_gaps_in_any_language(language: str) -> None:
    told = [effect_told(TONGUES[language], effect, CLUB) for effect, _ in TOLD]

    assert [(text, flaws(text)) for text in told if flaws(text)] == []


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (Limit(1, Per.DAY), "once a day"),
        (Limit(3, Per.DAY), "at most 3 times a day"),
        (Limit(2, Per.RECEIPT), "at most 2 times on each receipt"),
        (Limit(1, Per.TOTAL), "once for all members together"),
    ],
)
def test_a_limit_says_how_often_at_most(limit: Limit, told: str) -> None:
    assert limit_told(ENGLISH, limit) == told


@pytest.mark.parametrize("language", TONGUES)
def test_every_span_of_a_limit_has_its_words(language: str) -> None:
    told = {limit_told(TONGUES[language], Limit(3, per)) for per in Per}

    assert len(told) == len(Per)


def test_a_cap_names_the_rules_it_holds_together() -> None:
    program = with_rule(Give(5), text={"en": "Sundays"})

    assert cap_told(ENGLISH, Cap("top", 500, Per.DAY, rules=("told",)), program) == (
        "at most 500 points a day from: Sundays"
    )
    assert cap_told(ENGLISH, Cap("top", 1, Per.EVER), program) == "at most 1 point for each member"
