"""A file of cases: what is done at a counter, step by step, and what is to come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_loyalty.lab.cases.yaml_text import parse_yaml
from pos_loyalty.wire.document_text import Figure, Place
from pos_loyalty.wire.wrong_parts import WrongPart, missing_word

CASES_MAX = 1000
STEPS_MAX = 1000
TOLD = ("source", "basis", "rules", "peer_policy", "note", "derived_rows")  # For people.
EXPECT = "expect"
AFTER = "expect_after"
BLOCKS = (EXPECT, AFTER)


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
    tables: Mapping[str, Sequence[Sequence[object]]]


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
        name = words.pop("id", None)
        if not isinstance(name, str) or not name:
            raise missing_word("id") if name is None else WrongPart(name, "a text").inside("id")
        if any(sign in name for sign in "/\\\0") or name.startswith("."):
            raise WrongPart(name, "a name that can be a file's").inside("id")
        told = {word: words.pop(word, "") for word in TOLD}
        given = flat(_inside(words.pop("given", {}), "given"))
        steps = words.pop("steps", None)
        tables = {word: words.pop(word) for word in list(words) if _is_table(words[word])}
        if steps is None and words:
            listed = (_step(words, place, ""),)
        elif words:
            raise WrongPart(_allowed(words), "beside steps only given and tables")
        else:
            listed = _steps(steps, place)
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


def _allowed(words: Mapping[str, object]) -> str:
    return ", ".join(words)


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


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, list) for one in value)


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
