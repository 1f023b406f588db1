"""What a server tells of members, and how a till is asked of them."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from pos_loyalty.ports.members import KnownMember, Members
from pos_loyalty.wire.changes import (
    Change,
    IndexChanged,
    LotTold,
    MemberChanged,
    RecordTold,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
    SnapshotReply,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


ANNA, BORIS, CLARA = (UUID(int=n) for n in (1, 2, 3))


PROGRAM = (
    '{"id": "bottega", "version": %d, "name": {"en": "Bottega"}, "currency": "EUR",'
    ' "valid_from": "2026-01-01", "rules": []}'
)


STORE = StoreChanged(
    store="s1", name="Bottega", zone="Europe/Rome", currency="EUR", language="it", region="IT",
    card_prefixes=("29",),
)  # fmt: skip


def reply(cursor: str = "c1", seq: int = 5) -> PullReply:
    return PullReply(
        server_epoch=1, changes=(), cursor=cursor, more=False, includes_epoch=1,
        includes_seq=seq, at=NOON,
    )  # fmt: skip


def tell(members: Members, *changes: Change) -> None:
    members.apply(changes, reply(), complete=True)


def told(member: UUID, name: str = "", phone: str = "", lots: int = 0) -> MemberChanged:
    return MemberChanged(
        member=member,
        status="active",
        record=RecordTold(name=name, phone=phone),
        lots=tuple(
            LotTold(unit="bottega/points", event_id=UUID(int=n), points=n, expires_on=None)
            for n in range(1, lots + 1)
        ),
    )


def line(
    digest: int, member: UUID, status: Literal["blank", "active", "blocked"] = "active"
) -> IndexChanged:
    return IndexChanged(digest=f"{digest:024x}", member=member, status=status)


def page(digests: list[int], *, more: bool, server_epoch: int = 1) -> SnapshotReply:
    packed = b"".join(d.to_bytes(12) + UUID(int=d).bytes + b"\1" for d in digests)
    return SnapshotReply(
        server_epoch=server_epoch, packed=b64encode(packed).decode(), entries=len(digests),
        total=len(digests), more=more,
    )  # fmt: skip


def names(found: tuple[KnownMember, ...]) -> list[str]:
    return [known.record.name for known in found if known.record is not None]


def search(members: Members, text: str, limit: int = 9) -> list[str]:
    return names(tuple(members.search(text, limit)))
