"""Making this computer a till: a key of its own, a one-time code, and the first pull."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from pathlib import Path

from pos_loyalty.domain.ids import StoreId, TerminalId
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.store.folder import open_journal
from pos_loyalty.store.key import open_key
from pos_loyalty.store.lock import TillLock
from pos_loyalty.store.place import check_place
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.sync.loop import talk
from pos_loyalty.terminal.back_room import open_back_room
from pos_loyalty.terminal.identity import is_enrolled, keep_identity
from pos_loyalty.wire.enrolment_code import read_code
from pos_loyalty.wire.messages import EnrolTill
from pos_loyalty.wire.seals import new_seed, public_key

NONCE_BYTES = 8


class AlreadyTill(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The folder is a till's already; another one needs another folder."""


def enrol_till(folder: Path, code: str) -> TillIdentity:
    """Make `folder` a till and let it hear everything once.

    Raises AlreadyTill, ValueError for a code that is none, CentralTrouble when the server does not
    answer or does not take the code, StoreFault or JournalFault when the folder is not good.
    """
    read_code(code)  # Before a folder is made for nothing.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    check_place(folder)
    with ExitStack() as stack:
        stack.callback(TillLock(folder).release)
        if is_enrolled(folder):
            raise AlreadyTill(str(folder))
        identity, seed = become_till(code)
        journal = open_journal(folder, open_key(folder), identity.terminal)
        stack.callback(journal.close)
        keep_identity(folder, journal, identity, seed)
    with open_back_room(folder) as back_room:
        talk(back_room.line(), lambda _loaded, _total: None)
    return identity


def become_till(code: str) -> tuple[TillIdentity, bytes]:
    """Hand in a one-time code: answers who this till is, and the seed that signs for it.

    Raises ValueError for a code that is none, CentralTrouble when the server does not take it.
    """
    invitation, seed = read_code(code), new_seed()
    central = HttpCentral(invitation.url, seed, b"")
    asked = EnrolTill(
        code=invitation.secret,
        public_key=public_key(seed).hex(),
        nonce=secrets.token_hex(NONCE_BYTES),
    )
    try:
        told = central.enrol(asked, invitation.server_key_id)
    finally:
        central.close()
    identity = TillIdentity(
        terminal=TerminalId(told.terminal),
        till=told.till,
        store=StoreId(told.store),
        url=invitation.url,
        server_key=bytes.fromhex(told.server_key),
        server_epoch=told.server_epoch,
        index_key=bytes.fromhex(told.index_key),
    )
    return identity, seed
