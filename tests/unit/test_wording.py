from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.effects import EarnPerStep
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs import Program, Rule
from pos_loyalty.domain.reasons import (
    AmountMissing,
    Cause,
    Multiplied,
    NothingOfCategory,
    Outcome,
    Reason,
    Steps,
)
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.wording import NOTHING_SEEN, nothing_seen, outcome_name, rule_name, why
from tests.fakes.counter import WORDS

CLUB = Program(
    ProgramId("bottega"),
    1,
    (("en", "Bottega Club"),),
    "EUR",
    date(2026, 1, 1),
    None,
    (("en", "points"),),
    None,
    (Rule("told", EarnPerStep(1, 100), (), (("en", "A point for every euro"),)),),
)
WHATS_TO_DO = (
    "scan again",
    "scan the other",
    "press",
    "ask",
    "find",
    "enrol",
    "type",
    "sign in",
    "sell on",
    "keep the code",
)


def reason(cause: Cause, outcome: Outcome = Outcome.APPLIED, rule: str = "silent") -> Reason:
    return Reason(rule, outcome, 1, cause)


@pytest.mark.parametrize("what", [*Unreadable, *Unrecognised])
def test_whatever_is_wrong_with_a_scan_has_a_sentence_that_says_what_to_do(
    what: Unreadable | Unrecognised,
) -> None:
    said = nothing_seen(WORDS, what)

    assert any(word in said.lower() for word in WHATS_TO_DO), said
    assert said.endswith(".")
    assert "{" not in said


def test_no_two_things_that_can_be_wrong_are_said_alike() -> None:
    assert len(set(NOTHING_SEEN.values())) == len(Unreadable) + len(Unrecognised)


def test_a_code_that_is_too_long_says_how_long_ours_are() -> None:
    assert "512" in nothing_seen(WORDS, Unreadable.TOO_LONG)


def test_a_rule_is_called_what_the_shop_calls_it() -> None:
    assert rule_name(WORDS, reason(Steps(1, 100, 500, 0, 50), rule="told"), CLUB) == (
        "A point for every euro"
    )


@pytest.mark.parametrize(
    ("cause", "name"),
    [
        (Steps(1, 100, 500, 0, 50), "Purchase"),
        (AmountMissing(500), "Purchase"),
        (Multiplied("coffee", Fraction(2), 500), "coffee × 2"),
        (Multiplied("coffee", Fraction(3, 2), 500), "coffee × 1.5"),
        (NothingOfCategory("coffee"), "coffee"),
    ],
)
def test_a_rule_the_shop_has_no_name_for_is_called_by_what_it_does(cause: Cause, name: str) -> None:
    assert rule_name(WORDS, reason(cause), CLUB) == name


@pytest.mark.parametrize(
    ("cause", "sentence"),
    [
        (
            Steps(2, 100, 550, 0, 50),
            "2 points for every €1.00 on €5.50. €0.50 more gives 2 points more.",
        ),
        (
            Steps(1, 100, 1550, 1000, 50),
            (
                "1 point for every €1.00 on the part of €15.50 above €10.00. "
                "€0.50 more gives 1 point more."
            ),
        ),
        (Multiplied("coffee", Fraction(2), 590), "coffee for €5.90 counts 2 times."),
        (Multiplied("coffee", Fraction(5, 4), 590), "coffee for €5.90 counts 1.25 times."),
        (AmountMissing(1250), "€12.50 is missing for this."),
        (NothingOfCategory("coffee"), "Nothing of coffee is in the basket."),
    ],
)
def test_why_says_what_a_rule_gave_or_what_is_missing(cause: Cause, sentence: str) -> None:
    assert why(WORDS, reason(cause), CLUB) == sentence


def test_every_outcome_has_a_name() -> None:
    assert [outcome_name(WORDS, outcome) for outcome in Outcome] == ["counted", "not this time"]
