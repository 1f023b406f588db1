"""`pos-loyalty demo | simulate | bench | screens`: trying, proving, measuring and looking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos_loyalty.cli.bench import bench
from pos_loyalty.cli.demo import demo


def add_to(app: typer.Typer) -> None:
    """Add these commands beside the groups."""
    app.command("demo")(demo)
    app.command("simulate")(simulate)
    app.command("bench")(bench)
    app.command("screens")(screens)


def simulate(
    *,
    seeds: Annotated[int, typer.Option(min=1, help="How many days.")] = 20,
    steps: Annotated[int, typer.Option(min=1, help="Steps of each day.")] = 2000,
    first: Annotated[int, typer.Option(min=0, help="The first seed; one seed is one day.")] = 1,
    faults: Annotated[float, typer.Option(min=0, max=1, help="Chance of trouble.")] = 0.15,
) -> None:
    """Live through bad days at two tills and a server, and check every promise.

    Exit codes: 0 all promises held, 1 one was broken: the seed to run again is told.
    """
    from rich.progress import track

    from pos_loyalty.lab.simulator.run import run_seeds

    days = run_seeds(first, seeds, steps, faults)
    reports = list(track(days, total=seeds, description="Days", transient=True))
    events = sum(report.events for report in reports)
    seconds = sum(report.seconds for report in reports)
    typer.echo(f"{seeds} days, {events} events, {events / seconds:,.0f} events/s")
    broken = [report for report in reports if report.broken]
    for report in broken:
        typer.echo(f"seed {report.seed}: {report.broken}", err=True)
    raise typer.Exit(1 if broken else 0)


def screens(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")],
    *,
    languages: Annotated[list[str] | None, typer.Option("--language", help="Usual: all.")] = None,
) -> None:
    """Draw every screen in every state, theme and language as pictures to look at."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from pos_loyalty.i18n import LANGUAGES
    from pos_loyalty.terminal.app import application
    from pos_loyalty.ui.gallery import SIZES, render_all
    from pos_loyalty.ui.theme import THEMES

    application()
    pictures = render_all(folder, tuple(languages or LANGUAGES), tuple(THEMES), SIZES)
    typer.echo(f"{len(pictures)} pictures are in {folder}")
