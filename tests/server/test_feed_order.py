"""Nothing that changes is ever skipped, however it races with those who read."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import text

from pos_loyalty.server.admin import put_products
from pos_loyalty.server.feed import EVERYWHERE, announce
from pos_loyalty.server.pull import WEIGHT_MAX
from pos_loyalty.wire.changes import (
    ProductChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
)
from tests.server.calls import members_in, product
from tests.server.shop import Shop, ShopTill


def test_a_change_that_commits_late_is_never_skipped(shop: Shop, till: ShopTill) -> None:
    _, cursor = till.pull_all()
    with shop.engine.connect() as slow, slow.begin():
        put_products(slow, [product("slow")])
        with shop.engine.begin() as quick:
            put_products(quick, [product("quick")])

        early, cursor = till.pull_all(cursor)
    late, _ = till.pull_all(cursor)

    told = [change.sku for change in [*early, *late] if isinstance(change, ProductChanged)]
    assert sorted(told) == ["quick", "slow"]


def test_racing_changes_all_arrive_while_they_are_being_pulled(shop: Shop, till: ShopTill) -> None:
    _, cursor = till.pull_all()
    writers, each = 6, 25
    done = threading.Barrier(writers + 1)

    def write(number: int) -> None:
        for line in range(each):
            with shop.engine.begin() as connection:
                announced = f"{number}-{line}"
                put_products(connection, [product(announced)])
        done.wait(60)

    told: list[str] = []
    with ThreadPoolExecutor(writers) as pool:
        for number in range(writers):
            pool.submit(write, number)
        while done.n_waiting < writers:
            reply = till.pull(cursor)
            cursor = reply.cursor
            told += [change.sku for change in reply.changes if isinstance(change, ProductChanged)]
        done.wait(60)
    changes, _ = till.pull_all(cursor)
    told += [change.sku for change in changes if isinstance(change, ProductChanged)]

    assert sorted(told) == sorted(f"{n}-{line}" for n in range(writers) for line in range(each))


def pages_of(till: ShopTill) -> list[PullReply]:
    pages = [till.pull()]
    while pages[-1].more:
        pages.append(till.pull(pages[-1].cursor))
    return pages


def test_a_long_feed_comes_in_pages_without_gaps_or_repetitions(shop: Shop, till: ShopTill) -> None:
    with shop.engine.begin() as connection:
        put_products(connection, [product(f"{number:05}") for number in range(2_500)])

    pages = pages_of(till)

    told = [c.sku for page in pages for c in page.changes if isinstance(c, ProductChanged)]
    assert [len(page.changes) for page in pages] == [1000, 1000, 502]
    assert told == [f"{number:05}" for number in range(2_500)]


def test_a_page_does_not_grow_with_the_lots_of_its_members(shop: Shop, till: ShopTill) -> None:
    members = till.blank(4)
    for member in members:
        till.sell(member, 1)
    till.push()
    with shop.engine.begin() as connection:
        many = "SELECT member, 'bottega/points', gen_random_uuid(), 1 FROM members"
        connection.execute(
            text(f"INSERT INTO lots {many}, generate_series(1, {WEIGHT_MAX * 2 // 3})")
        )

    told = [list(members_in(page.changes)) for page in pages_of(till)]

    assert max(len(page) for page in told) == 1
    assert sorted(m for page in told for m in page) == sorted(members)


def test_a_thing_that_is_gone_does_not_stop_the_feed(shop: Shop, till: ShopTill) -> None:
    with shop.engine.begin() as connection:
        announce(connection, "product", ["vanished"], EVERYWHERE)
        put_products(connection, [product("there")])

    changes, cursor = till.pull_all()

    assert product("there") in changes
    assert till.pull(cursor).changes == ()


@pytest.mark.parametrize("cursor", ["nonsense", "1.2-3", f"{2**70}.0-0.0", "1.1-1.1-1.1"])
def test_a_cursor_that_is_none_of_ours_begins_again(till: ShopTill, cursor: str) -> None:
    assert till.pull(cursor).changes == till.pull().changes != ()


def test_later_changes_never_have_an_earlier_place(shop: Shop, till: ShopTill) -> None:
    for number in range(5):
        with shop.engine.begin() as connection:
            put_products(connection, [product(str(number))])
    _, cursor = till.pull_all()

    places = shop.rows("SELECT xid::text::bigint AS xid, id FROM changes ORDER BY xid, id")

    assert all(a < b for a, b in pairwise((row.xid, row.id) for row in places))
    assert cursor.endswith(f"{places[-1].xid}.{places[-1].id}")
