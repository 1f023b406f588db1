"""`pos-loyalty demo`: a whole shop to try, to show, and to prove."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.places import data_folder

if TYPE_CHECKING:
    from pos_loyalty.lab.demo.verdict import Verdict

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
DRAWS_NOWHERE = ("offscreen", "minimal")
OUT = Path("demo-out")


class Script(Enum):
    """What runs without a person."""

    SMOKE = "smoke"


DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="The demo's own folder. Usual: in the user's own data folder."),
]
FreshOption = Annotated[bool, typer.Option("--fresh", help="Begin anew; the old shop is deleted.")]
ScriptOption = Annotated[
    Script | None,
    typer.Option(
        "--script",
        help="Play a day without a person: five sales, a killed server, a killed till.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Tell what came of a scripted day in JSON.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Keep pictures of screens and receipts here.")
]


def demo(
    *,
    data: DataOption = None,
    fresh: FreshOption = False,
    script: ScriptOption = None,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Open a shop with 50 members and 200 products, its server and a till with simulated devices.

    Where there is no display, a scripted day is played instead, and pictures of it are kept.
    Exit codes: 0 closed, or everything agrees after the day; 1 something does not, and is told.
    """
    from pos_loyalty.lab.demo.processes import at_home

    logging.basicConfig(level=logging.ERROR)
    at_home()
    with _ends(as_json=as_json):
        if script is None and has_display(os.environ, sys.platform):
            _open_window(data or data_folder() / "demo", fresh=fresh)
            return
        if script is None:
            out = out or OUT
            typer.echo(
                "There is no display here, so a scripted day runs without one. "
                f"Pictures of its screens and receipts go to {out}.",
                err=True,
            )
        began = time.monotonic()
        verdict = _play_day(data, out)
        _tell(verdict, time.monotonic() - began, as_json=as_json)
    raise typer.Exit(1 if verdict.differences else 0)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window could be seen."""
    if environment.get("QT_QPA_PLATFORM", "") in DRAWS_NOWHERE:
        return False
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in DISPLAYS)


def _open_window(place: Path, *, fresh: bool) -> None:
    from pos_loyalty.lab.demo.folder import held
    from pos_loyalty.lab.demo.window import run_window

    with held(place, fresh=fresh) as folder:
        run_window(folder, typer.echo)


def _play_day(data: Path | None, out: Path | None) -> Verdict:
    from pos_loyalty.lab.demo.folder import held, passing_place
    from pos_loyalty.lab.demo.smoke import run_smoke
    from pos_loyalty.lab.demo.stage import Album

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    tell, album = _with_seconds(), Album(out)
    if data is None:
        with passing_place() as place:
            return run_smoke(place, album, tell)
    with held(data, fresh=True) as folder:
        return run_smoke(folder.place, album, tell)


def _with_seconds() -> Callable[[str], None]:
    began = time.monotonic()
    return lambda text: typer.echo(f"{time.monotonic() - began:5.1f} s  {text}", err=True)


def _tell(verdict: Verdict, seconds: float, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(verdict.told(seconds), ensure_ascii=False))
        return
    typer.echo(
        f"{verdict.sales} sales, {len(verdict.receipts)} receipts, {len(verdict.balances)} balances"
        f" compared, {verdict.unsent} unsent, {seconds:.0f} s."
    )
    for difference in verdict.differences or ("Everything agrees.",):
        typer.echo(difference)


@contextmanager
def _ends(*, as_json: bool) -> Iterator[None]:
    """End in good order on SIGTERM and SIGHUP, and with a sentence where something fails."""
    from pos_loyalty.lab.demo.folder import NotOurs
    from pos_loyalty.lab.demo.processes import ProcessFailed
    from pos_loyalty.lab.demo.robot_till import NotSeen
    from pos_loyalty.ports.central import CentralTrouble
    from pos_loyalty.server.cluster_home import ClusterError
    from pos_loyalty.store.faults import StoreFault

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _exit)
    try:
        yield
    except NotOurs as error:
        sentence = f"{error} holds something else. Choose an empty folder with --data."
    except (ProcessFailed, NotSeen, ClusterError, CentralTrouble) as error:
        sentence = str(error)
    except StoreFault as fault:
        sentence = fault.detail
    except OSError as error:  # TimeoutError, too.
        sentence = f"{error.filename}: {error.strerror}." if error.filename else str(error)
    else:
        return
    if as_json:
        typer.echo(json.dumps({"error": sentence}, ensure_ascii=False))
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _exit(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)
