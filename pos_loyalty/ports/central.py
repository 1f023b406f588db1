"""The central server as the till sees it."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

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


class Trouble(Enum):
    """Why a call brought no answer that counts."""

    UNREACHABLE = (
        "unreachable"  # No line, no name, no time, or a server fault: the same again later.
    )
    BUSY = "busy"  # 429, 503: later, when it said.
    PORTAL = "portal"  # Something in between answered, not our server.
    NOT_OURS = "not-ours"  # The signature does not hold.
    UNKNOWN_TILL = "unknown-till"  # 401: this till is to be enrolled again.
    REVOKED = "revoked"  # 403.
    TOO_LARGE = "too-large"  # 413: half of it.
    TOO_OLD = "too-old"  # 426: this program is to be upgraded.
    REFUSED = "refused"  # Another 4xx: a person has to look.


class CentralTrouble(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The server gave no answer that counts. Nothing is ever dropped because of it."""

    def __init__(
        self, trouble: Trouble, detail: str = "", retry_after_s: int | None = None
    ) -> None:
        super().__init__(f"{trouble.value}: {detail}")
        self.trouble = trouble
        self.detail = detail
        self.retry_after_s = retry_after_s


class Central(Protocol):
    """The calls of the protocol; each raises CentralTrouble."""

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends, hear where the server believes it does."""

    def push(self, message: Push) -> PushReply:
        """Send consecutive events."""

    def pull(self, message: Pull) -> PullReply:
        """Ask for changes."""

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Ask for a page of the compact index."""

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Ask for blank passes."""
