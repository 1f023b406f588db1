from __future__ import annotations

import json
import re
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.conditions import AnyOf, NoneOf
from pos_loyalty.domain.programs.effects import Band, Earn, Multiply
from pos_loyalty.domain.programs.occasions import DuringHours, OnWeekdays, Weekday
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.units import POINTS, Months, UnitOfAccount
from pos_loyalty.resources import resource
from pos_loyalty.wire.program_document import program_schema, read_program, write_program
from tests.unit.wire.every_word import EVERYTHING, GONE, SMALL, changed

TOML = """
id = "bottega"
version = 3
currency = "EUR"
valid_from = 2026-01-01
name = { it = "La bottega", en = "The corner shop" }
units = [{ lasts = { kind = "months", months = 12 } }]

[[rules]]
id = "base"
when = [
    { kind = "minimum_amount", amount_minor = 500 },
    { kind = "hours", since = 16:00:00, until = "18:30" },
]
then = { kind = "earn", points = 2, step = 1_00, above = 5e2 }

[[rules]]
id = "coffee"
text = { it = "Il caffè vale doppio" }
then = { kind = "multiply", by = 1.1, lines = { categories = ["grocery/coffee"] } }
"""


def wrong(text: str, file: str = "shop.json") -> WrongDocument:
    with pytest.raises(WrongDocument) as refused:
        read_program(text, file)
    return refused.value


def test_a_program_says_what_its_document_says() -> None:
    assert read_program(TOML, "shop.toml") == Program(
        id=ProgramId("bottega"),
        version=3,
        name={"it": "La bottega", "en": "The corner shop"},
        currency="EUR",
        valid_from=date(2026, 1, 1),
        units=(UnitOfAccount(lasts=Months(12)),),
        rules=(
            Rule(
                "base",
                Earn(Fraction(2), Decimal(100), above=Decimal(500)),
                (MinimumAmount(500), DuringHours(time(16), time(18, 30))),
            ),
            Rule(
                "coffee",
                Multiply(Fraction(11, 10), lines=Selection(categories=("grocery/coffee",))),
                text={"it": "Il caffè vale doppio"},
            ),
        ),
    )


def test_a_document_that_begins_with_a_byte_order_mark_is_read() -> None:
    assert read_program("\ufeff" + TOML, "shop.toml") == read_program(TOML, "shop.toml")


def test_a_program_without_units_counts_points() -> None:
    program = read_program(json.dumps(SMALL), "shop.json")

    assert program.units == (POINTS,)
    assert write_program(program) == (
        '{"id":"bottega","version":3,"name":{"it":"La bottega","en":"The corner shop"},'
        '"currency":"EUR","valid_from":"2026-01-01",'
        '"rules":[{"id":"base","then":{"points":"1","step":"100","kind":"earn"}}]}'
    )


def test_every_word_of_the_vocabulary_travels_unharmed() -> None:
    said = {json.dumps(kind) for kind in re.findall(r'"kind": "(\w+)"', json.dumps(EVERYTHING))}
    known = {json.dumps(table["properties"]["kind"]["const"]) for table in tables_with_a_kind()}

    program = read_program(json.dumps(EVERYTHING), "shop.json")

    assert said == known
    assert read_program(write_program(program), "told.json") == program


fractions = st.fractions(0, 1000, max_denominator=1000)
decimals = st.decimals("0.001", 10**6, places=3)
bands = st.builds(lambda first, step: (Band(first, Fraction(1, 3), step),), decimals, decimals)
effects = st.builds(Earn, fractions.filter(bool), decimals, bands | st.just(())) | st.builds(
    Multiply,
    fractions,
    lines=st.builds(Selection, categories=st.tuples(st.text("ab/", max_size=9))),
)
plain = st.builds(MinimumAmount, st.integers(0, 5000)) | st.builds(
    OnWeekdays, st.sets(st.sampled_from(Weekday), min_size=1).map(tuple)
)
conditions = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda several: st.sampled_from((AnyOf(several), NoneOf(several))))
    ),
    max_leaves=5,
)


@given(st.lists(st.tuples(effects, st.lists(conditions, max_size=2).map(tuple)), max_size=4))
def test_every_program_travels_unharmed(rules: list[tuple[Any, Any]]) -> None:
    program = Program(
        id=ProgramId("any"),
        version=1,
        name={"en": "Any"},
        currency="EUR",
        valid_from=date(2026, 1, 1),
        rules=tuple(Rule(f"rule-{n}", then, when) for n, (then, when) in enumerate(rules)),
    )

    assert read_program(write_program(program), "told.json") == program


BASE = "rules.0.then"


@pytest.mark.parametrize(
    ("path", "value", "where", "found", "allowed"),
    [
        ("curency", "EUR", "curency", "unknown word 'curency'", "did you mean 'currency'? id"),
        ("program", 3, "program", "unknown word 'program'", "id, version, name, currency"),
        ("a b", 3, '"a b"', "unknown word 'a b'", "id, version"),
        (f"{BASE}.stepp", 1, "rules[0].then.stepp", "unknown word", "did you mean 'step'"),
        (f"{BASE}.lines", {"brand": ["x"]}, "rules[0].then.lines.brand", "unknown", "'brands'"),
        (f"{BASE}.kind", "earm", "rules[0].then.kind", "'earm'", "did you mean 'earn'? earn, mul"),
        (f"{BASE}.kind", 3, "rules[0].then.kind", "3", "earn, multiply"),
        (BASE, {"knd": "earn"}, "rules[0].then.knd", "unknown word 'knd'", "did you mean 'kind'?"),
        (BASE, {"points": 1}, "rules[0].then.kind", "nothing", "earn, multiply"),
        (f"{BASE}.of", "amuont", "rules[0].then.of", "'amuont'", "did you mean 'amount'? amount"),
        (f"{BASE}.of", 5, "rules[0].then.of", "5", "amount, quantity, receipt"),
        (f"{BASE}.points", GONE, "rules[0].then.points", "nothing", "it must be there"),
        (BASE, 5, "rules[0].then", "5", "a table"),
        ("rules.0", 5, "rules[0]", "5", "a table"),
        ("rules", 5, "rules", "5", "a list"),
        ("rules", None, "rules", "null", "a list"),
        ("name", [], "name", "a list of 0", "a table"),
        ("name", {"en": {}}, "name.en", "a table", "a text"),
        ("stores", ["a", True], "stores[1]", "true", "a text"),
        ("version", "3", "version", "'3'", "a whole number"),
        ("version", 3.0, "version", "3.0", "a whole number"),
        ("version", 0, "version", "0", "a whole number from 1"),
        ("name", {"en": 1.5}, "name.en", "1.5", "a text"),
        ("rules.0.special", 1.5, "rules[0].special", "1.5", "true or false"),
        (BASE, 1.5, "rules[0].then", "1.5", "a table"),
        ("goal", 1.5, "goal", "1.5", "a table"),
        (f"{BASE}.of", [], "rules[0].then.of", "a list of 0", "'amount', 'quantity' or"),
        ("rules.0.special", 1, "rules[0].special", "1", "true or false"),
        (f"{BASE}.points", "1/0", "rules[0].then.points", "'1/0'", "a number"),
        (f"{BASE}.points", "twice", "rules[0].then.points", "'twice'", 'as in 2, 1.5 or "1/3"'),
        (f"{BASE}.points", "1e999999999", "rules[0].then.points", "'1e9", "a number, as in"),
        (f"{BASE}.points", "\u0662", "rules[0].then.points", "\u0662", "a number, as in"),
        (f"{BASE}.points", True, "rules[0].then.points", "true", "a number, as in"),
        (f"{BASE}.points", [], "rules[0].then.points", "a list of 0", "a number"),
        (f"{BASE}.step", "1/3", "rules[0].then.step", "'1/3'", "a number, as in 2 or 1.5"),
        (f"{BASE}.step", -1, "rules[0].then.step", "-1", "at most 6 decimals"),
        (f"{BASE}.bands", [{"since": 5}], "rules[0].then.bands[0].points", "nothing", "must be"),
        ("units", [{"lasts": {"kind": "months"}}], "units[0].lasts.months", "nothing", "must be"),
        (
            "units",
            [{"lasts": {"kind": "months", "months": 0}}],
            "units[0].lasts.months",
            "0",
            "a whole number from 1",
        ),
        ("valid_from", "1 January", "valid_from", "'1 January'", "a day, as in 2026-01-31"),
        ("valid_from", "2026-02-30", "valid_from", "'2026-02-30'", "a day, as in 2026-01-31"),
        ("valid_from", "1767225600", "valid_from", "'1767225600'", "a day, as in 2026-01-31"),
        ("valid_from", 20260101, "valid_from", "20260101", "a day, as in 2026-01-31"),
        ("valid_until", "2025-12-31", "valid_until", "'2025-12-31'", "not before 2026-01-01"),
        (
            "rules.0.when",
            [{"kind": "hours", "since": "25:00", "until": "26:00"}],
            "rules[0].when[0].since",
            "'25:00'",
            "a time of day, as in 16:00",
        ),
        (
            "rules.0.when",
            [{"kind": "any_of", "conditions": [{"kind": "tier", "any_of": ["gold"]}]}],
            "rules[0].when[0].conditions[0].any_of[0]",
            "'gold'",
            "a tier of the ladder: there is none",
        ),
        (f"{BASE}.unit", "point", "rules[0].then.unit", "'point'", "did you mean 'points'?"),
    ],
)
def test_an_error_names_the_place_what_was_found_and_what_is_allowed(
    path: str, value: object, where: str, found: str, allowed: str
) -> None:
    error = wrong(changed(SMALL, path, value))

    assert (error.file, error.path) == ("shop.json", where)
    assert found in error.found
    assert allowed in error.allowed
    assert str(error).startswith(f"shop.json: {where}: found ")


def test_a_misspelt_word_is_told_before_the_gap_it_leaves() -> None:
    text = changed(SMALL, "curency", "EUR").replace('"currency": "EUR", ', "")

    assert wrong(text).path == "curency"


def test_a_day_with_a_time_is_no_day() -> None:
    text = TOML.replace("valid_from = 2026-01-01", "valid_from = 2026-01-01T08:00:00")

    assert wrong(text, "shop.toml").allowed == "a day, as in 2026-01-31"


def test_the_program_that_shops_start_from_is_good() -> None:
    text = resource("programs", "bottega-verdi.toml").read_text(encoding="utf-8")

    program = read_program(text, "bottega-verdi.toml")

    assert [rule.id for rule in program.rules] == ["base", "coffee-double", "fresh"]
    assert program.main_unit.lasts == Months(24)


def tables_with_a_kind() -> list[dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = program_schema()["$defs"]
    return [table for table in tables.values() if "kind" in table.get("properties", {})]


def test_an_editor_asks_for_the_kind_that_tells_tables_apart() -> None:
    assert tables_with_a_kind()
    assert all(table["required"][0] == "kind" for table in tables_with_a_kind())


def test_an_editor_marks_every_word_that_no_table_has() -> None:
    schema: dict[str, Any] = program_schema()
    tables = [schema, *schema["$defs"].values()]

    assert all(table["additionalProperties"] is False for table in tables if "properties" in table)
    assert schema["required"] == ["id", "version", "name", "currency", "valid_from"]
    assert schema["title"] == "Loyalty program"


def test_an_editor_shows_what_each_table_means() -> None:
    tables: dict[str, Any] = program_schema()["$defs"]

    assert [name for name, table in tables.items() if not table.get("description")] == []


@pytest.mark.parametrize(
    ("number", "fits"), [("1/3", True), ("1.5", True), ("2", True), ("1e5", False), ("x", False)]
)
def test_an_editor_takes_the_numbers_that_a_till_takes(number: str, *, fits: bool) -> None:
    tables: dict[str, Any] = program_schema()["$defs"]
    choices = tables["Earn"]["properties"]["points"]["anyOf"]

    pattern = next(choice["pattern"] for choice in choices if choice["type"] == "string")

    assert bool(re.search(pattern, number)) is fits
