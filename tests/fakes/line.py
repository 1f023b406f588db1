"""A sync loop at a counter, its server, and somebody who watches the line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.line import SyncState
from pos_loyalty.sync.loop import Line, SyncLoop
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.sell import sell
from tests.fakes.central import FakeCentral
from tests.fakes.clock import FakeClock
from tests.fakes.counter import ROSA, a_counter, checkout

Answer = TypeVar("Answer")


PATIENCE_S = 10


LONG_S = 3600


class Bench:
    """A sync loop, its server, and what it told whoever watches."""

    def __init__(self, counter: Counter | None = None, every_s: float = LONG_S) -> None:
        self.clock = FakeClock()
        self.counter = counter or a_counter(clock=self.clock)
        self.central = FakeCentral()
        self.heard: list[datetime] = []
        self.disk: JournalFault | None = None
        self._told = threading.Condition()
        self.states: list[SyncState] = []
        line = Line(self.counter, self.central, self.on_ledger, self.hear, "1.0")
        self.loop = SyncLoop(line, self.watch, lambda: 0.5, every_s)

    def on_ledger(self, job: Callable[[], Answer], /) -> Answer:
        if self.disk is not None:
            raise self.disk
        return job()

    def hear(self, server_at: datetime) -> None:
        self.heard.append(server_at)

    def watch(self, state: SyncState) -> None:
        with self._told:
            self.states.append(state)
            self._told.notify_all()

    def wait_for(self, what: Callable[[SyncState], bool]) -> SyncState:
        """Wait until a state is told that is as wished."""
        with self._told:
            assert self._told.wait_for(lambda: any(map(what, self.states)), PATIENCE_S), self.states
            return next(state for state in self.states if what(state))

    def forget(self) -> None:
        with self._told:
            self.states.clear()

    def sell(self) -> None:
        sell(self.counter, ROSA, None, checkout(self.counter))


def is_good(state: SyncState) -> bool:
    return state.online is True and state.unsent == 0 and state.last_good_at is not None


def is_offline(state: SyncState) -> bool:
    return state.online is False
