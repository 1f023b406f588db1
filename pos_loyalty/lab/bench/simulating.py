"""How many events of a bad day two simulated tills and their server live through in a second."""

from __future__ import annotations

import cProfile
import io
import pstats
import time

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed, Stat
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.simulator.run import run_seed
from pos_loyalty.lab.simulator.setting import PLAIN, RICH

PER_SECOND = Limit(5000, Stat.MAX, at_least=True)
FAULTS = 0.15
DEAREST = 15


def simulating(bench: Bench) -> Group:
    """Measure days of the simulator; with a profile of one more where it is wanted."""
    group = Group("simulate")
    steps, seeds = bench.plan.steps, range(1, bench.plan.days + 1)
    _day(0, steps, PLAIN)  # Warms up what is made once.
    rates = [_day(seed, steps, PLAIN) for seed in seeds]
    group.add("events per second of one core, memory ports", rates, PER_SECOND, unit="1/s")
    rates = [_day(seed, steps, RICH) for seed in seeds]
    group.add("  under a program with all its parts", rates, unit="1/s")
    if bench.plan.profile:
        group.remarks.append(_profile(steps))
    return group


def _day(seed: int, steps: int, program: Program) -> float:
    """Live through one day; answers with its events per second of the processor's time."""
    began = time.process_time()
    report = run_seed(seed, steps, FAULTS, program)
    seconds = time.process_time() - began
    if report.broken:
        raise MeasurementFailed(f"the simulator found that a promise is broken: {report.broken}")
    return report.events / seconds


def _profile(steps: int) -> str:
    profile = cProfile.Profile()
    profile.runcall(run_seed, 1, steps, FAULTS, PLAIN)
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(DEAREST)
    return told.getvalue()
