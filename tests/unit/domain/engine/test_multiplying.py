"""Multipliers, limits and caps: what becomes of points that were earned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Missing, Outcome
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.effects import (
    Band,
    BandsMode,
    Earn,
    Give,
    Multiply,
    Of,
    Stacking,
)
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.schemes import CurrencyChange
from pos_loyalty.domain.programs.selection import Price, Selection
from pos_loyalty.domain.programs.units import UnitOfAccount
from tests.fakes.programs import COFFEE, PER_EURO, basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import (
    BASE,
    EURO,
    KNOWN,
    ONE,
    missing_in,
    reason_of,
    ruled,
    stacked,
)


@pytest.mark.parametrize(
    ("rules", "points"),
    [
        (((BASE, None), (Multiply(Fraction(2)), None)), 20),
        (((BASE, None), (Multiply(Fraction(2)), None), (Multiply(Fraction(3)), None)), 40),
        (
            (
                (BASE, None),
                (Multiply(Fraction(2)), None),
                (Multiply(Fraction(3)), Stacking.MULTIPLY),
            ),
            60,
        ),
        (
            (
                (BASE, None),
                (Multiply(Fraction(2)), Stacking.BEST),
                (Multiply(Fraction(3)), Stacking.BEST),
            ),
            30,
        ),
        (
            (
                (BASE, None),
                (Multiply(Fraction(2)), Stacking.EXCLUSIVE),
                (Multiply(Fraction(3)), None),
            ),
            20,
        ),
        (((BASE, None), (Multiply(Fraction(1, 3)), None)), 3),
        (((BASE, None), (Multiply(Fraction(0)), None), (Multiply(Fraction(0)), None)), 0),
        (((Multiply(Fraction(2)), Stacking.MULTIPLY),), 0),
        (((Multiply(Fraction(2), lines=COFFEE), Stacking.MULTIPLY),), 0),
        (((BASE, None), (Multiply(Fraction(3, 2), rules=("rule-9",)), None)), 10),
    ],
)
def test_multipliers_add_multiply_compete_or_stand_alone(
    rules: tuple[tuple[Earn | Multiply, Stacking | None], ...], points: int
) -> None:
    found = stacked(*rules)

    assert found.earned == {"points": points}
    assert sum(one.earned for one in found.reasons) == points


def test_rivals_of_one_unit_leave_another_unit_alone() -> None:
    stars = Earn(ONE, EURO, unit="stars")
    units = (UnitOfAccount(), UnitOfAccount("stars"))

    found = stacked(
        (BASE, None),
        (stars, None),
        (Multiply(Fraction(5)), Stacking.EXCLUSIVE),
        (Multiply(Fraction(2), "stars"), Stacking.BEST),
        (Multiply(Fraction(3), "stars"), Stacking.BEST),
        units=units,
    )

    assert found.earned == {"points": 50, "stars": 30}


NO_GROCERY = Selection(except_categories=("grocery",))


@pytest.mark.parametrize(
    ("effect", "coffee", "points"),
    [
        (BASE, 1000, 40),
        (Earn(Fraction(2), EURO, above=Decimal(500)), 1000, 70),
        (Earn(ONE, of=Of.QUANTITY), 1000, 3),
        (Earn(Fraction(5), of=Of.RECEIPT), 1000, 10),
        (
            Earn(Fraction(5), of=Of.RECEIPT, lines=Selection(except_categories=("grocery",))),
            1000,
            5,
        ),
        (Earn(ONE, EURO, (Band(Decimal(1000), ONE, EURO),), mode=BandsMode.MARGINAL), 1000, 40),
    ],
)
def test_doubled_goods_count_as_a_receipt_of_their_own(
    effect: Earn, coffee: int, points: int
) -> None:
    goods = bought(2000), bought(coffee, category="grocery/coffee")

    found = ruled(effect, Multiply(Fraction(2), lines=COFFEE), basket=basket_of(*goods))

    assert found.earned["points"] == points


def test_what_a_multiplier_takes_away_lies_on_its_own_lines_first() -> None:
    goods = basket_of(bought(500), bought(1500, category="grocery/coffee"))
    above = Earn(ONE, EURO, above=Decimal(1500))

    found = ruled(BASE, Multiply(Fraction(1, 2), lines=COFFEE), basket=goods)
    beyond = ruled(above, Multiply(Fraction(0), lines=Selection(price=Price.REGULAR)), basket=goods)

    assert [line.earned["points"] for line in found.lines] == [5, 7]
    assert beyond.earned == {"points": 0}


def test_a_multiplier_takes_from_other_lines_what_its_own_do_not_have() -> None:
    goods = basket_of(bought(1000), bought(500, category="grocery/coffee"))
    above = Earn(ONE, EURO, above=Decimal(1000))

    found = ruled(above, Multiply(Fraction(0), lines=COFFEE), basket=goods)

    assert found.earned == {"points": 0}
    assert [line.earned["points"] for line in found.lines] == [0, 0]


def test_a_multiplier_without_its_goods_or_with_an_unknown_choice_says_so() -> None:
    found = ruled(
        BASE,
        Multiply(Fraction(2), lines=COFFEE),
        Multiply(Fraction(2), lines=Selection(favourite=True)),
        facts=STRANGER,
    )

    assert missing_in(found.reasons[1]) == {"lines": "none"}
    assert found.reasons[2].outcome is Outcome.UNKNOWN


def test_limits_hold_rules_back_and_say_so() -> None:
    once = Rule("once", Give(5), limits=(Limit(1, Per.DAY),))
    double = Rule("double", Multiply(Fraction(2)), limits=(Limit(0, Per.RECEIPT),))
    program = program_of(PER_EURO, once, double)

    fresh = quote(basket_of(bought(1000)), KNOWN, program)
    used = quote(basket_of(bought(1000)), member(usage={"once": {"day": 1}}), program)
    stranger = quote(basket_of(bought(1000)), STRANGER, program)

    assert (fresh.earned["points"], used.earned["points"]) == (15, 10)
    assert reason_of(used, "once").missing == (Missing("limit", "day"),)
    assert reason_of(used, "double").outcome is Outcome.CAPPED
    assert reason_of(stranger, "once").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("cap", "usage", "points", "told"),
    [
        (Cap("most", 12, Per.RECEIPT), {}, 12, Outcome.CAPPED),
        (Cap("most", 8, Per.RECEIPT), {}, 8, Outcome.CAPPED),
        (Cap("most", 40, Per.DAY), {"most": {"day": 30}}, 10, Outcome.CAPPED),
        (Cap("most", 40, Per.DAY), {}, 15, Outcome.APPLIED),
        (Cap("most", 3, Per.DAY, rules=("rule-1",)), {}, 13, Outcome.CAPPED),
        (Cap("most", 3, Per.DAY, unit="stars"), {}, 15, Outcome.APPLIED),
    ],
)
def test_a_cap_cuts_the_last_ones_first(
    cap: Cap, usage: dict[str, dict[str, int]], points: int, told: Outcome
) -> None:
    found = ruled(BASE, Give(5), facts=member(usage=usage), caps=(cap,))

    assert (found.earned["points"], found.reasons[1].outcome) == (points, told)


def test_under_a_cap_nobody_knows_the_use_of_nothing_is_given_yet() -> None:
    found = ruled(BASE, Give(5), facts=STRANGER, caps=(Cap("most", 99, Per.DAY),))

    assert found.earned == {"points": 0}
    assert {one.outcome for one in found.reasons} == {Outcome.UNKNOWN}


def test_a_multiplier_below_one_takes_only_what_a_cap_has_left() -> None:
    cap = Cap("most", 3, Per.RECEIPT, rules=("rule-0",))

    found = ruled(BASE, Multiply(Fraction(1, 2)), caps=(cap,))

    assert [one.earned for one in found.reasons] == [3, -3]
    assert found.earned == {"points": 0}


def test_a_cap_and_a_multiplier_below_one_leave_no_line_below_nothing() -> None:
    goods = basket_of(bought(500), bought(500, category="grocery/coffee"))
    cap = Cap("most", 7, Per.RECEIPT, rules=("rule-0",))

    found = ruled(BASE, Multiply(Fraction(0), lines=COFFEE), basket=goods, caps=(cap,))

    assert [one.earned for one in found.reasons] == [7, -5]
    assert [line.earned["points"] for line in found.lines] == [2, 0]


def test_a_program_outlives_its_money() -> None:
    change = CurrencyChange(date(2026, 1, 1), "EUR", Fraction(195583, 100000))
    leva = Earn(ONE, Decimal(100), above=Decimal(1000))

    found = ruled(
        leva,
        AmountOff(195583),
        basket=basket_of(bought(200000)),
        currency="BGN",
        currency_change=change,
    )
    short = ruled(leva, basket=basket_of(bought(511)), currency="BGN", currency_change=change)

    assert found.discount_minor == 100000
    assert found.earned["points"] == 1945  # 195583 stotinki are left, 194583 above the threshold.
    assert missing_in(short.reasons[0]) == {"amount_minor": 52}
