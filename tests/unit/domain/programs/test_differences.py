from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.programs.differences import ABSENT, Difference, differences
from pos_loyalty.domain.programs.effects import Earn, Give, Multiply
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from tests.unit.domain.programs.shop import JUNE, ONE_PER_EURO, program_with

FROM_20 = MinimumAmount(2000)
COFFEE = Rule("coffee", Multiply(Fraction(2)))
BEFORE = program_with(rules=(ONE_PER_EURO, COFFEE))


def test_a_program_is_not_different_from_itself() -> None:
    assert differences(BEFORE, program_with(rules=(ONE_PER_EURO, COFFEE))) == ()


def test_a_field_that_was_changed_is_told_by_the_name_of_its_rule() -> None:
    after = program_with(rules=(replace(ONE_PER_EURO, then=Earn(Fraction(1), Decimal(50))), COFFEE))

    assert differences(BEFORE, after) == (
        Difference("rules.base.then.step", Decimal(100), Decimal(50)),
    )


def test_what_was_added_and_removed_is_told_by_name_and_not_by_place() -> None:
    tea = Rule("tea", Multiply(Fraction(3)))

    assert differences(BEFORE, program_with(rules=(COFFEE, tea))) == (
        Difference("rules.base", ONE_PER_EURO, ABSENT),
        Difference("rules.tea", ABSENT, tea),
    )


def test_rules_in_another_order_are_told_as_an_order() -> None:
    assert differences(BEFORE, program_with(rules=(COFFEE, ONE_PER_EURO))) == (
        Difference("rules", ("base", "coffee"), ("coffee", "base")),
    )


def test_texts_are_compared_language_by_language() -> None:
    after = replace(BEFORE, name={"it": "La bottega", "en": "The shop"})

    assert differences(BEFORE, after) == (
        Difference("name.en", "The corner shop", "The shop"),
        Difference("name.it", ABSENT, "La bottega"),
    )


def test_conditions_and_effects_of_another_kind_are_told_whole() -> None:
    after = program_with(rules=(ONE_PER_EURO, Rule("coffee", Give(1), (FROM_20,))))

    assert differences(BEFORE, after) == (
        Difference("rules.coffee.then", Multiply(Fraction(2)), Give(1)),
        Difference("rules.coffee.when", (), (FROM_20,)),
    )


def test_what_was_open_and_has_a_day_is_changed_and_not_added() -> None:
    assert differences(BEFORE, replace(BEFORE, valid_until=JUNE)) == (
        Difference("valid_until", None, JUNE),
    )
