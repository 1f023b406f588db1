"""From starting the program to the sign-in on the screen; what imports cost; how much memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_loyalty.lab.bench.child import TillProcess, till_process
from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed, Stat
from pos_loyalty.lab.bench.history import write_history
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.shop import PIN, till_in

READY = Limit(2, Stat.P50)
IMPORTED = "import pos_loyalty.cli.main, pos_loyalty.terminal.app"
DEAREST = 5
IMPORT_RUNS_MAX = 3
MICROSECONDS = 1_000_000
MEMORY_SALES_MAX = 1000
LOOKS_MAX = 1000  # For one change on the screen.
LOOK_EVERY_S = 0.003


def starting(bench: Bench) -> Group:
    """Measure starts of a new till and of one with a long past and a whole chain's members."""
    group = Group("start")
    fresh = till_in(bench, "fresh")
    old = till_in(bench, "old", indexed=True)
    write_history(old, bench.plan.events)
    samples: dict[Path, list[float]] = {fresh: [], old: []}
    _start(fresh)  # The first one reads the program from the disk; that is not the till's doing.
    for _ in range(bench.plan.starts):
        for folder, seconds in samples.items():
            seconds.append(_start(folder))
    past = f"{bench.plan.events:,} events, {bench.plan.members:,} members"
    group.add("process start → sign-in shown, new till", samples[fresh], READY, unit="s")
    group.add(f"process start → sign-in shown, {past}", samples[old], READY, unit="s")
    _imports(group, min(IMPORT_RUNS_MAX, bench.plan.starts))
    return group


def _start(folder: Path) -> float:
    with till_process(folder) as till:
        till.order(do="look")
        # Answered before the window was painted for the first time; the next order comes after.
        shown = till.order(do="look")
        seconds = till.seconds()
        if shown.get("page") != "sign-in" or "sign_in" not in shown:
            raise MeasurementFailed("the till started without asking for a PIN")
    return seconds


def _imports(group: Group, runs: int) -> None:
    """Add the packages whose own modules take longest to import."""
    totals: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        told = subprocess.run(  # noqa: S603 - this very interpreter
            (sys.executable, "-X", "importtime", "-c", IMPORTED),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stderr
        for package, seconds in _by_package(told).items():
            totals[package].append(seconds)
    dearest = sorted(totals, key=lambda package: min(totals[package]), reverse=True)
    for package in ("all imports", *[p for p in dearest if p != "all imports"][:DEAREST]):
        group.add(f"  import {package}", totals[package], unit="s")


def _by_package(told: str) -> dict[str, float]:
    """Sum up the table of `-X importtime`: own µs | with what it imports | module."""
    seconds: dict[str, float] = defaultdict(float)
    for line in told.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        name, own = rest.partition("|")[2].strip(), own.strip()
        if own.isdigit():
            seconds[name.split(".")[0]] += int(own) / MICROSECONDS
            seconds["all imports"] += int(own) / MICROSECONDS
    return seconds


def memory(bench: Bench) -> Group:
    """Measure what a till holds in memory after its start, and after a long day."""
    group = Group("memory")
    folder = till_in(bench, "memory", indexed=True)
    sales = min(MEMORY_SALES_MAX, bench.plan.sales * 2)
    with till_process(folder) as till:
        till.order(do="type", text=PIN)
        till.order(do="press", key="Return")
        _until(till, "signed in", lambda shown: shown.get("page") == "sale")
        resident = till.resident_mib()
        if resident is None:
            group.remarks.append("memory: this system does not tell what a process holds")
            return group
        group.add("resident after sign-in", (resident,), unit="MiB")
        for _ in range(sales):
            _sell(till)
        after = till.resident_mib() or 0.0
    group.add(f"resident after {sales} sales more", (after,), unit="MiB")
    return group


def _sell(till: TillProcess) -> None:
    """Sell for one amount: typed, entered, paid in cash."""
    for key in ("7", "Return"):
        till.order(do="press", key=key)
    _until(till, "quoted", lambda shown: bool(shown["sale"]["basket"]["lines"]))
    till.order(do="press", key="Return")
    _until(till, "paid", lambda shown: shown["sale"]["done"] is not None)


def _until(till: TillProcess, what: str, reached: Callable[[dict[str, Any]], bool]) -> None:
    for _ in range(LOOKS_MAX):
        if reached(till.order(do="look")):
            return
        time.sleep(LOOK_EVERY_S)
    raise MeasurementFailed(f"the till never showed that it is {what}")
