"""Who this server is: the key its words are signed with, and the key of the compact index."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, insert, select

from pos_loyalty.server.tables import identity
from pos_loyalty.wire.seals import new_seed, public_key

INDEX_KEY_BYTES = 32


@dataclass(frozen=True)
class Identity:
    """The secrets of one server; `server_epoch` changes when it is restored from a backup."""

    seed: bytes
    index_key: bytes
    server_epoch: int

    @cached_property
    def server_key(self) -> bytes:
        """The public half, which tills pin."""
        return public_key(self.seed)


def ensure_identity(connection: Connection) -> None:
    """Make the server's secrets unless they are there."""
    if connection.execute(select(identity.c.one)).first() is None:
        row = {
            "one": True,
            "signing_seed": new_seed(),
            "index_key": secrets.token_bytes(INDEX_KEY_BYTES),
            "server_epoch": 1,
        }
        connection.execute(insert(identity).values(row))


def read_identity(connection: Connection) -> Identity:
    """Read the server's secrets."""
    row = connection.execute(select(identity)).one()
    return Identity(row.signing_seed, row.index_key, row.server_epoch)
