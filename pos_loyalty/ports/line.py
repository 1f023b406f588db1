"""What the status bar and the log know of the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pos_loyalty.ports.central import Trouble
from pos_loyalty.ports.members import UnreadProgram


class Alarm(Enum):
    """What a person has to look at; selling goes on."""

    FORK = "fork"  # The server holds another event in our place: this till was cloned or restored.
    BEHIND = (
        "behind"  # The server holds more of our journal than we do: an older copy was put back.
    )
    BROKEN = "broken"  # The server cannot follow our chain.
    REVOKED = "revoked"
    UNKNOWN_TILL = "unknown-till"
    TOO_OLD = "too-old"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the line is, as of now. `online` None: not tried yet."""

    online: bool | None = None
    since: datetime | None = None  # Since when it is so.
    last_good_at: datetime | None = None  # The last sync that went all the way.
    trouble: Trouble | None = None
    detail: str = ""
    retry_at: datetime | None = None
    alarm: Alarm | None = None
    unsent: int = 0
    oldest_unsent_at: datetime | None = None
    parked: int = 0
    loaded: int = 0  # Lines of the index loaded so far, while a snapshot loads.
    to_load: int = 0  # 0: no snapshot loads.
    unread: tuple[UnreadProgram, ...] = ()  # Programs of which an older version goes on.
