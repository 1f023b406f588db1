"""`pos-loyalty program diff`: what another version of a program says otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.program.reading import WRONG_DOCUMENT, program_in, tell_wrong

if TYPE_CHECKING:
    from pos_loyalty.domain.programs.differences import Difference


def diff(
    before: Annotated[Path, typer.Argument(help="A program document, TOML or JSON.")],
    after: Annotated[Path, typer.Argument(help="Another version of it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Tell what a program says otherwise than another, rule by rule.

    Rules, rewards and other parts are compared by their ids, wherever they stand. Exit codes: 0
    told, also when nothing is different; 2 one of them is no program.
    """
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.domain.programs.differences import differences

    programs = []
    for file in (before, after):
        try:
            programs.append(program_in(file))
        except WrongDocument as error:
            tell_wrong(error, file, as_json=as_json)
            raise typer.Exit(WRONG_DOCUMENT) from error
    found = differences(*programs)
    if as_json:
        told = {"differences": [_facts(one) for one in found]}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in found:
        typer.echo(_sentence(one))
    if not found:
        typer.echo("They say the same.")


def _facts(difference: Difference) -> dict[str, object]:
    """Say it to a machine: what is absent before or after is left out."""
    from pos_loyalty.domain.programs.differences import ABSENT
    from pos_loyalty.wire.document_tree import as_tree

    sides = {"before": difference.before, "after": difference.after}
    there = {side: as_tree(value) for side, value in sides.items() if value is not ABSENT}
    change = "changed" if len(there) == len(sides) else "added" if "after" in there else "removed"
    return {"path": difference.path, "change": change} | there


def _sentence(difference: Difference) -> str:
    facts = _facts(difference)
    path, change = facts["path"], facts["change"]
    if change == "changed":
        return f"{path}: {_plain(facts['before'])} → {_plain(facts['after'])}"
    value = facts["after"] if change == "added" else facts["before"]
    return f"{path}: {change}: {_plain(value)}"


def _plain(value: object) -> str:
    """Write a value for people: as in the document, but without its quotes and brackets."""
    if value in (None, "", [], {}):
        return "nothing"
    match value:
        case bool():
            return json.dumps(value)
        case dict():
            kind = [str(value["kind"])] if "kind" in value else []
            words = (f"{word} {_inner(one)}" for word, one in value.items() if word != "kind")
            return " ".join((*kind, ", ".join(words)))
        case list():
            return ", ".join(map(_inner, value) if len(value) > 1 else map(_plain, value))
        case _:
            return str(value)


def _inner(value: object) -> str:
    return f"({_plain(value)})" if isinstance(value, dict | list) else _plain(value)
