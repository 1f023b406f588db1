"""What the server's commands share: which database, how answers are written, how errors end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pos_loyalty.server.database import Connection, Engine

EXIT_FAULT = 1  # The database, the disk or the network.
EXIT_DOCUMENT = 2  # An option or a document that cannot be accepted; also typer's own.
EXIT_REFUSED = 3  # It can be understood, and is not to be.

EmbeddedOption = Annotated[
    Path | None,
    typer.Option(
        "--embedded",
        envvar="POS_LOYALTY_SERVER_DIR",
        help="Folder of the database that comes with this program; without a folder, or without "
        "this option, one in your home. It may be in use by a running server.",
        show_default=False,
    ),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        envvar="POS_LOYALTY_DATABASE_URL",
        help="A PostgreSQL of your own instead: postgresql://user:password@host/database",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


@dataclass(frozen=True, slots=True)
class Where:
    """Which database a command works on, and how it answers."""

    embedded: Path | None
    database_url: str | None
    as_json: bool = False


def default_folder() -> Path:
    """Name the folder of the embedded database when none is given."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "pos-loyalty" / "server"


def with_folder(words: Sequence[str]) -> list[str]:
    """Put our own folder behind an `--embedded` that names none."""
    named: list[str] = []
    for word, following in zip(words, [*words[1:], "-"], strict=True):
        named.append(word)
        if word == "--embedded" and following.startswith("-"):
            named.append(str(default_folder()))
    return named


@contextmanager
def shop(where: Where) -> Iterator[Connection]:
    """Open the database for one change; it is committed when nothing was raised."""
    from pos_loyalty.server.schema import prepare

    with sentences(where), database(where) as engine:
        prepare(engine)
        with engine.begin() as connection:
            yield connection


@contextmanager
def database(where: Where) -> Iterator[Engine]:
    """Open the chosen database; an embedded one is borrowed, or run meanwhile."""
    from pos_loyalty.server.database import opened
    from pos_loyalty.server.embedded import borrowed_cluster

    check_choice(where)
    if where.database_url is not None:
        with opened(where.database_url) as engine:
            yield engine
        return
    with borrowed_cluster(where.embedded or default_folder()) as url, opened(url) as engine:
        yield engine


@contextmanager
def sentences(where: Where) -> Iterator[None]:
    """End with a sentence and an exit code where something expected goes wrong."""
    from pydantic import ValidationError

    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.server.cluster_home import ClusterError
    from pos_loyalty.server.database import NoDatabase
    from pos_loyalty.server.refusals import Refusal
    from pos_loyalty.server.schema import WrongSchema
    from pos_loyalty.server.serve import CannotServe

    try:
        yield
    except Refusal as error:
        raise _end(where, error.code, error.sentence, EXIT_REFUSED) from error
    except WrongDocument as error:
        sentence = f"{error.file}: {error.path}: found {error.found}. Allowed: {error.allowed}."
        raise _end(where, "wrong_document", sentence, EXIT_DOCUMENT) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        sentence = f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
        raise _end(where, "wrong_option", sentence, EXIT_DOCUMENT) from error
    except UnicodeDecodeError as error:
        raise _end(where, "wrong_document", "The file is not UTF-8 text.", EXIT_DOCUMENT) from error
    except OSError as error:
        sentence = f"{error.filename or 'The disk'}: {error.strerror}."
        raise _end(where, "no_file", sentence, EXIT_DOCUMENT) from error
    except (ClusterError, WrongSchema, CannotServe) as error:
        raise _end(where, "cannot_start", str(error), EXIT_FAULT) from error
    except NoDatabase as error:
        exit_code = EXIT_DOCUMENT if error.code == "wrong_url" else EXIT_FAULT
        raise _end(where, error.code, error.sentence, exit_code) from error


def check_choice(where: Where) -> None:
    """Refuse two databases at once."""
    if where.embedded is not None and where.database_url is not None:
        raise _end(
            where, "two_databases", "Give either --embedded or --database-url.", EXIT_DOCUMENT
        )


def tell(where: Where, answer: Mapping[str, object], sentence: str) -> None:
    """Answer one thing: for programs, or in a sentence."""
    typer.echo(json.dumps(answer, default=str) if where.as_json else sentence)


def tell_list(where: Where, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Answer with a list: JSON, or a table of the named columns."""
    if where.as_json:
        typer.echo(json.dumps(list(rows), default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row[name]) for name in columns))
    Console().print(table, markup=False) if rows else typer.echo("There are none.")


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _end(where: Where, code: str, sentence: str, exit_code: int) -> typer.Exit:
    if where.as_json:
        typer.echo(json.dumps({"error": code, "text": sentence}))
    else:
        typer.echo(sentence, err=True)
    return typer.Exit(exit_code)
