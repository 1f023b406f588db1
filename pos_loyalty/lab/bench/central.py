"""A server in memory that hears and tells everything as the JSON it would be on the line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.shop import KNOWN, PROGRAM, member, member_pass, pages
from pos_loyalty.lab.simulator.central import MemoryBooks
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
from pos_loyalty.wire.program_document import read_program

FIRST_BLANK = 10_000_000_000  # Passes of members who do not exist yet.


class BenchCentral:
    """The server of the bench's chain. Used from one thread."""

    def __init__(self, bench: Bench) -> None:
        program = read_program(PROGRAM, "bench.toml")
        self._books = MemoryBooks((program,), datetime.now(UTC))
        known = (member(number) for number in range(min(KNOWN, bench.plan.members)))
        self._books.members.update(dict.fromkeys(known, MemberStatus.ACTIVE))
        self._members = bench.plan.members
        self._pages: Iterator[str] = iter(())
        self._leased = FIRST_BLANK

    def make_ready(self) -> None:
        """Sort the whole index now, not when its first page is asked for."""
        self._pages = iter([page.model_dump_json() for page in pages(self._members)])

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends."""
        self._books.now = datetime.now(UTC)
        reply = self._books.greet(Hello.model_validate_json(message.model_dump_json()))
        return HelloReply.model_validate_json(reply.model_dump_json())

    def push(self, message: Push) -> PushReply:
        """Take events."""
        reply = self._books.accept(Push.model_validate_json(message.model_dump_json()))
        return PushReply.model_validate_json(reply.model_dump_json())

    def pull(self, message: Pull) -> PullReply:
        """Tell what has changed."""
        reply = self._books.tell(message, epoch=1)
        return PullReply.model_validate_json(reply.model_dump_json())

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Tell the next page; nobody asks for one again."""
        del message
        return SnapshotReply.model_validate_json(next(self._pages))

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Lease passes."""
        self._leased += message.count
        numbers = range(self._leased - message.count, self._leased)
        return PassesLeased(passes=tuple(member_pass(number) for number in numbers))
