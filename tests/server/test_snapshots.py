"""The compact index as a whole: how a new till comes to recognise every card."""

from __future__ import annotations

import secrets
from base64 import b64decode
from uuid import UUID

from sqlalchemy import text

from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.server.feed import announce_status
from pos_loyalty.wire.changes import (
    IndexChanged,
)
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.messages import (
    Snapshot,
    SnapshotReply,
)
from tests.server.shop import Shop, ShopTill, ask

ENTRY_BYTES = 29
MANY = 45_000  # Two full pages and a part.


def page(till: ShopTill, after: str = "") -> SnapshotReply:
    asked = Snapshot(terminal=till.terminal, after=after, nonce=secrets.token_hex(8))
    return ask(till.shop, till.seed, "/v1/snapshot", asked, SnapshotReply)


def entries(reply: SnapshotReply) -> dict[str, tuple[UUID, int]]:
    packed = b64decode(reply.packed)
    chunks = [packed[at : at + ENTRY_BYTES] for at in range(0, len(packed), ENTRY_BYTES)]
    return {c[:12].hex(): (UUID(bytes=c[12:28]), c[28]) for c in chunks}


def add_cards(shop: Shop, count: int) -> None:
    """Give so many members cards, faster than by enrolling them."""
    with shop.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO members SELECT gen_random_uuid(), 'active', gen_random_uuid(), NULL "
                "FROM generate_series(1, :count)"
            ),
            {"count": count},
        )
        connection.execute(
            text(
                "INSERT INTO credentials (digest, member) "
                "SELECT substr(sha256(uuid_send(member)), 1, 12), member FROM members"
            )
        )


def test_a_snapshot_of_nothing_is_empty(till: ShopTill) -> None:
    reply = page(till)

    assert (reply.entries, reply.total, reply.more, reply.packed) == (0, 0, False, "")


def test_an_enrolled_card_is_in_the_snapshot_under_its_keyed_hash(
    shop: Shop, till: ShopTill
) -> None:
    (anna,) = till.blank()
    till.enrol(anna, PersonalRecord(card="2400000000017"))
    till.push()

    found = entries(page(till))

    digest = card_digest("2400000000017", shop.identity.index_key).hex()
    assert found == {digest: (anna, 1)}


def test_pages_go_on_behind_the_last_digest_and_leave_nothing_out(
    shop: Shop, till: ShopTill
) -> None:
    add_cards(shop, MANY)
    found: dict[str, tuple[UUID, int]] = {}
    sizes = []
    after, more = "", True
    while more:
        reply = page(till, after)
        sizes.append(reply.entries)
        found |= entries(reply)
        after, more = max(found), reply.more
        assert reply.total == MANY

    assert sizes == [20_000, 20_000, 5_000]
    assert len(found) == MANY
    assert list(found) == sorted(found)


def test_a_new_till_of_a_big_shop_is_sent_to_the_snapshot_and_misses_nothing_after_it(
    shop: Shop, till: ShopTill
) -> None:
    add_cards(shop, MANY)

    first = till.pull()
    (anna,) = till.blank()
    till.enrol(anna, PersonalRecord(card="2400000000017"))
    till.push()
    changes, _ = till.pull_all(first.cursor)

    assert first.snapshot_required
    assert not any(isinstance(change, IndexChanged) for change in first.changes)
    digest = card_digest("2400000000017", shop.identity.index_key).hex()
    assert IndexChanged(digest=digest, member=anna, status="active") in changes
    assert not till.pull(first.cursor).snapshot_required


def test_a_small_index_comes_with_the_pull(shop: Shop, till: ShopTill) -> None:
    add_cards(shop, 1_500)

    changes, _ = till.pull_all()

    assert sum(isinstance(change, IndexChanged) for change in changes) == 1_500


def test_a_blocked_members_card_is_told_again_with_its_new_status(
    shop: Shop, till: ShopTill
) -> None:
    (anna,) = till.blank()
    till.enrol(anna, PersonalRecord(card="2400000000017"))
    till.push()
    _, cursor = till.pull_all()
    with shop.engine.begin() as connection:
        connection.execute(text("UPDATE members SET status = 'blocked'"))
        announce_status(connection, anna)

    changes, _ = till.pull_all(cursor)

    assert [(c.member, c.status) for c in changes if isinstance(c, IndexChanged)] == [
        (anna, "blocked")
    ]
    assert [status for _, status in entries(page(till)).values()] == [2]
