"""What a measurement comes to, and whether it is good enough."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

SAMPLES_MIN, SAMPLES_MAX = 20, 2000
ENOUGH_S = 0.6  # Of one short piece of work, over and over.


class MeasurementFailed(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """What was to be measured did not happen; the message says what."""


class Stat(Enum):
    """Which of many samples is meant."""

    P50 = "p50"
    P99 = "p99"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure must reach: at most `bound`, or at least it where more is better."""

    bound: float
    stat: Stat = Stat.P99
    at_least: bool = False

    def __str__(self) -> str:
        """Say it in the form of the table."""
        return f"{self.stat.value} {'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `limit` None: told, not judged."""

    group: str
    what: str
    unit: str
    samples: int
    p50: float
    p99: float
    max: float
    limit: Limit | None

    @property
    def held(self) -> bool | None:
        """Whether the limit is reached. None: there is none."""
        if self.limit is None:
            return None
        found = {Stat.P50: self.p50, Stat.P99: self.p99, Stat.MAX: self.max}[self.limit.stat]
        return found >= self.limit.bound if self.limit.at_least else found <= self.limit.bound


@dataclass(slots=True)
class Group:
    """The figures of one group as they come, and remarks that belong to them."""

    name: str
    figures: list[Figure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(
        self, what: str, samples: Sequence[float], limit: Limit | None = None, *, unit: str = "ms"
    ) -> Figure:
        """Add one line. Raises MeasurementFailed where nothing was measured."""
        if not samples:
            raise MeasurementFailed(f"{self.name}: nothing was measured of “{what}”")
        in_order = sorted(samples)
        p50, p99 = (in_order[rank(len(in_order), percent)] for percent in (50, 99))
        figure = Figure(self.name, what, unit, len(in_order), p50, p99, in_order[-1], limit)
        self.figures.append(figure)
        return figure

    def compare(
        self, what: str, measured: Figure, against: Figure, stat: Stat, limit: Limit | None = None
    ) -> None:
        """Add how many times `against` a figure is: it depends less on the machine."""
        times = {
            Stat.P50: measured.p50 / against.p50,
            Stat.P99: measured.p99 / against.p99,
            Stat.MAX: measured.max / against.max,
        }[stat]
        self.add(f"{what}, {stat.value}", (times,), limit, unit="×")


def rank(count: int, percent: int) -> int:
    """Tell the place of a percentile among `count` samples in order (nearest rank)."""
    return max(0, -(-count * percent // 100) - 1)


def times_ms(work: Callable[[], object], *, enough_s: float = ENOUGH_S) -> list[float]:
    """Do a short piece of work over and over; answers with how long each took."""
    work()  # What is made at the first use is not what is measured.
    samples: list[float] = []
    until = time.perf_counter() + enough_s
    while len(samples) < SAMPLES_MAX:
        began = time.perf_counter()
        work()
        ended = time.perf_counter()
        samples.append((ended - began) * 1000)
        if ended > until and len(samples) >= SAMPLES_MIN:
            break
    return samples


def took_ms(work: Callable[[], object]) -> float:
    """Do something once; answers with how long it took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
