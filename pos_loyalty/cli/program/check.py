"""`pos-loyalty program check`: whether a till would take a program, and what to look at again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.program.reading import WRONG_DOCUMENT, program_in, tell_wrong, wrong_facts

if TYPE_CHECKING:
    from pos_loyalty.domain.programs.advice import Advice
    from pos_loyalty.domain.programs.program import Program


def check(
    files: Annotated[list[Path], typer.Argument(help="Program documents, TOML or JSON.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Answer in JSON, an object for each file on its line.")
    ] = False,
) -> None:
    """Read programs as a till would.

    Warnings are about what is allowed but seldom meant; they change no exit code. Exit codes:
    0 all good, 2 some are not, with the place in each and what is allowed there.
    """
    good = [_check(file, as_json=as_json, several=len(files) > 1) for file in files]
    if not all(good):
        raise typer.Exit(WRONG_DOCUMENT)


def _check(file: Path, *, as_json: bool, several: bool) -> bool:
    """Say what there is to say of one file; whether it is good."""
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.domain.programs.advice import advise

    named: dict[str, object] = {"file": str(file)} if several else {}
    try:
        program = program_in(file)
    except WrongDocument as error:
        if as_json:
            typer.echo(json.dumps(named | wrong_facts(error), ensure_ascii=False))
        else:
            tell_wrong(error, file, as_json=False)
        return False
    advice = advise(program)
    if as_json:
        typer.echo(json.dumps(named | _facts(program, advice), ensure_ascii=False))
    else:
        _tell_good(program, advice, file)
    return True


def _facts(program: Program, advice: tuple[Advice, ...]) -> dict[str, object]:
    from pos_loyalty.cli.program.advice_text import sentence

    warnings = [{"path": one.path, "text": sentence(one)} for one in advice]
    counts = {"rules": len(program.rules), "rewards": len(program.rewards)}
    return {"program": program.id, "version": program.version, **counts, "warnings": warnings}


def _tell_good(program: Program, advice: tuple[Advice, ...], file: Path) -> None:
    from pos_loyalty.cli.program.advice_text import sentence

    counts = [_counted(len(program.rules), "rule")]
    if program.rewards:
        counts.append(_counted(len(program.rewards), "reward"))
    typer.echo(f"{file} is good: {program.id}, version {program.version}, {', '.join(counts)}.")
    for one in advice:
        typer.echo(f"  {one.path}: {sentence(one)}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
