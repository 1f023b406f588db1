"""A line that loses, repeats and delays: what a till calls its server through."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import TypeVar

from pos_loyalty.lab.simulator.central import MemoryBooks
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.wire.messages import (
    Hello,
    HelloReply,
    LeasePasses,
    PassesLeased,
    Pull,
    PullReply,
    Push,
    PushReply,
    Snapshot,
    SnapshotReply,
)

Reply = TypeVar("Reply")
LATE_MAX = 8  # Old requests kept back, to arrive when nobody expects them.


class Fate(Enum):
    """What becomes of one request."""

    ARRIVES = "arrives"
    LOST = "lost"
    ANSWER_LOST = "answer lost"  # Committed, and nobody hears of it.
    TWICE = "twice"
    LATE = "late"  # Lost to the till, delivered some other time.


@dataclass(slots=True)
class Line:
    """One till's line. `faults` is the chance that a request meets one."""

    books: MemoryBooks
    random: Random
    faults: float
    epoch: int = 1
    met: Tally[Fate] = field(default_factory=Tally)
    late: list[Push] = field(default_factory=list)

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends."""
        return self._pass(lambda: self.books.greet(message), None)

    def push(self, message: Push) -> PushReply:
        """Send events."""
        return self._pass(lambda: self.books.accept(message), message)

    def pull(self, message: Pull) -> PullReply:
        """Ask for changes."""
        return self._pass(lambda: self.books.tell(message, self.epoch), None)

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """No index is ever too large here."""
        raise CentralTrouble(Trouble.REFUSED, f"no snapshot behind {message.after!r}")

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Lease passes that nobody will read: they are not what is simulated."""
        return PassesLeased(passes=tuple(f"LY1:{n}" for n in range(message.count)))

    def deliver_late(self) -> None:
        """Let one old request arrive after all; its answer goes nowhere."""
        if self.late:
            self.books.accept(self.late.pop(self.random.randrange(len(self.late))))

    def _pass(self, call: Callable[[], Reply], push: Push | None) -> Reply:
        fate = self._fate()
        self.met[fate] += 1
        if fate is Fate.LOST:
            raise CentralTrouble(Trouble.UNREACHABLE, "lost")
        if fate is Fate.LATE:
            if push is not None and len(self.late) < LATE_MAX:
                self.late.append(push)
            raise CentralTrouble(Trouble.UNREACHABLE, "late")
        if fate is Fate.TWICE:
            call()
        answer = call()
        if fate is Fate.ANSWER_LOST:
            raise CentralTrouble(Trouble.UNREACHABLE, "answer lost")
        return answer

    def _fate(self) -> Fate:
        if self.random.random() >= self.faults:
            return Fate.ARRIVES
        return self.random.choice((Fate.LOST, Fate.ANSWER_LOST, Fate.TWICE, Fate.LATE))
