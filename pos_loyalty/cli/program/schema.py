"""`pos-loyalty program schema`: the words of program documents, for an editor."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of program documents, for an editor that completes and checks."""
    from pos_loyalty.wire.program_document import program_schema

    typer.echo(json.dumps(program_schema(), indent=2, ensure_ascii=False))
