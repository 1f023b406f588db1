from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pos_loyalty.domain.conditions import MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, MultiplyCategory
from pos_loyalty.domain.programs import in_language
from tests.unit.domain.shop import ONE_PER_EURO, program_of


def test_a_program_holds_on_its_first_and_on_its_last_day() -> None:
    program = program_of(valid_until=date(2026, 3, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))

    assert [program.holds_on(day) for day in days] == [False, True, True, False]


def test_a_program_without_a_last_day_stays_open() -> None:
    assert program_of().holds_on(date(2099, 1, 1))


def test_the_points_of_a_program_are_a_unit_of_its_own() -> None:
    assert program_of().unit == "bottega/points"


def test_two_rules_never_share_an_id() -> None:
    with pytest.raises(ValueError, match="two rules of bottega have one id"):
        program_of(ONE_PER_EURO, ONE_PER_EURO)


def test_a_program_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        program_of(valid_until=date(2025, 12, 31))


@pytest.mark.parametrize(("points", "step", "above"), [(0, 100, 0), (1, 0, 0), (1, 100, -1)])
def test_a_rule_that_can_never_earn_is_refused(points: int, step: int, above: int) -> None:
    with pytest.raises(ValueError, match="no step earns anything"):
        EarnPerStep(points, step, above)


@pytest.mark.parametrize(("category", "by"), [("", Fraction(2)), ("grocery", Fraction(1, 2))])
def test_a_multiplier_that_takes_points_away_is_refused(category: str, by: Fraction) -> None:
    with pytest.raises(ValueError, match="takes nothing away"):
        MultiplyCategory(category, by)


def test_a_minimum_is_not_below_nothing() -> None:
    with pytest.raises(ValueError, match="not negative: -1"):
        MinimumAmount(-1)


@pytest.mark.parametrize(
    ("language", "text"), [("it", "punti"), ("en", "points"), ("de", "points")]
)
def test_a_text_is_told_in_the_language_asked_for_or_the_program_s_own(
    language: str, text: str
) -> None:
    assert in_language((("en", "points"), ("it", "punti")), language) == text


def test_a_program_without_words_says_nothing() -> None:
    assert in_language((), "en") == ""
