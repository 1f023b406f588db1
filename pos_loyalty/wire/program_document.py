"""A program as people write it (TOML) and as it travels (JSON), into the rules the engine runs."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.references import check_references
from pos_loyalty.wire.document_faults import wrong_document, wrong_value
from pos_loyalty.wire.document_text import FIGURE, parse_document
from pos_loyalty.wire.document_tree import as_tree
from pos_loyalty.wire.document_words import SHARE, check_words

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def read_program(text: str, file: str) -> Program:
    """Read a program document, JSON when `file` ends in .json, else TOML.

    Raises WrongDocument with the file, the path in it, what was found and what is allowed.
    """
    from pydantic import ValidationError

    tree = parse_document(text, file)
    check_words(tree, Program, file)
    try:
        program = _reader().validate_json(json.dumps(tree), strict=True, extra="forbid")
    except ValidationError as error:
        raise wrong_document(error, tree, file) from error
    try:
        check_references(program)
    except WrongValue as error:
        raise wrong_value(error, file) from error
    return program


def write_program(program: Program) -> str:
    """Write a program as the JSON document that travels, the same for equal programs."""
    return json.dumps(as_tree(program), ensure_ascii=False, separators=(",", ":"))


def program_schema() -> dict[str, Any]:
    """Describe program documents to an editor that completes and checks. JSON Schema 2020-12."""
    program = _reader().json_schema()
    tables: dict[str, dict[str, Any]] = program.pop("$defs")
    for table in (program, *tables.values()):
        _close(table)
    head = {"$schema": DIALECT, **program, "title": "Loyalty program"}
    return head | {"$defs": tables}


@cache
def _reader() -> TypeAdapter[Program]:
    """Build the reader when the first document comes: it takes a tenth of a second."""
    from pydantic import TypeAdapter

    return TypeAdapter(Program)


def _close(table: dict[str, Any]) -> None:
    """Let a table have no other words, and make the word that tells it from others needed."""
    words = table.get("properties")
    if words is None:
        return
    table["additionalProperties"] = False
    if "kind" in words:
        table["required"] = ["kind", *table.get("required", ())]
    for word in words.values():
        _exact(word)


def _exact(word: dict[str, Any]) -> None:
    """Say how a number is written as a text, and leave out the titles that repeat its name."""
    word.pop("title", None)
    share = f"|{SHARE.pattern}"
    for choice in word.get("anyOf", ()):
        if choice == {"type": "number"}:
            texts = (other for other in word["anyOf"] if other.get("type") == "string")
            for text in texts:
                fraction = text.pop("format", None)
                text["pattern"] = f"^({FIGURE.pattern}{share if fraction else ''})$"
