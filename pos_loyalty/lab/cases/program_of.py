"""A case's program: its document, with the figures that a step says otherwise."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.document_text import Figure
from pos_loyalty.wire.program_document import read_program
from pos_loyalty.wire.wrong_parts import WrongPart

STEP = re.compile(r"[^.\[\]]+")


def program_with(tree: Mapping[str, object], sets: Mapping[str, object], file: str) -> Program:
    """Read the program with `sets` put in: paths as in rules.base.then.points or rules[0].when.

    An entry of a list is named by its place or its id. Raises WrongDocument, WrongPart for a path
    that leads nowhere.
    """
    changed = copy.deepcopy(dict(tree)) if sets else tree
    for path, value in sets.items():
        try:
            _put(changed, path, value)
        except WrongPart as error:
            raise error.inside(path) from None
    try:
        return read_program(json.dumps(changed), f"{file}.json")
    except WrongDocument as error:
        raise WrongDocument(
            file=file, path=f"program.{error.path}", found=error.found, allowed=error.allowed
        ) from error


def _put(tree: object, path: str, value: object) -> None:
    *way, last = STEP.findall(path) or [""]
    for step in way:
        tree = _entry(tree, step)
    if isinstance(tree, list):
        tree[_place(tree, last)] = _written(value)
    elif isinstance(tree, dict):
        tree[last] = _written(value)
    else:
        raise WrongPart(path, "a path to a table or list of the program")


def _entry(tree: object, step: str) -> object:
    if isinstance(tree, list):
        return tree[_place(tree, step)]
    if isinstance(tree, dict) and step in tree:
        return tree[step]
    words = ", ".join(tree) if isinstance(tree, dict) else "a table or list"
    raise WrongPart(step, words)


def _place(entries: Sequence[Any], step: str) -> int:
    """Find an entry by its place or its id."""
    if step.isdecimal() and int(step) < len(entries):
        return int(step)
    names = [one.get("id") if isinstance(one, dict) else None for one in entries]
    if step in names:
        return names.index(step)
    listed = ", ".join(str(name) for name in names if name)
    raise WrongPart(step, f"a place below {len(entries)}" + (f", or {listed}" if listed else ""))


def _written(value: object) -> object:
    """Write a whole number as one; others stay texts, which are exact."""
    if not isinstance(value, Figure):
        return value
    figure = Decimal(value)
    return int(figure) if figure == int(figure) else str(value)
