"""`pos-loyalty bench`: the figures the till promises, measured on this machine."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pos_loyalty.lab.bench.figures import Figure, Group
    from pos_loyalty.lab.bench.plan import Plan

HELD = {True: "held", False: "MISSED", None: ""}


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="start, memory, sale, scan, window, decide, quote, replay, simulate. Usual: all."
        ),
    ] = None,
    *,
    members: Annotated[int, typer.Option(min=100, help="In the chain.")] = 1_000_000,
    sales: Annotated[int, typer.Option(min=1, help="Of each kind.")] = 500,
    strict: Annotated[bool, typer.Option(help="Exit with 1 when a limit is missed.")] = False,
    profile: Annotated[bool, typer.Option(help="Tell what is dearest in the simulator.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Tell it as JSON.")] = False,
) -> None:
    """Measure what the till promises: how fast it starts, sells, finds, paints and decides.

    A busy machine gives bad figures: let it rest meanwhile, and judge by several runs. It works in
    a folder of its own where temporary files go (TMPDIR): that disk is measured.

    Exit codes: 0 measured, 1 a limit is missed and --strict was given, 2 something could not be
    measured.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from pos_loyalty.lab.bench.plan import Plan
    from pos_loyalty.lab.bench.run import GROUPS

    _refuse_unknown(names or (), GROUPS)
    plan = Plan(members=members, sales=sales, profile=profile)
    figures = _measured(names or (), plan, as_json=as_json)
    if as_json:
        typer.echo(json.dumps([_told(figure) for figure in figures], ensure_ascii=False, indent=1))
    missed = any(figure.held is False for figure in figures)
    raise typer.Exit(1 if strict and missed else 0)


def _refuse_unknown(names: Iterable[str], groups: Collection[str]) -> None:
    unknown = [name for name in names if name not in groups]
    if unknown:
        typer.echo(f"{unknown[0]} is no measurement; there are {', '.join(groups)}.", err=True)
        raise typer.Exit(2)


def _measured(names: Sequence[str], plan: Plan, *, as_json: bool) -> list[Figure]:
    """Measure, and tell of each group once it is done."""
    from pos_loyalty.lab.bench.figures import MeasurementFailed
    from pos_loyalty.lab.bench.run import run_groups

    figures: list[Figure] = []
    try:
        for group in run_groups(names, plan):
            figures += group.figures
            _tell(group, as_json=as_json)
    except MeasurementFailed as failed:
        typer.echo(f"Could not be measured: {failed}", err=True)
        raise typer.Exit(2) from None
    return figures


def _tell(group: Group, *, as_json: bool) -> None:
    for figure in () if as_json else group.figures:
        typer.echo(_line(figure))
    for remark in group.remarks:
        typer.echo(remark, err=as_json)


def _line(figure: Figure) -> str:
    values = "".join(f"{value:>11.2f}" for value in (figure.p50, figure.p99, figure.max))
    limit = "" if figure.limit is None else str(figure.limit)
    what = f"{figure.what:<62}{values} {figure.unit:<4}{limit:<12}{HELD[figure.held]}"
    return f"{figure.group:<9}{what}".rstrip()


def _told(figure: Figure) -> dict[str, object]:
    return {
        "group": figure.group,
        "what": figure.what.strip(),
        "unit": figure.unit,
        "samples": figure.samples,
        "p50": round(figure.p50, 4),
        "p99": round(figure.p99, 4),
        "max": round(figure.max, 4),
        "limit": None if figure.limit is None else str(figure.limit),
        "held": figure.held,
    }
