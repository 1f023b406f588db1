"""Doing something on the ledger thread and waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Answer = TypeVar("Answer")


class OnLedger(Protocol):
    """Runs a job on the ledger thread and answers with its result, or raises what it raised."""

    def __call__(self, job: Callable[[], Answer], /) -> Answer:
        """Run `job` and wait."""
