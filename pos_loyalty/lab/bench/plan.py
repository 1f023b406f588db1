"""How much is measured, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CHAIN = 1_000_000  # Members of a large chain: what the figures are promised for.


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the shop is and how often things are done. The usual figures are the promises'."""

    members: int = CHAIN
    sales: int = 500
    scans: int = 300
    events: int = 100_000  # In the journal of a till that starts.
    starts: int = 5
    days: int = 5  # Of the simulator.
    steps: int = 2000  # Of each day.
    profile: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """A plan, and a folder on the disk that is measured."""

    plan: Plan
    folder: Path
