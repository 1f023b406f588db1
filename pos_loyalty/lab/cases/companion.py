"""What a case leaves to prose, as data: beside its program, in one TOML document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pos_loyalty.domain.programs.checks import IDENTIFIER
from pos_loyalty.wire.document_text import Place, parse_document
from pos_loyalty.wire.reading import (
    Reader,
    many,
    or_null,
    read_fields,
    read_text,
    read_word,
    record,
    table,
)
from pos_loyalty.wire.wrong_parts import WrongPart, missing_word, unknown_word

NOON = "2026-06-15T12:00:00+00:00"
SALE = "sale"
PART_WORDS = (
    "act",
    "as",
    "keep",
    "event",
    "at",
    "store",
    "channel",
    "lines",
    "codes",
    "redeem",
    "tenders",
    "member",
    "has",
    "receipt",
    "quantity",
    "set",
    "unused",
    "without",
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a verb or a word adds to what happens at the counter; its texts may hold {words}."""

    place: Place
    says: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table mean: words of a step, expect.… among them, and its verb."""

    columns: tuple[str, ...]
    do: str = SALE


@dataclass(frozen=True, slots=True)
class Asked:
    """What an expectation's word asks for: a measure, and of what where there are several."""

    measure: str
    of: str = ""  # The name (`as`) of one act of several. Empty: the last.
    unit: str = ""  # Empty: the program's first.
    rule: str = ""
    reward: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Companion:
    """All that is told beside a program."""

    file: str
    program: Mapping[str, object]  # The document's tree, as it is read.
    at: str = NOON
    store: str = "shop"
    channel: str = "till"
    do: str = SALE  # The verb of a case that has no steps.
    products: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    member: Mapping[str, object] = field(default_factory=dict)  # What everybody has at first.
    members: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    verbs: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    words: Mapping[str, Part] = field(default_factory=dict)
    tables: Mapping[str, Columns] = field(default_factory=dict)
    measures: Mapping[str, Asked] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)  # A peer's word for one of ours.


def read_companion(text: str, file: str) -> Companion:
    """Read a program and its companion. Raises WrongDocument."""
    tree = parse_document(text, file)
    try:
        for word in tree:
            if word not in ("program", "case"):
                raise unknown_word(word, ("program", "case"))
        program = tree.get("program")
        if not isinstance(program, dict):
            raise missing_word("program")
        found = tree.get("case", {})
        try:
            told = read_fields(found, FIELDS, ())
            told["words"] = {
                word: Part(("case", "words", word), says)
                for word, says in told.get("words", {}).items()
            }
            told["verbs"] = {
                verb: _verb(verb, parts) for verb, parts in told.get("verbs", {}).items()
            }
            return Companion(file=file, program=program, **told)
        except WrongPart as error:
            raise error.inside("case") from None
    except WrongPart as error:
        raise error.of(file) from error


def _any(found: object) -> object:
    return found


def open_table(found: object) -> dict[str, Any]:
    """Read a table of any words. Raises WrongPart."""
    if isinstance(found, dict):
        return found
    raise WrongPart(found, "a table, in { }")


def _part(found: object) -> dict[str, Any]:
    return read_fields(found, dict.fromkeys(PART_WORDS, _any), ())


def _parts(found: object) -> tuple[dict[str, Any], ...]:
    return many(_part, 20)(found) if isinstance(found, list) else (_part(found),)


def _verb(verb: str, parts: tuple[dict[str, Any], ...]) -> tuple[Part, ...]:
    place = ("case", "verbs", verb)
    if len(parts) == 1:
        return (Part(place, parts[0]),)
    return tuple(Part((*place, i), says) for i, says in enumerate(parts))


def _asked(found: object) -> Asked:
    return Asked(read_word(found)) if isinstance(found, str) else _asked_table(found)


def _name(found: object) -> str:
    if isinstance(found, str) and IDENTIFIER.fullmatch(found):
        return found
    raise WrongPart(found, "a name of the program or of an act")


_asked_table: Reader[Asked] = record(
    Asked,
    {
        "measure": read_word,
        "of": _name,
        "unit": _name,
        "rule": _name,
        "reward": _name,
        "goal": _name,
    },
    needed=("measure",),
)
FIELDS: Mapping[str, Reader[object]] = {
    "at": read_word,
    "store": read_word,
    "channel": read_word,
    "do": read_word,
    "products": table(open_table),
    "member": open_table,
    "members": table(open_table),
    "verbs": table(_parts),
    "words": table(_part),
    "tables": table(
        record(Columns, {"columns": many(read_word), "do": read_word}, needed=("columns",))
    ),
    "measures": table(_asked),
    "says": table(or_null(read_text, "")),
}
