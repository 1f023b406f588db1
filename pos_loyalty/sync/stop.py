"""How a round ends early: no further call is made once the till is being closed."""

from __future__ import annotations

from collections.abc import Callable

from pos_loyalty.ports.central import Central
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


class Stopped(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The till is being closed; what was not sent stays in the journal."""


class UntilStopped:
    """The central server, until the till is being closed; then each call raises Stopped."""

    def __init__(self, central: Central, is_stopping: Callable[[], bool]) -> None:
        self._central = central
        self._is_stopping = is_stopping

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends."""
        return self._open().hello(message)

    def push(self, message: Push) -> PushReply:
        """Send consecutive events."""
        return self._open().push(message)

    def pull(self, message: Pull) -> PullReply:
        """Ask for changes."""
        return self._open().pull(message)

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Ask for a page of the compact index."""
        return self._open().snapshot(message)

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Ask for blank passes."""
        return self._open().lease_passes(message)

    def _open(self) -> Central:
        if self._is_stopping():
            raise Stopped
        return self._central
