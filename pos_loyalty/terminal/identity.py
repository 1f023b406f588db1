"""Which till this folder is, kept beside the databases; what is secret of it lies inside them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.ids import StoreId, TerminalId
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.journal import Journal

FILE = "till.json"
SEED_NOTE = "till-seed"
INDEX_NOTE = "index-key"


class NoIdentity(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The folder does not tell which till it is; `detail` is a sentence for whoever mends it."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def is_enrolled(folder: Path) -> bool:
    """Whether this folder is a till already."""
    return (folder / FILE).exists()


def terminal_of(folder: Path) -> TerminalId:
    """Tell the terminal id. Raises NoIdentity when the file is not what we wrote."""
    with _as_we_wrote_it(folder):
        return TerminalId(UUID(str(_told(folder)["terminal"])))


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
    """Read who we are, and the seed that signs for us. Raises NoIdentity."""
    seed, index_key = journal.note(SEED_NOTE), journal.note(INDEX_NOTE)
    if seed is None or index_key is None:
        raise NoIdentity(
            f"the journal in {folder} holds no key of this till: it is another folder's. "
            "Put the right one back from a backup, or enrol a till in a new folder."
        )
    with _as_we_wrote_it(folder):
        told = _told(folder)
        till = TillIdentity(
            terminal=TerminalId(UUID(str(told["terminal"]))),
            till=told["till"],
            store=StoreId(told["store"]),
            url=told["url"],
            server_key=bytes.fromhex(told["server_key"]),
            server_epoch=int(told["server_epoch"]),
            index_key=bytes.fromhex(index_key),
        )
    return till, bytes.fromhex(seed)


@contextmanager
def _as_we_wrote_it(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoIdentity(
            f"{folder / FILE} is not what this program wrote ({type(error).__name__}). "
            "Put it back from a backup; the journal beside it is untouched."
        ) from error


def _told(folder: Path) -> dict[str, str]:
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        msg = f"{FILE} is not what this program wrote"
        raise ValueError(msg)  # noqa: TRY004 - of the file, not of the code
    return told
