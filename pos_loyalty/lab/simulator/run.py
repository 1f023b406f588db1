"""Running seeds, and saying what happened in them."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.simulator.checks import BrokenPromise, check_everything, check_touched
from pos_loyalty.lab.simulator.setting import RICH
from pos_loyalty.lab.simulator.world import World

CALM_EVERY = 1000  # Steps between two moments in which everything is checked.


@dataclass(frozen=True, slots=True)
class SeedReport:
    """One seed's run. `broken` is empty when every promise held."""

    seed: int
    events: int
    seconds: float
    happened: Tally[str]
    broken: str


def run_seed(seed: int, steps: int, faults: float, program: Program = RICH) -> SeedReport:
    """Run one world for so many steps."""
    began = time.perf_counter()
    world = World(seed, faults, program)
    broken = ""
    try:
        for number in range(1, steps + 1):
            check_touched(world, world.step())
            if number % CALM_EVERY == 0 or number == steps:
                world.calm()
                check_everything(world)
    except BrokenPromise as error:
        broken = str(error)
    events = sum(till.journal.head().position.seq for till in world.tills)
    for till in world.tills:
        world.happened.update({fate.value: count for fate, count in till.line.met.items()})
    return SeedReport(seed, events, time.perf_counter() - began, world.happened, broken)


def run_seeds(
    first: int, seeds: int, steps: int, faults: float, program: Program = RICH
) -> Iterator[SeedReport]:
    """Run several worlds, one after the other."""
    return (run_seed(seed, steps, faults, program) for seed in range(first, first + seeds))
