"""`pos-loyalty till`: makes this computer a till, and runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.places import till_folder

if TYPE_CHECKING:
    from pos_loyalty.ports.central import CentralTrouble

app = typer.Typer(
    name="till",
    help="The till of this computer. Without a command it runs.",
    no_args_is_help=False,
)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="The till's folder. Usual: the user's own data folder."),
]


@app.callback(invoke_without_command=True)
def till(
    context: typer.Context,
    *,
    data: DataOption = None,
    robot: Annotated[bool, typer.Option("--robot", hidden=True)] = False,
    desk: Annotated[Path | None, typer.Option("--desk", hidden=True)] = None,
) -> None:
    """Run the till unless a command is given.

    Exit codes: 0 closed, 1 the till's files or settings are not good, 3 it is no till yet.
    """
    if context.invoked_subcommand is None:
        with sentences():
            _run(data or till_folder(), robot=robot, desk=desk)


def _run(folder: Path, *, robot: bool, desk: Path | None) -> None:
    from pos_loyalty.terminal.identity import is_enrolled

    if not is_enrolled(folder):
        typer.echo(
            f"{folder} is no till yet. On the server: pos-loyalty server till add; "
            "then here: pos-loyalty till enrol CODE. To try the product: pos-loyalty demo.",
            err=True,
        )
        raise typer.Exit(3)
    from pos_loyalty.terminal.app import Companion, run_till
    from pos_loyalty.terminal.cable import Cable

    companions: tuple[Companion, ...] = ()
    cable = Cable()
    if robot:
        from pos_loyalty.terminal.robot import robot as script

        companions = (script(),)
    if desk is not None:
        from pos_loyalty.terminal.demo_desk import demo_desk

        companions = (*companions, demo_desk(desk, cable))
    raise typer.Exit(run_till(folder, companions, cable))


@app.command("enrol")
def enrol(
    code: Annotated[str, typer.Argument(help="The one-time code of `server till add`: LE1:…")],
    *,
    data: DataOption = None,
) -> None:
    """Make this computer a till of the shop.

    Exit codes: 0 done, 1 the folder is not good or the server does not take the code.
    """
    from pos_loyalty.ports.central import CentralTrouble
    from pos_loyalty.terminal.enrolment import AlreadyTill, enrol_till
    from pos_loyalty.terminal.identity import is_enrolled

    folder = data or till_folder()
    with sentences():
        try:
            identity = enrol_till(folder, code)
        except CentralTrouble as trouble:
            if not is_enrolled(folder):
                raise
            typer.echo(
                f"{folder} is a till now, but its server fell silent before it had told it all "
                f"({trouble.detail}). It asks again when it starts: pos-loyalty till",
                err=True,
            )
            return
        except AlreadyTill:
            typer.echo(f"{folder} is a till already. Another till needs another --data.", err=True)
            raise typer.Exit(1) from None
        except ValueError as error:
            typer.echo(f"{error}. Copy the whole code that the server printed.", err=True)
            raise typer.Exit(1) from None
    typer.echo(f"This is {identity.till} of {identity.store} now. Start it: pos-loyalty till")


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what the till's files, settings and line refuse into a sentence and exit code 1."""
    try:
        yield
    except Exception as error:
        text = _sentence(error)
        if not text:
            raise
    else:
        return
    typer.echo(text[:1].upper() + text[1:], err=True)
    raise typer.Exit(1)


def _sentence(error: Exception) -> str:
    """Say what went wrong and what to do. Empty: it is a defect."""
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.ports.central import CentralTrouble
    from pos_loyalty.ports.journal import JournalFault
    from pos_loyalty.store.faults import StoreFault
    from pos_loyalty.terminal.identity import NoIdentity

    match error:
        case StoreFault(detail=detail) | NoIdentity(detail=detail):
            return detail
        case JournalFault(reason=reason, detail=detail):
            return (
                f"the till's journal cannot be used ({reason}): {detail}. "
                "Nothing in it was changed: call the shop's IT."
            )
        case WrongDocument():
            return f"{error.file}: {error.path}: found {error.found}; allowed: {error.allowed}"
        case CentralTrouble():
            return _trouble(error)
        case OSError(filename=str() as name, strerror=str() as why):
            return f"{name} cannot be used: {why}. See to the disk and to who may write there."
        case _:
            return _screen_sentence(error)


def _trouble(trouble: CentralTrouble) -> str:
    from pos_loyalty.ports.central import Trouble

    told = f"{trouble.trouble.value}: {trouble.detail}"
    match trouble.trouble:
        case Trouble.UNREACHABLE | Trouble.BUSY:
            return f"the server does not answer ({told}). See that it runs; then do this again."
        case Trouble.PORTAL | Trouble.NOT_OURS:
            return f"something else answers in the server's place ({told}). See to the network."
        case _:
            return (
                f"the server does not take this ({told}). A code is good once: "
                "get a new one by pos-loyalty server till add."
            )


def _screen_sentence(error: Exception) -> str:
    from pos_loyalty.terminal.app import NeverHeard, NoDisplay

    match error:
        case NeverHeard():
            return (
                f"this till has not heard from its server yet ({error}), so it knows no store and "
                "no staff. See that the server runs and that there is a line; then start it again."
            )
        case NoDisplay():
            return "there is no display to show the till on. Start it from a desktop."
        case _:
            return ""
