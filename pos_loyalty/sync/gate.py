"""The central server behind a gate: each call asks first whether it may go through."""

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


class Gate:
    """A Central whose calls go to what `through` gives; it raises while there is no way."""

    def __init__(self, through: Callable[[], Central]) -> None:
        self._through = through

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends."""
        return self._through().hello(message)

    def push(self, message: Push) -> PushReply:
        """Send consecutive events."""
        return self._through().push(message)

    def pull(self, message: Pull) -> PullReply:
        """Ask for changes."""
        return self._through().pull(message)

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Ask for a page of the compact index."""
        return self._through().snapshot(message)

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Ask for blank passes."""
        return self._through().lease_passes(message)


def until_stopped(central: Central, is_stopping: Callable[[], bool]) -> Gate:
    """Let calls through until the till is being closed; then each raises Stopped."""

    def through() -> Central:
        if is_stopping():
            raise Stopped
        return central

    return Gate(through)
