"""What the reader of a document found wrong, with the place in the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.wire.document_text import FIGURE, WHOLE, Figure, Place, place, shown
from pos_loyalty.wire.document_words import (
    A_DAY,
    A_LIST,
    A_NUMBER,
    A_SHARE,
    A_TABLE,
    A_TEXT,
    A_WHOLE_NUMBER,
    KIND,
    TRUE_OR_FALSE,
)

if TYPE_CHECKING:
    from pydantic import ValidationError

ALLOWED = {  # By the beginning of pydantic's name for what is wrong.
    "missing": "it must be there",
    "int": A_WHOLE_NUMBER,
    "bool": TRUE_OR_FALSE,
    "string": A_TEXT,
    "tuple": A_LIST,
    "dict": A_TABLE,
    "dataclass": A_TABLE,
    "fraction": A_SHARE,
    "decimal": A_NUMBER,
    "date": A_DAY,
    "time": "a time of day, as in 16:00",
}


def wrong_document(error: ValidationError, tree: dict[str, Any], file: str) -> WrongDocument:
    """Say the first thing that is wrong. `tree` is what the reader read."""
    first = error.errors(include_url=False)[0]
    where = in_own_words(first["loc"], tree)
    broken = first.get("ctx", {}).get("error")
    if isinstance(broken, WrongValue):
        return wrong_value(broken, file, place(where))
    kind = first["type"].partition("_")[0]
    found = "nothing" if kind == "missing" else shown(first["input"])
    allowed = ALLOWED.get(kind, first["msg"])
    return WrongDocument(file=file, path=place(where) or WHOLE, found=found, allowed=allowed)


def wrong_value(broken: WrongValue, file: str, path: str = "") -> WrongDocument:
    """Say what is wrong with a field of the table at `path`."""
    field = f"{path}.{broken.field}" if path else broken.field
    found = broken.found
    if isinstance(found, str) and FIGURE.fullmatch(found):
        found = Figure(found)  # A number, told as a text.
    return WrongDocument(file=file, path=field, found=shown(found), allowed=broken.allowed)


def in_own_words(location: Place, tree: dict[str, Any]) -> Place:
    """Leave out what is in a reader's place but not in the document: the kind of a table."""
    where: list[int | str] = []
    there: Any = tree
    told: object = None  # The table whose kind has been told already.
    for part in location:
        if isinstance(there, dict) and there is not told and there.get(KIND) == part:
            told = there
            continue
        where.append(part)
        there = there[part] if isinstance(part, int) else there.get(part)
    return tuple(where)
