"""How many events of a bad day two simulated tills and their server live through in a second."""

from __future__ import annotations

import cProfile
import io
import pstats

from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed, Stat
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.simulator.run import SeedReport, run_seed

PER_SECOND = Limit(5000, Stat.P50, at_least=True)
FAULTS = 0.15
DEAREST = 15


def simulating(bench: Bench) -> Group:
    """Measure days of the simulator; with a profile of one more where it is wanted."""
    group = Group("simulate")
    steps = bench.plan.steps
    _day(0, steps)  # Warms up what is made once.
    reports = [_day(seed, steps) for seed in range(1, bench.plan.days + 1)]
    rates = [report.events / report.seconds for report in reports]
    group.add("events/s over memory ports, one core", rates, PER_SECOND, unit="1/s")
    if bench.plan.profile:
        group.remarks.append(_profile(steps))
    return group


def _day(seed: int, steps: int) -> SeedReport:
    report = run_seed(seed, steps, FAULTS)
    if report.broken:
        raise MeasurementFailed(f"the simulator found that a promise is broken: {report.broken}")
    return report


def _profile(steps: int) -> str:
    profile = cProfile.Profile()
    profile.runcall(run_seed, 1, steps, FAULTS)
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(DEAREST)
    return told.getvalue()
