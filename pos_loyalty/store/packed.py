"""Lines of the compact index: as they travel in a snapshot, and what they say together."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable

from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.wire.index import DIGEST_BYTES
from pos_loyalty.wire.messages import SNAPSHOT_ENTRIES_MAX, SnapshotReply

Line = tuple[bytes, bytes, int]  # Digest, member, status code.

STATUSES = (MemberStatus.BLANK, MemberStatus.ACTIVE, MemberStatus.BLOCKED)  # By code.
CODES = {status: code for code, status in enumerate(STATUSES)}
MEMBER_END = DIGEST_BYTES + 16
LINE_BYTES = MEMBER_END + 1

_BEST_FIRST = (MemberStatus.ACTIVE, MemberStatus.BLANK, MemberStatus.BLOCKED)


def unpack(page: SnapshotReply, after: bytes) -> list[Line]:
    """Read a page that goes on behind the digest `after`.

    Raises ValueError for a page that is cut, out of order, or not behind `after`.
    """
    raw = b64decode(page.packed, validate=True)
    if len(raw) != page.entries * LINE_BYTES or page.entries > SNAPSHOT_ENTRIES_MAX:
        raise ValueError(f"{len(raw)} bytes are not {page.entries} lines of the index")
    lines = [
        (
            raw[at : at + DIGEST_BYTES],
            raw[at + DIGEST_BYTES : at + MEMBER_END],
            raw[at + MEMBER_END],
        )
        for at in range(0, len(raw), LINE_BYTES)
    ]
    last = after
    for digest, _, code in lines:
        if digest <= last or code >= len(STATUSES):
            raise ValueError(f"the line of {digest.hex()} does not follow that of {last.hex()}")
        last = digest
    return lines


def best(statuses: Iterable[MemberStatus]) -> MemberStatus | None:
    """Tell what a member is who has these lines. None without any.

    One lost card of two is blocked; she is not.
    """
    found = set(statuses)
    return next((status for status in _BEST_FIRST if status in found), None)
