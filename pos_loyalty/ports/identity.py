"""Which till this is."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.ids import StoreId, TerminalId


@dataclass(frozen=True, slots=True)
class TillIdentity:
    """What the server told when this computer became a till; all of it public but `index_key`."""

    terminal: TerminalId
    till: str  # What people call it, as in "Till 2".
    store: StoreId
    url: str  # Of the central server, without a slash at the end.
    server_key: bytes
    server_epoch: int
    index_key: bytes  # Hashes card numbers for the compact index.
