"""`pos-loyalty server`: runs the central server, and sets up what it serves."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pos_loyalty.cli import server_goods, server_members, server_people, server_pools
from pos_loyalty.cli.server_database import (
    DatabaseOption,
    EmbeddedOption,
    JsonOption,
    Where,
    check_choice,
    database,
    default_folder,
    sentences,
    tell,
    with_folder,
)

if TYPE_CHECKING:
    from pos_loyalty.server.serve import Address


class ServerGroup(TyperGroup):
    """The commands, with an `--embedded` that needs no folder."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - its type is private to typer
        """Read the words of the command line."""
        return super().parse_args(ctx, with_folder(args))


app = typer.Typer(
    cls=ServerGroup,
    name="server",
    help="The central server: keeps all tills' sales and points, and tells every till of them. "
    "Without a command it runs.",
    no_args_is_help=False,
)
PARTS = (
    *server_people.PARTS,
    *server_goods.PARTS,
    *server_members.PARTS,
    *server_pools.PARTS,
)
for part in PARTS:
    app.add_typer(part)

HostOption = Annotated[str, typer.Option("--host", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")]
CertOption = Annotated[
    Path | None, typer.Option("--tls-cert", help="Certificate chain (PEM). Needed off loopback.")
]
KeyOption = Annotated[Path | None, typer.Option("--tls-key", help="Its private key (PEM).")]


@app.callback(invoke_without_command=True)
def server(  # noqa: PLR0913 - one argument per option
    context: typer.Context,
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8310,
    tls_cert: CertOption = None,
    tls_key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the server unless a command is given."""
    if context.invoked_subcommand is None:
        run(
            embedded=embedded,
            database_url=database_url,
            host=host,
            port=port,
            tls_cert=tls_cert,
            tls_key=tls_key,
            as_json=as_json,
        )


@app.command("run")
def run(  # noqa: PLR0913 - one argument per option
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8310,
    tls_cert: CertOption = None,
    tls_key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the server until Ctrl-C or SIGTERM.

    With --json, one line {"url", "pid"} says that calls are taken. Exit codes: 0 stopped as told,
    1 the database or the address cannot be used, 2 wrong options.
    """
    from pos_loyalty.server.serve import Address, check_address, end_on_sigterm

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    where = Where(embedded, database_url, as_json)
    end_on_sigterm()
    with sentences(where):
        check_choice(where)
        address = Address(host, port, tls_cert, tls_key)
        check_address(address)  # Before a database is started for nothing.
        if database_url is not None:
            _serve(database_url, address, where)
            return
        from pos_loyalty.server.embedded import EmbeddedPostgres

        with EmbeddedPostgres(embedded or default_folder()) as cluster:
            _serve(cluster.url, address, where)


@app.command("migrate")
def migrate(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the database to the form this version needs. Make a backup before."""
    from pos_loyalty.server import schema

    where = Where(embedded, database_url, as_json)
    with sentences(where), database(where) as engine:
        version = schema.migrate(engine)
        tell(where, {"version": version}, f"The database is at version {version}.")


def _serve(url: str, address: Address, where: Where) -> None:
    from pos_loyalty.server.api.app import create_app
    from pos_loyalty.server.database import opened
    from pos_loyalty.server.schema import prepare
    from pos_loyalty.server.serve import serve

    def ready(at: str) -> None:
        tell(where, {"url": at, "pid": os.getpid()}, f"Serving {at}")

    with opened(url) as engine:
        prepare(engine)
        serve(create_app(engine), address, ready)
