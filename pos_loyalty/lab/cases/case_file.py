"""A file of cases: what is done at a counter, step by step, and what is to come of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_loyalty.lab.cases.yaml_text import parse_yaml
from pos_loyalty.wire.document_text import Figure, Place
from pos_loyalty.wire.wrong_parts import WrongPart, missing_word, unknown_word

CASES_MAX = 1000
STEPS_MAX = 1000
TOLD = ("source", "basis", "rules", "peer_policy", "note", "comment", "derived_rows")  # For people.
EXPECT = "expect"
AFTER = "expect_after"
BLOCKS = (EXPECT, AFTER)
FILE_NAME = re.compile(r"[\w-][\w.-]{0,99}")
Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done: words with their values, and what is expected of it by word.

    Words of tables in tables have dots: `redeem: {cost: 5}` is redeem.cost.
    """

    place: Place
    name: str
    words: Mapping[str, object]
    expected: Mapping[str, object]  # As written: "total", or "expect_after.total".


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example."""

    id: str
    place: Place
    peer: str
    rules: str
    policy: str
    given: Mapping[str, object]
    steps: tuple[Step, ...]
    tables: Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All cases of a file, and the baskets they share, as they stand there."""

    name: str
    cases: tuple[Case, ...]
    baskets: Mapping[str, object]


def read_cases(text: str, file: str) -> CaseFile:
    """Read a file of cases. Raises WrongDocument."""
    try:
        tree = _table(parse_yaml(text, file))
        baskets = _inside(tree.get("shared_baskets", {}), "shared_baskets")
        found = tree.get("cases")
        if not isinstance(found, list) or not 1 <= len(found) <= CASES_MAX:
            raise WrongPart(found, f"a list of 1 to {CASES_MAX} cases").inside("cases")
        cases = tuple(_case(one, ("cases", i)) for i, one in enumerate(found))
        ids: set[str] = set()
        for i, case in enumerate(cases):
            if case.id in ids:
                raise at(WrongPart(case.id, "an id no other case has"), ("cases", i, "id"))
            ids.add(case.id)
    except WrongPart as error:
        raise error.of(file) from error
    return CaseFile(file, cases, baskets)


def at(error: WrongPart, place: Place) -> WrongPart:
    """Tell where in the document something wrong was found."""
    for step in reversed(place):
        error.inside(step)
    return error


def _case(found: object, place: Place) -> Case:
    try:
        tree = _table(found)
        words = dict(tree)
        name = _id(words.pop("id", None))
        told = {word: words.pop(word, "") for word in TOLD}
        given = flat(_inside(words.pop("given", {}), "given"))
        steps = words.pop("steps", None)
        found_rows = {word: _rows(value) for word, value in words.items()}
        tables = {word: rows for word, rows in found_rows.items() if rows is not None}
        words = {word: value for word, value in words.items() if word not in tables}
        listed = _steps(steps, place) if steps is not None or not words else ()
        if words and listed:
            raise unknown_word(next(iter(words)), ("id", *TOLD, "given", "steps", "a table's rows"))
        if words:
            listed = (_step(words, place, ""),)
    except WrongPart as error:
        raise at(error, place) from None
    source = told["source"]
    peer = source.get("peer", "") if isinstance(source, dict) else ""
    return Case(
        name,
        place,
        str(peer),
        str(told["rules"]),
        str(told["peer_policy"]),
        given,
        listed,
        tables,
    )


def _id(found: object) -> str:
    if found is None:
        raise missing_word("id")
    if isinstance(found, str) and FILE_NAME.fullmatch(found):
        return str(found)
    raise WrongPart(found, "a name that a file can have").inside("id")


def _steps(found: object, place: Place) -> tuple[Step, ...]:
    if found is None:
        return ()
    if not isinstance(found, list) or not 1 <= len(found) <= STEPS_MAX:
        raise WrongPart(found, f"a list of 1 to {STEPS_MAX} steps").inside("steps")
    steps = []
    for i, one in enumerate(found):
        try:
            steps.append(_step(_table(one), (*place, "steps", i), f"step {i + 1}"))
        except WrongPart as error:
            raise error.inside(i).inside("steps") from None
    return tuple(steps)


def _step(tree: Mapping[str, object], place: Place, name: str) -> Step:
    words: dict[str, object] = {}
    expected: dict[str, object] = {}
    for word, value in tree.items():
        if word in BLOCKS:
            prefix = "" if word == EXPECT else f"{word}."
            for inner, wanted in _inside(value, word).items():
                expected[prefix + inner] = wanted
        else:
            words |= flat({word: value})
    verb = words.get("do", "")
    return Step(place, " ".join(part for part in (name, str(verb)) if part), words, expected)


def flat(tree: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Name what stands in tables in tables by words with dots."""
    words: dict[str, object] = {}
    for word, value in tree.items():
        if isinstance(value, dict):
            words |= flat(value, f"{before}{word}.")
        else:
            words[before + word] = value
    return words


def _rows(value: object) -> Rows | None:
    """Read a list of lists. None: it is none."""
    if not isinstance(value, list) or not value:
        return None
    rows = [one for one in value if isinstance(one, list)]
    return rows if len(rows) == len(value) else None


def _table(found: object) -> dict[str, object]:
    if isinstance(found, dict):
        return found
    raise WrongPart(found, "a table: words, each with a colon and its value")


def _inside(found: object, word: str) -> dict[str, object]:
    try:
        return _table(found)
    except WrongPart as error:
        raise error.inside(word) from None


def text_of(value: object) -> str:
    """Write a value of a case for people."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return "[" + ", ".join(map(text_of, value)) + "]"
    return str(value) if isinstance(value, Figure | str) else "a table"
