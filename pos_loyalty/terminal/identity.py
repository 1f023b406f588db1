"""Which till this folder is, kept beside the databases; what is secret of it lies inside them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.ids import StoreId, TerminalId
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import Journal

FILE = "till.json"
SEED_NOTE = "till-seed"
INDEX_NOTE = "index-key"


def is_enrolled(folder: Path) -> bool:
    """Whether this folder is a till already."""
    return (folder / FILE).exists()


def terminal_of(folder: Path) -> TerminalId:
    """Tell the terminal id. Raises ValueError or OSError when the file is not what we wrote."""
    return TerminalId(UUID(_told(folder)["terminal"]))


def keep_identity(folder: Path, journal: Journal, till: TillIdentity, seed: bytes) -> None:
    """Keep who we are: secrets first, in the encrypted journal; the open file last and whole."""
    journal.keep_note(SEED_NOTE, seed.hex())
    journal.keep_note(INDEX_NOTE, till.index_key.hex())
    told = {
        "terminal": str(till.terminal),
        "till": till.till,
        "store": till.store,
        "url": till.url,
        "server_key": till.server_key.hex(),
        "server_epoch": till.server_epoch,
    }
    fresh = folder / (FILE + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(told, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE)


def read_identity(folder: Path, journal: Journal) -> tuple[TillIdentity, bytes]:
    """Read who we are, and the seed that signs for us. Raises ValueError when a part is missing."""
    told = _told(folder)
    seed, index_key = journal.note(SEED_NOTE), journal.note(INDEX_NOTE)
    if seed is None or index_key is None:
        msg = "the journal holds no key of this till"
        raise ValueError(msg)
    till = TillIdentity(
        terminal=TerminalId(UUID(told["terminal"])),
        till=told["till"],
        store=StoreId(told["store"]),
        url=told["url"],
        server_key=bytes.fromhex(told["server_key"]),
        server_epoch=int(told["server_epoch"]),
        index_key=bytes.fromhex(index_key),
    )
    return till, bytes.fromhex(seed)


def _told(folder: Path) -> dict[str, str]:
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        msg = f"{FILE} is not what this program wrote"
        raise ValueError(msg)  # noqa: TRY004 - of the file, not of the code
    return told
