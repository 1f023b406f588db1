"""`pos-loyalty program`: tools for whoever writes a shop's rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="program", help="Loyalty programs: rules as documents.", no_args_is_help=True
)


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A program document, TOML or JSON.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Read a program as a till would.

    Exit codes: 0 good, 2 not, with the place in it and what is allowed there.
    """
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.wire.program_document import read_program

    try:
        program = read_program(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{file} cannot be read: {error}", err=True)
        raise typer.Exit(2) from error
    except WrongDocument as error:
        if as_json:
            told = {"path": error.path, "found": error.found, "allowed": error.allowed}
            typer.echo(json.dumps({"error": told | {"text": str(error)}}, ensure_ascii=False))
        else:
            typer.echo(
                f"{file}: {error.path}\n  found:   {error.found}\n  allowed: {error.allowed}",
                err=True,
            )
        raise typer.Exit(2) from error
    facts = {"program": program.id, "version": program.version, "rules": len(program.rules)}
    if as_json:
        typer.echo(json.dumps(facts))
    else:
        typer.echo(
            f"{file} is good: {program.id}, version {program.version}, {len(program.rules)} rules."
        )


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of program documents, for an editor that completes and checks."""
    from pos_loyalty.wire.program_document import ProgramPart

    typer.echo(json.dumps(ProgramPart.model_json_schema(), indent=2))
