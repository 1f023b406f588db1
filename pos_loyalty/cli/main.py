"""The command `pos-loyalty`: one door to everything."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pos_loyalty import __version__
from pos_loyalty.cli import lab, program, server, till

app = typer.Typer(
    name="pos-loyalty",
    help="POS Loyalty: the loyalty system of a shop counter that does everything offline, too.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(till.app)
app.add_typer(server.app)
app.add_typer(program.app)
lab.add_to(app)


VersionOption = Annotated[bool, typer.Option("--version", help="Tell the version, and end.")]
SelfTestOption = Annotated[
    bool,
    typer.Option("--self-test", help="See whether all of this installation is there, and end."),
]


LifelineOption = Annotated[bool, typer.Option("--until-stdin-ends", hidden=True)]


@app.callback(invoke_without_command=True)
def entry(
    *,
    version: VersionOption = False,
    self_test: SelfTestOption = False,
    until_stdin_ends: LifelineOption = False,
) -> None:
    """Tell the version, or test the installation, where asked to."""
    if until_stdin_ends:
        from pos_loyalty.cli.lifeline import end_when_stdin_ends

        end_when_stdin_ends()
    if version:
        typer.echo(f"POS Loyalty {__version__}")
        raise typer.Exit
    if self_test:
        from pos_loyalty.terminal.self_test import self_test as test

        raise typer.Exit(test(typer.echo))


def main() -> None:
    """Run the command; ends in SystemExit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
