"""A network cable that can be pulled: the demo's way to be offline."""

from __future__ import annotations

from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
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


class Cable:
    """Passes calls on to the server while it is in; nobody answers while it is out."""

    def __init__(self) -> None:
        self.plugged = True
        self._central: Central | None = None

    def to(self, central: Central) -> Central:
        """Connect it to the server, and stand in its place."""
        self._central = central
        return self

    def hello(self, message: Hello) -> HelloReply:
        """Pass it on."""
        return self._server().hello(message)

    def push(self, message: Push) -> PushReply:
        """Pass it on."""
        return self._server().push(message)

    def pull(self, message: Pull) -> PullReply:
        """Pass it on."""
        return self._server().pull(message)

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Pass it on."""
        return self._server().snapshot(message)

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Pass it on."""
        return self._server().lease_passes(message)

    def _server(self) -> Central:
        if self._central is None or not self.plugged:
            raise CentralTrouble(Trouble.UNREACHABLE, "the cable is out")
        return self._central
