"""Pages of the compact index, in the order of its digests: resumable after any page."""

from __future__ import annotations

from base64 import b64encode

from sqlalchemy import Connection, func, select

from pos_loyalty.server.tables import credentials, members
from pos_loyalty.wire.messages import SNAPSHOT_ENTRIES_MAX, Snapshot, SnapshotReply

STATUS_BYTES = {"blank": b"\x00", "active": b"\x01", "blocked": b"\x02"}


def snapshot(connection: Connection, message: Snapshot, server_epoch: int) -> SnapshotReply:
    """Answer with the page behind `message.after`. The transaction is to be REPEATABLE READ."""
    query = (
        select(credentials.c.digest, credentials.c.member, members.c.status)
        .join(members, members.c.member == credentials.c.member)
        .where(credentials.c.digest > bytes.fromhex(message.after))
        .order_by(credentials.c.digest)
        .limit(SNAPSHOT_ENTRIES_MAX + 1)
    )
    rows = connection.execute(query).all()
    page = rows[:SNAPSHOT_ENTRIES_MAX]
    packed = b"".join(row.digest + row.member.bytes + STATUS_BYTES[row.status] for row in page)
    total = connection.execute(select(func.count()).select_from(credentials)).scalar_one()
    return SnapshotReply(
        server_epoch=server_epoch,
        packed=b64encode(packed).decode(),
        entries=len(page),
        total=total,
        more=len(rows) > len(page),
    )
