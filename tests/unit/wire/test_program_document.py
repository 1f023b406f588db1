from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from pos_loyalty.domain.conditions import MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, MultiplyCategory
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs import Program, Rule
from pos_loyalty.wire.program_document import (
    DOCUMENT_CHARACTERS_MAX,
    RULES_MAX,
    read_program,
    write_program,
)
from tests.unit.domain.shop import programs

TOML = """
id = "bottega"
version = 3
currency = "EUR"
valid_from = 2026-01-01
valid_until = 2026-12-31
points_last_months = 12

[name]
it = "La bottega"
en = "The corner shop"

[points_name]
it = "punti"

[[rules]]
id = "base"
when = [{ kind = "minimum_amount", amount_minor = 500 }]
then = { kind = "earn_per_step", points = 2, step_minor = 100, above_minor = 500 }

[[rules]]
id = "coffee"
text = { it = "Il caffè vale doppio" }
then = { kind = "multiply_category", category = "grocery/coffee", by = "1.5" }
"""
TREE: dict[str, Any] = {
    "id": "bottega",
    "version": 3,
    "currency": "EUR",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
    "points_last_months": 12,
    "name": {"it": "La bottega", "en": "The corner shop"},
    "points_name": {"it": "punti"},
    "rules": [
        {
            "id": "base",
            "when": [{"kind": "minimum_amount", "amount_minor": 500}],
            "then": {
                "kind": "earn_per_step",
                "points": 2,
                "step_minor": 100,
                "above_minor": 500,
            },
        },
        {
            "id": "coffee",
            "text": {"it": "Il caffè vale doppio"},
            "then": {"kind": "multiply_category", "category": "grocery/coffee", "by": "1.5"},
        },
    ],
}
GONE = object()


def changed(path: str, value: object) -> str:
    """Write the document with one place replaced, added or (GONE) left out."""
    tree = json.loads(json.dumps(TREE))
    place = tree
    *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
    for part in way:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(tree)


def wrong(text: str, file: str = "shop.json") -> WrongDocument:
    with pytest.raises(WrongDocument) as refused:
        read_program(text, file)
    return refused.value


def test_a_program_says_what_its_document_says() -> None:
    assert read_program(TOML, "shop.toml") == Program(
        id=TREE["id"],
        version=3,
        name=(("it", "La bottega"), ("en", "The corner shop")),
        currency="EUR",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        points_name=(("it", "punti"),),
        points_last_months=12,
        rules=(
            Rule("base", EarnPerStep(2, 100, 500), (MinimumAmount(500),)),
            Rule(
                "coffee",
                MultiplyCategory("grocery/coffee", Fraction(3, 2)),
                text=(("it", "Il caffè vale doppio"),),
            ),
        ),
    )


def test_what_people_write_and_what_travels_are_one_program() -> None:
    assert read_program(json.dumps(TREE), "shop.json") == read_program(TOML, "shop.toml")


@given(programs)
def test_every_program_travels_unharmed(program: Program) -> None:
    assert read_program(write_program(program), "told.json") == program


def test_what_may_be_left_out_has_a_default() -> None:
    tree = {k: TREE[k] for k in ("id", "version", "name", "currency", "valid_from")} | {"rules": []}

    program = read_program(json.dumps(tree), "shop.json")

    assert (program.valid_until, program.points_last_months) == (None, None)
    assert program.points_name == (("en", "points"),)


@pytest.mark.parametrize(
    ("path", "value", "where", "found", "allowed"),
    [
        ("curency", "EUR", "curency", "unknown word 'curency'", "did you mean 'currency'?"),
        ("rules.0.then.step", 1, "rules[0].then.step", "unknown word", "did you mean 'step_minor'"),
        ("rules.1.then.bye", 1, "rules[1].then.bye", "unknown word", "did you mean 'by'"),
        ("rules.0.whenn", 1, "rules[0].whenn", "unknown word", "did you mean 'when'"),
        ("rules.0.when.0.amount", 1, "rules[0].when[0].amount", "unknown word", "amount_minor"),
        ("rules.0.zzz", 1, "rules[0].zzz", "unknown word 'zzz'", "id, text, when, then"),
        ("currency", GONE, "currency", "nothing", "it must be there"),
        ("rules.0.then.points", GONE, "rules[0].then.points", "nothing", "it must be there"),
        ("rules.0.then.kind", GONE, "rules[0].then.kind", "nothing", "earn_per_step"),
        (
            "rules.0.then.kind",
            "earn_per_stop",
            "rules[0].then.kind",
            "'earn_per_stop'",
            "did you mean",
        ),
        ("rules.0.then", 5, "rules[0].then", "5", "dictionary"),
        ("rules.0", 5, "rules[0]", "5", "a table"),
        ("rules.0.when.0.kind", "weekday", "rules[0].when[0].kind", "'weekday'", "minimum_amount"),
        ("rules.0.then.points", "2", "rules[0].then.points", "'2'", "valid integer"),
        ("rules.0.then.points", 0, "rules[0].then.points", "0", "greater than or equal to 1"),
        ("rules.0.then.points", 10**6 + 1, "rules[0].then.points", "1000001", "less than"),
        ("rules.0.then.points", 1.5, "rules[0].then.points", "1.5", "valid integer"),
        ("rules.0.then.step_minor", 0, "rules[0].then.step_minor", "0", "greater than"),
        ("rules.0.then.above_minor", -1, "rules[0].then.above_minor", "-1", "greater than"),
        ("rules.0.when.0.amount_minor", 10**9 + 1, "rules[0].when[0].amount_minor", "1", "less"),
        ("rules.1.then.by", 2, "rules[1].then.by", "2", "valid string"),
        ("rules.1.then.by", "twice", "rules[1].then.by", "'twice'", 'as in "2"'),
        ("rules.1.then.by", "1e9999999", "rules[1].then.by", "'1e9999999'", 'as in "2"'),
        ("rules.1.then.by", "\u0662", "rules[1].then.by", "\u0662", 'as in "2"'),
        ("rules.1.then.by", "0.5", "rules[1].then.by", "'0.5'", "from 1 to 100"),
        ("rules.1.then.by", "100.5", "rules[1].then.by", "'100.5'", "from 1 to 100"),
        ("rules.1.then.category", "", "rules[1].then.category", "''", "pattern"),
        ("rules.1.then.category", "a//b", "rules[1].then.category", "'a//b'", "pattern"),
        ("rules.1.then.category", "/a", "rules[1].then.category", "'/a'", "pattern"),
        ("rules.1.then.category", "x" * 121, "rules[1].then.category", "'xxx", "120 characters"),
        ("id", "La Bottega", "id", "'La Bottega'", "pattern"),
        ("id", "x" * 61, "id", "'xxx", "60 characters"),
        ("version", 0, "version", "0", "greater than or equal to 1"),
        ("version", 2**31, "version", "2147483648", "less than"),
        ("name", {}, "name", "{}", "at least 1 item"),
        ("name", {"italian!": "x"}, "name.italian!", "'italian!'", "pattern"),
        ("name", {"it": ""}, "name.it", "''", "pattern"),
        ("name", {"it": "a\nb"}, "name.it", "'a\\nb'", "pattern"),
        ("name", {"it": "x" * 201}, "name.it", "'xxx", "200 characters"),
        ("currency", "euro", "currency", "'euro'", "[A-Z]{3}"),
        ("valid_from", "1 January", "valid_from", "'1 January'", "a day, as in 2026-01-31"),
        ("valid_from", "2026-02-30", "valid_from", "'2026-02-30'", "a day, as in"),
        ("valid_from", 20260101, "valid_from", "20260101", "a day, as in"),
        ("valid_until", "2025-12-31", "valid_until", "2025-12-31", "not before valid_from"),
        ("points_last_months", 241, "points_last_months", "241", "less than or equal to 240"),
        ("rules.1.id", "base", "rules[1].id", "'base'", "an id no other rule has"),
        ("rules", [TREE["rules"][0]] * (RULES_MAX + 1), "rules", "[{", "at most 100 items"),
        ("rules.0.when", [TREE["rules"][0]["when"][0]] * 11, "rules[0].when", "[{", "at most 10"),
    ],
)
def test_an_error_names_the_place_what_was_found_and_what_is_allowed(
    path: str, value: object, where: str, found: str, allowed: str
) -> None:
    error = wrong(changed(path, value))

    assert error.file == "shop.json"
    assert error.path == where
    assert found in error.found
    assert allowed in error.allowed
    assert str(error).startswith(f"shop.json: {where}: found ")


def test_a_misspelt_word_is_told_before_the_gap_it_leaves() -> None:
    text = changed("curency", "EUR").replace('"currency": "EUR", ', "")

    assert wrong(text).path == "curency"


def test_a_day_with_a_time_is_no_day() -> None:
    text = TOML.replace("valid_from = 2026-01-01", "valid_from = 2026-01-01T08:00:00")

    assert wrong(text, "shop.toml").allowed == "a day, as in 2026-01-31"


@pytest.mark.parametrize(
    ("text", "file", "allowed"),
    [
        ("{", "shop.json", "JSON"),
        ("[" * 100_000, "shop.json", "JSON"),
        ("9" * 5000, "shop.json", "JSON"),
        ("id = ", "shop.toml", "TOML"),
        ("[]", "shop.json", "a table"),
        ("x" * (DOCUMENT_CHARACTERS_MAX + 1), "shop.toml", "at most 200000 characters"),
    ],
    ids=["cut off", "too deep", "too long a number", "no value", "a list", "too long"],
)
def test_what_is_no_document_is_refused_whole(text: str, file: str, allowed: str) -> None:
    error = wrong(text, file)

    assert (error.path, error.allowed) == ("(whole)", allowed)
    assert len(str(error)) < 300
