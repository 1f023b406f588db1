"""All groups of measurements by name, and running them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pos_loyalty.lab.bench.answering import answering
from pos_loyalty.lab.bench.deciding import deciding
from pos_loyalty.lab.bench.figures import Group
from pos_loyalty.lab.bench.plan import Bench, Plan
from pos_loyalty.lab.bench.quoting import quoting
from pos_loyalty.lab.bench.replaying import replaying
from pos_loyalty.lab.bench.scanning import scanning
from pos_loyalty.lab.bench.selling import selling
from pos_loyalty.lab.bench.simulating import simulating
from pos_loyalty.lab.bench.starting import memory, starting

GROUPS: dict[str, Callable[[Bench], Group]] = {
    "start": starting,  # First, while this process has not filled the machine's memory.
    "memory": memory,
    "sale": selling,
    "scan": scanning,
    "window": answering,
    "decide": deciding,
    "quote": quoting,
    "replay": replaying,
    "simulate": simulating,
}


def run_groups(names: Sequence[str], plan: Plan) -> Iterator[Group]:
    """Run groups in a folder of their own where temporary files go.

    Raises MeasurementFailed, KeyError for a name that is none of GROUPS.
    """
    chosen = [GROUPS[name] for name in names or GROUPS]
    with tempfile.TemporaryDirectory(prefix="pos-loyalty-bench-") as folder:
        bench = Bench(plan, Path(folder))
        for measure in chosen:
            yield measure(bench)
