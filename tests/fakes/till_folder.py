"""The folder of a till that was online once, made without a server."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.ids import StoreId, TerminalId
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.store.key import KEY_FILE
from pos_loyalty.terminal.identity import keep_identity
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.changes import (
    Change,
)
from pos_loyalty.wire.seals import public_key
from tests.fakes.clock import FakeClock, FixedIds
from tests.fakes.counter import INDEX_KEY, SERVER_SEED, a_pass, tell, the_shop

KEY = b"the key of the files of a test.."
SEED = b"the seed of a till under test..."
NOBODY = "http://127.0.0.1:9"  # The port of "discard": no server of ours.


def a_till_folder(folder: Path, *changes: Change, url: str = NOBODY, till: int = 1) -> Path:
    """Make a till of the shop that knows its store, its staff, and what `changes` tell."""
    folder.mkdir(parents=True, exist_ok=True)
    key_file = folder / KEY_FILE
    key_file.write_text(KEY.hex(), encoding="ascii")
    key_file.chmod(0o600)
    identity = TillIdentity(
        terminal=TerminalId(UUID(int=0x7111 + till)),
        till=f"Till {till}",
        store=StoreId("centro"),
        url=url,
        server_key=public_key(SERVER_SEED),
        server_epoch=1,
        index_key=INDEX_KEY,
    )
    journal = open_journal(folder, KEY, identity.terminal)
    keep_identity(folder, journal, identity, SEED)
    members = open_members(folder, KEY)
    tell(Counter(identity, journal, members, FakeClock(), FixedIds(till)), *the_shop(), *changes)
    members.add_passes(a_pass(100 * till + number) for number in range(5))
    members.close()
    journal.close()
    return folder
