from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.conditions import MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, MultiplyCategory
from pos_loyalty.domain.engine import quote
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.programs import Program, Rule
from pos_loyalty.domain.reasons import (
    AmountMissing,
    Multiplied,
    NothingOfCategory,
    Outcome,
    Reason,
    Steps,
)
from tests.unit.domain.shop import (
    NOON,
    ONE_PER_EURO,
    basket_of,
    bought,
    lines,
    program_of,
    programs,
    some_lines,
)

FIDATY = program_of(Rule("base", EarnPerStep(points=2, step_minor=100, above_minor=500)))
OWN_BRAND = Rule("own-brand", MultiplyCategory("own-brand", Fraction(2)))


@pytest.mark.parametrize(
    ("total", "points"), [(499, 0), (500, 0), (599, 0), (600, 2), (601, 2), (699, 2), (700, 4)]
)
def test_points_begin_with_the_first_whole_euro_above_the_threshold(
    total: int, points: int
) -> None:
    assert quote(basket_of(bought(total)), FIDATY).earned == points


@pytest.mark.parametrize(
    ("total", "missing"), [(0, 600), (499, 101), (500, 100), (599, 1), (600, 100)]
)
def test_the_reason_says_how_much_more_makes_the_next_step(total: int, missing: int) -> None:
    (reason,) = quote(basket_of(bought(total)), FIDATY).reasons

    assert reason.cause == Steps(2, 100, total, 500, missing)


@pytest.mark.parametrize(("total", "points"), [(1999, 0), (2000, 20), (2001, 20)])
def test_a_rule_with_a_minimum_holds_from_that_very_cent(total: int, points: int) -> None:
    program = program_of(Rule("base", EarnPerStep(1, 100), when=(MinimumAmount(2000),)))

    assert quote(basket_of(bought(total)), program).earned == points


def test_the_reason_says_how_much_is_missing_to_the_minimum() -> None:
    program = program_of(Rule("base", EarnPerStep(1, 100), when=(MinimumAmount(2000),)))

    assert quote(basket_of(bought(1680)), program).reasons == (
        Reason("base", Outcome.NOT_MATCHED, 0, AmountMissing(320)),
    )


def test_the_own_brand_counts_double_and_gets_the_points() -> None:
    program = program_of(ONE_PER_EURO, OWN_BRAND)

    quoted = quote(basket_of(bought(2000), bought(1000, "own-brand")), program)

    assert (quoted.earned, quoted.line_points) == (40, (20, 20))
    assert quoted.reasons == (
        Reason("base", Outcome.APPLIED, 30, Steps(1, 100, 3000, 0, 100)),
        Reason("own-brand", Outcome.APPLIED, 10, Multiplied("own-brand", Fraction(2), 1000)),
    )


def test_a_category_holds_what_lies_below_it_and_nothing_that_only_sounds_like_it() -> None:
    program = program_of(ONE_PER_EURO, Rule("double", MultiplyCategory("grocery", Fraction(2))))
    below, alike = bought(500, "grocery/coffee"), bought(500, "grocery-online")

    assert quote(basket_of(below, alike), program).line_points == (10, 5)


def test_a_multiplier_without_its_category_in_the_basket_says_so() -> None:
    quoted = quote(basket_of(bought(3000)), program_of(ONE_PER_EURO, OWN_BRAND))

    reason = Reason("own-brand", Outcome.NOT_MATCHED, 0, NothingOfCategory("own-brand"))
    assert quoted.reasons[1] == reason


def test_a_multiplier_has_nothing_to_multiply_below_one_step() -> None:
    quoted = quote(basket_of(bought(99, "own-brand")), program_of(ONE_PER_EURO, OWN_BRAND))

    assert quoted.reasons[1].outcome is Outcome.NOT_MATCHED


def test_what_does_not_count_is_taken_from_other_goods_first() -> None:
    program = program_of(*FIDATY.rules, OWN_BRAND)

    mixed = quote(basket_of(bought(500), bought(1000, "own-brand")), program)
    alone = quote(basket_of(bought(1500, "own-brand")), program)

    assert (mixed.earned, alone.earned) == (20 + 20, 20 + 20)


def test_a_factor_with_a_fraction_is_rounded_down_once() -> None:
    rule = Rule("half-more", MultiplyCategory("own-brand", Fraction(3, 2)))

    quoted = quote(basket_of(bought(700, "own-brand")), program_of(ONE_PER_EURO, rule))

    assert quoted.earned == 7 + 3


def test_two_multipliers_of_one_line_add() -> None:
    rules = (ONE_PER_EURO, OWN_BRAND, Rule("again", MultiplyCategory("own-brand", Fraction(3))))

    assert quote(basket_of(bought(1000, "own-brand")), program_of(*rules)).earned == 10 + 10 + 20


def test_steps_count_before_multipliers_and_reasons_keep_the_order_of_the_document() -> None:
    quoted = quote(basket_of(bought(1000, "own-brand")), program_of(OWN_BRAND, ONE_PER_EURO))

    assert [(reason.rule, reason.earned) for reason in quoted.reasons] == [
        ("own-brand", 10),
        ("base", 10),
    ]


def test_a_multiplier_leaves_a_step_rule_alone_that_does_not_hold() -> None:
    unmet = Rule("base", EarnPerStep(1, 100), when=(MinimumAmount(5000),))

    assert quote(basket_of(bought(1000, "own-brand")), program_of(unmet, OWN_BRAND)).earned == 0


def test_without_a_program_a_basket_is_only_added_up() -> None:
    quoted = quote(basket_of(bought(1000), bought(250)), None)

    assert (quoted.total_minor, quoted.earned, quoted.line_points) == (1250, 0, (0, 0))
    assert (quoted.reasons, quoted.expires_on) == ((), None)


@pytest.mark.parametrize(
    ("at", "points"),
    [
        (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), 0),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), 10),  # Midnight in Rome.
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), 10),  # The clocks went back that day.
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 0),
    ],
)
def test_a_program_holds_from_its_first_midnight_to_its_last(at: datetime, points: int) -> None:
    program = program_of(ONE_PER_EURO, valid_until=date(2026, 10, 25))

    assert quote(basket_of(bought(1000), at=at), program).earned == points


def test_the_same_instant_is_another_day_in_another_shop() -> None:
    program = program_of(ONE_PER_EURO, valid_until=date(2026, 10, 25))
    at = datetime(2026, 10, 26, 2, tzinfo=UTC)

    assert quote(basket_of(bought(1000), at=at, zone="Europe/Rome"), program).earned == 0
    assert quote(basket_of(bought(1000), at=at, zone="America/New_York"), program).earned == 10


def test_points_earned_at_the_end_of_january_end_with_february() -> None:
    program = program_of(ONE_PER_EURO, points_last_months=1)
    at = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)

    assert quote(basket_of(bought(1000), at=at), program).expires_on == date(2026, 2, 28)


def test_a_program_in_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch, match="expected CHF, found EUR"):
        quote(basket_of(bought(1000)), program_of(ONE_PER_EURO, currency="CHF"))


@given(some_lines, programs)
def test_the_points_of_the_lines_are_the_points_of_the_receipt(
    goods: tuple[Line, ...], program: Program
) -> None:
    quoted = quote(basket_of(*goods), program)

    assert len(quoted.line_points) == len(goods)
    assert min(quoted.line_points, default=0) >= 0
    assert sum(quoted.line_points) == quoted.earned
    assert sum(reason.earned for reason in quoted.reasons) == quoted.earned


@given(some_lines, programs)
def test_every_rule_gives_one_reason_in_order(goods: tuple[Line, ...], program: Program) -> None:
    reasons = quote(basket_of(*goods), program).reasons

    assert [reason.rule for reason in reasons] == [rule.id for rule in program.rules]
    assert all((r.outcome is Outcome.APPLIED) == (r.earned > 0) for r in reasons)


@given(some_lines, programs)
def test_every_till_comes_to_the_same_quote(goods: tuple[Line, ...], program: Program) -> None:
    assert quote(basket_of(*goods), program) == quote(basket_of(*goods), program)


@given(some_lines, programs)
def test_the_order_of_scanning_changes_no_total(goods: tuple[Line, ...], program: Program) -> None:
    one, other = quote(basket_of(*goods), program), quote(basket_of(*goods[::-1]), program)

    assert (one.total_minor, one.earned, one.tax) == (other.total_minor, other.earned, other.tax)


@given(some_lines, lines, programs)
def test_buying_more_never_earns_less(
    goods: tuple[Line, ...], more: Line, program: Program
) -> None:
    less = quote(basket_of(*goods), program).earned

    assert quote(basket_of(*goods, more), program).earned >= less


@given(some_lines, programs)
def test_the_same_instant_told_in_another_zone_makes_the_same_quote(
    goods: tuple[Line, ...], program: Program
) -> None:
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))

    assert quote(basket_of(*goods, at=in_tokyo), program) == quote(basket_of(*goods), program)
