"""Program documents from files, and how a command says that one cannot be accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.domain.programs.program import Program

WRONG_DOCUMENT = 2  # The exit code.


def program_in(file: Path) -> Program:
    """Read the program in a file. Raises WrongDocument, also when the file cannot be read."""
    from pos_loyalty.wire.program_document import read_program

    return read_program(text_in(file), file.name)


def text_in(file: Path) -> str:
    """Read a document's text. Raises WrongDocument when it is too long, no UTF-8 or not there."""
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.wire.document_text import BYTES_MAX, WHOLE, decode_document

    try:
        with file.open("rb") as opened:
            raw = opened.read(BYTES_MAX + 1)
    except OSError as error:
        raise WrongDocument(
            file=file.name,
            path=WHOLE,
            found=error.strerror or str(error),
            allowed="a file that can be read",
        ) from error
    return decode_document(raw, file.name)


@contextmanager
def told_if_wrong(file: Path, *, as_json: bool) -> Iterator[None]:
    """Say what is wrong with the document that is read here, and end."""
    from pos_loyalty.domain.errors import WrongDocument

    try:
        yield
    except WrongDocument as error:
        tell_wrong(error, file, as_json=as_json)
        raise typer.Exit(WRONG_DOCUMENT) from error


def tell_wrong(error: WrongDocument, file: Path, *, as_json: bool) -> None:
    """Say what is wrong with a document, and where."""
    if as_json:
        typer.echo(json.dumps(wrong_facts(error), ensure_ascii=False))
        return
    typer.echo(
        f"{file}: {error.path}\n  found:   {error.found}\n  allowed: {error.allowed}", err=True
    )


def wrong_facts(error: WrongDocument) -> dict[str, object]:
    """Say what is wrong with a document to a machine."""
    told = {"path": error.path, "found": error.found, "allowed": error.allowed}
    return {"error": told | {"text": str(error)}}
