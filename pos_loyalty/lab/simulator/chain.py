"""A till's journal as the server in memory holds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_loyalty.domain.events import GENESIS
from pos_loyalty.wire.messages import EventResult


@dataclass(slots=True)
class Chain:
    """What the server holds of one epoch of one till."""

    hashes: list[bytes] = field(default_factory=lambda: [GENESIS])
    results: list[EventResult] = field(default_factory=list)

    @property
    def seq(self) -> int:
        """The last sequence held."""
        return len(self.hashes) - 1
