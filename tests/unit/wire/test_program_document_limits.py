from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.document_text import BYTES_MAX, PATH_MAX, decode_document
from pos_loyalty.wire.program_document import read_program, write_program
from tests.unit.wire.every_word import EVERYTHING, SMALL, changed

HEAD = 'id="a"\nname={en="x"}\ncurrency="EUR"\nvalid_from=2026-01-01\n'
WORST_S = 5.0  # A till's slow processor under a test's load; on a good one it is some hundredths.
GIVE = {"kind": "give", "points": 1}


def nested(levels: int) -> str:
    inner = '{"kind":"weekday","days":["monday"]}'
    opened = '{"kind":"any_of","conditions":['
    return changed(SMALL, "rules.0.when", ["@"]).replace(
        '"@"', opened * levels + inner + "]}" * levels
    )


def in_version(number: str) -> str:
    return changed(SMALL, "version", "@").replace('"@"', number)


@pytest.mark.parametrize(
    ("text", "file", "path", "found", "allowed"),
    [
        ("", "a.toml", "(whole)", "nothing", "a document"),
        (" \n", "a.json", "(whole)", "nothing", "a document"),
        ("[]", "a.json", "(whole)", "a list of 0", "a table"),
        ("3", "a.json", "(whole)", "3", "a table"),
        ('{"id": }', "a.json", "line 1, column 8", "Expecting value", "JSON"),
        (HEAD + "version = ", "a.toml", "the last line", "Invalid value", "TOML"),
        (HEAD + "version == 1\n", "a.toml", "line 5, column 10", "Invalid value", "TOML"),
        (HEAD + "version = 2026-02-30", "a.toml", "line 5, column 11", "Invalid date", "TOML"),
        ('{"id":"a","id":"b"}', "a.json", "id", "the word twice", "once"),
        (
            changed(SMALL, "rules.0.then", "@").replace('"@"', '{"kind":1,"kind":2}'),
            "a.json",
            "rules[0].then.kind",
            "the word twice",
            "once",
        ),
        ("x" * (BYTES_MAX + 1), "a.toml", "(whole)", "1000001 bytes", "at most 1000000 bytes"),
        ("я" * (BYTES_MAX // 2 + 1), "a.toml", "(whole)", "1000002 bytes", "at most"),
        ("[" * 100_000, "a.json", "(whole)", "too deep", "at most 32 levels"),
        (nested(10_000), "a.json", "(whole)", "too deep", "at most 32 levels"),
        (nested(100), "a.json", "rules[0].when[0].conditions", "too deep", "at most 32 levels"),
        ("x = " + "[" * 100_000, "a.toml", "(whole)", "too deep", "at most 32 levels"),
        (HEAD + "a." * 200_000 + "a=1", "a.toml", "line 5, column 1", "too deep", "at most 32"),
        (HEAD + '"a" .' * 100 + "a=1", "a.toml", "line 5, column 1", "too deep", "at most 32"),
        (in_version(str(2**63)), "a.json", "version", str(2**63), "at most 18 digits"),
        (in_version("9" * 5000), "a.json", "version", "a number too long", "at most 18 digits"),
        (in_version("NaN"), "a.json", "version", "NaN", "a whole number"),
        (in_version("-Infinity"), "a.json", "version", "-Infinity", "a whole number"),
        (in_version("1e400"), "a.json", "version", "1e400", "a whole number"),
        (in_version("1e99"), "a.json", "version", "1000", "a whole number"),
        (HEAD + "version = " + "9" * 5000, "a.toml", "line 5, column 11", "limit", "TOML"),
        (HEAD + "version = 0x" + "f" * 9000, "a.toml", "version", "too long", "18 digits"),
        (HEAD + "version = inf", "a.toml", "version", "inf", "a whole number"),
        (changed(SMALL, "id", "a\x07"), "a.json", "id", "'a\\x07'", "without control characters"),
        (changed(SMALL, "id", "\ud800"), "a.json", "id", "'\\ud800'", "without control"),
        (changed(SMALL, "id", "a" * 2001), "a.json", "id", "2001 characters", "at most 2000"),
        (
            changed(SMALL, "rules", [{"id": f"r{n}", "then": GIVE} for n in range(10_000)]),
            "a.json",
            "rules",
            "10000 entries",
            "at most 1000 entries",
        ),
    ],
)
def test_what_no_program_needs_is_refused_at_once_with_its_place(
    text: str, file: str, path: str, found: str, allowed: str
) -> None:
    begun = time.perf_counter()
    with pytest.raises(WrongDocument) as refused:
        read_program(text, file)
    took_s = time.perf_counter() - begun

    error = refused.value
    assert error.path.startswith(path)
    assert len(error.path) <= PATH_MAX + 1
    assert found in error.found
    assert allowed in error.allowed
    assert took_s < WORST_S


@pytest.mark.parametrize("filler", ["a", "a ", '"a"', "'", ".", "a. ", '"', "[", "1.", "\n"])
def test_a_megabyte_of_anything_is_refused_soon(filler: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(WrongDocument):
        read_program(filler * (BYTES_MAX // len(filler)), "a.toml")

    assert time.perf_counter() - begun < WORST_S


def test_a_thousand_rules_are_not_too_many() -> None:
    rules: list[dict[str, Any]] = [{"id": f"r{n}", "then": GIVE} for n in range(1000)]

    assert len(read_program(json.dumps(SMALL | {"rules": rules}), "a.json").rules) == 1000


def test_bytes_that_are_no_utf8_are_told_with_their_place() -> None:
    with pytest.raises(WrongDocument) as refused:
        decode_document(b'id = "a"\nname = "Caff' + b"\xe8", "a.toml")

    error = refused.value
    assert (error.path, error.found, error.allowed) == (
        "line 2, column 13",
        "the byte 0xe8",
        "UTF-8",
    )


def test_bytes_beyond_the_limit_are_not_even_decoded() -> None:
    with pytest.raises(WrongDocument, match="at most 1000000 bytes"):
        decode_document(b"\xff" * (BYTES_MAX + 1), "a.toml")


def test_bytes_of_utf8_are_a_text() -> None:
    assert decode_document("Caffè".encode(), "a.toml") == "Caffè"


def places_in(value: object, way: tuple[str, ...] = ()) -> list[str]:
    """List every place of a tree, as `changed` takes it."""
    match value:
        case dict():
            inside = list(value.items())
        case list():
            inside = [(str(number), one) for number, one in enumerate(value)]
        case _:
            inside = []
    own = [".".join(way)] if way else []
    return own + [place for word, one in inside for place in places_in(one, (*way, word))]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
anything = st.recursive(
    leaves | st.sampled_from(("points", "earn", "2026-01-01", "1/3", "30d", "gold", "16:00")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("kind", "id", "en", "unit")) | st.text(), inner, max_size=3
        )
    ),
    max_leaves=5,
)


@given(st.sampled_from(places_in(EVERYTHING)), anything)
def test_whatever_stands_in_a_place_it_is_a_program_or_told_with_its_place(
    place: str, value: object
) -> None:
    text = changed(EVERYTHING, place, value)

    said = program_or_error(text)

    if isinstance(said, WrongDocument):
        assert said.path
        assert said.allowed
    else:
        assert read_program(write_program(said), "told.json") == said


def program_or_error(text: str) -> Program | WrongDocument:
    try:
        return read_program(text, "a.json")
    except WrongDocument as error:
        return error
