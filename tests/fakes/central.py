"""A central server in memory that keeps a till's chain, and can be made to misbehave."""

from __future__ import annotations

from base64 import b64encode
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from pos_loyalty.domain.events import GENESIS, Event
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.sync.pull import (
    pull_all,
)
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.changes import (
    Change,
)
from pos_loyalty.wire.events import events_of
from pos_loyalty.wire.messages import (
    ChainBroken,
    EventResult,
    HeadTold,
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
from tests.fakes.clock import MORNING
from tests.fakes.counter import (
    a_pass,
    here,
)


class FakeCentral:
    """Books events in order. `troubles` are raised one by one, before the call does anything."""

    def __init__(self) -> None:
        self.epoch = 1
        self.server_epoch = 1
        self.protocol = 1
        self.retry_after_s = 0
        self.at: datetime = MORNING
        self.events: list[Event] = []
        self.outcomes: dict[int, str] = {}  # By sequence; applied otherwise.
        self.troubles: deque[CentralTrouble] = deque()
        self.calls: list[str] = []
        self.greeted: Hello | None = None
        self.pushes: list[Push] = []
        self.pulls: list[Pull] = []
        self.pages: deque[PullReply] = deque()
        self.index: list[bytes] = []  # Lines of the compact index, sorted.
        self.page_lines = 2
        self.leases = 0
        self.mangle: Callable[[PushReply], PushReply] = lambda reply: reply
        self.before: Callable[[str], None] = lambda _: None

    def hello(self, message: Hello) -> HelloReply:
        self._arrive("hello")
        self.greeted = message
        return HelloReply(
            protocol=self.protocol,
            server_epoch=self.server_epoch,
            head=HeadTold(epoch=self.epoch, seq=len(self.events), hash=self._head().hex()),
            at=self.at,
            retry_after_s=self.retry_after_s,
        )

    def push(self, message: Push) -> PushReply:
        self._arrive("push")
        self.pushes.append(message)
        expected = len(self.events) + 1
        if message.first_seq > expected:
            return self.mangle(
                self._reply(message, refused=ChainBroken(kind="gap", expected_seq=expected))
            )
        new = [e for e in events_of(message) if e.header.position.seq >= expected]
        self.events.extend(new)
        seqs = range(message.first_seq, message.first_seq + len(message.events))
        results = tuple(
            EventResult.model_validate({"seq": s, "outcome": self.outcomes.get(s, "applied")})
            for s in seqs
        )
        return self.mangle(self._reply(message, results=results))

    def pull(self, message: Pull) -> PullReply:
        self._arrive("pull")
        self.pulls.append(message)
        if self.pages:
            return self.pages.popleft()
        return self.page(cursor=message.cursor or "1")

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        self._arrive("snapshot")
        after = bytes.fromhex(message.after)
        rest = [line for line in self.index if line[:12] > after]
        lines = rest[: self.page_lines]
        return SnapshotReply(
            server_epoch=self.server_epoch,
            packed=b64encode(b"".join(lines)).decode(),
            entries=len(lines),
            total=len(self.index),
            more=len(rest) > len(lines),
        )

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        self._arrive("lease_passes")
        self.leases += 1
        first = 10_000 * self.leases
        return PassesLeased(passes=tuple(a_pass(first + n) for n in range(min(message.count, 3))))

    def page(
        self, *changes: Change, cursor: str, more: bool = False, snapshot_required: bool = False
    ) -> PullReply:
        return PullReply(
            server_epoch=self.server_epoch,
            changes=changes,
            cursor=cursor,
            more=more,
            includes_epoch=self.epoch,
            includes_seq=len(self.events),
            at=self.at,
            snapshot_required=snapshot_required,
        )

    def forget(self, through: int) -> None:
        """Be restored from a copy that has the events through this one."""
        del self.events[through:]

    def _arrive(self, call: str) -> None:
        self.before(call)
        self.calls.append(call)
        if self.troubles:
            raise self.troubles.popleft()

    def _head(self) -> bytes:
        return self.events[-1].hash if self.events else GENESIS

    def _reply(
        self,
        message: Push,
        results: Sequence[EventResult] = (),
        refused: ChainBroken | None = None,
    ) -> PushReply:
        return PushReply(
            batch_id=message.batch_id,
            epoch=message.epoch,
            acknowledged_through=len(self.events),
            head_hash=self._head().hex(),
            results=tuple(results),
            refused=refused,
        )


def silent(_loaded: int, _total: int) -> None:
    """Nobody watches."""


def pull(counter: Counter, central: FakeCentral) -> int:
    return pull_all(counter, central, here, silent)


def fail_at(central: FakeCentral, name: str, number: int) -> Callable[[str], None]:
    """Cut the line before call `number` (from 0) of this name."""

    def cut(call: str) -> None:
        if call == name and central.calls.count(name) == number:
            central.troubles.append(CentralTrouble(Trouble.UNREACHABLE, "cut"))

    return cut
