"""What tills are told, and that nothing is ever skipped."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import text

from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.server.admin import (
    NewStaff,
    put_products,
    put_staff,
    revoke_product,
    revoke_staff,
)
from pos_loyalty.server.feed import EVERYWHERE, announce
from pos_loyalty.server.pull import WEIGHT_MAX
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.messages import (
    Change,
    IndexChanged,
    MemberChanged,
    ProductChanged,
    ProgramPublished,
    PullReply,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.pins import pin_matches
from pos_loyalty.wire.program_document import read_program
from tests.server.shop import OPENING, Shop, ShopTill


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    return shop.till()


def members_in(changes: Iterable[Change]) -> dict[UUID, MemberChanged]:
    return {change.member: change for change in changes if isinstance(change, MemberChanged)}


def product(sku: str, price_minor: int = 250) -> ProductChanged:
    return ProductChanged(sku=sku, name="Caffè", price_minor=price_minor, category="bar")


def test_a_new_till_learns_its_store_its_staff_its_program_and_the_catalogue(
    shop: Shop, till: ShopTill
) -> None:
    with shop.engine.begin() as connection:
        put_staff(connection, NewStaff("bologna", "anna", "Anna R.", "manager", "4711"))
        put_products(connection, [product("08001120891234")])

    changes, _ = till.pull_all()

    told = {type(change): change for change in changes}
    store, who = told[StoreChanged], told[StaffChanged]
    assert isinstance(store, StoreChanged)
    assert (store.store, store.card_prefixes) == ("bologna", ("24",))
    assert isinstance(who, StaffChanged)
    assert (who.role, who.active, pin_matches(who.pin_hash, "4711")) == ("manager", True, True)
    program = told[ProgramPublished]
    assert isinstance(program, ProgramPublished)
    assert read_program(program.document, "bottega.json").id == "bottega"
    assert told[ProductChanged] == product("08001120891234")
    assert len(changes) == 4


def test_what_was_told_once_is_not_told_again_until_it_changes(shop: Shop, till: ShopTill) -> None:
    _, cursor = till.pull_all()
    assert till.pull(cursor).changes == ()
    with shop.engine.begin() as connection:
        put_products(connection, [product("1", 250)])
    changes, cursor = till.pull_all(cursor)
    assert changes == [product("1", 250)]
    with shop.engine.begin() as connection:
        revoke_product(connection, "1")

    assert till.pull(cursor).changes == (product("1", 250).model_copy(update={"sold": False}),)


def test_somebody_who_left_is_told_without_her_pin(shop: Shop, till: ShopTill) -> None:
    with shop.engine.begin() as connection:
        put_staff(connection, NewStaff("bologna", "anna", "Anna R.", "cashier", "4711", "BADGE"))
        revoke_staff(connection, "bologna", "anna")

    changes, _ = till.pull_all()

    (left,) = (change for change in changes if isinstance(change, StaffChanged))
    assert (left.active, left.pin_hash, left.badge_digest) == (False, "", "")


def test_the_other_stores_staff_is_not_told(shop: Shop, till: ShopTill) -> None:
    shop.store("milano")
    with shop.engine.begin() as connection:
        put_staff(connection, NewStaff("milano", "anna", "Anna R.", "manager", "4711"))

    changes, _ = till.pull_all()

    assert not any(isinstance(change, StaffChanged) for change in changes)


def test_a_members_record_goes_to_her_store_and_only_her_card_to_the_others(
    shop: Shop, till: ShopTill
) -> None:
    shop.store("milano")
    elsewhere = shop.till("milano")
    (anna,) = till.blank()
    till.enrol(anna, PersonalRecord(name="Anna", phone="+390511", card="2400000000017"))
    till.sell(anna, 12)
    till.push()

    here, there = till.pull_all()[0], elsewhere.pull_all()[0]

    told = members_in(here)[anna]
    assert told.record is not None
    assert (told.record.name, told.status) == ("Anna", "active")
    assert [(lot.unit, lot.points) for lot in told.lots] == [("bottega/points", 12)]
    digest = card_digest("2400000000017", shop.identity.index_key).hex()
    line = IndexChanged(digest=digest, member=anna, status="active")
    assert members_in(there) == {}
    assert line in there
    assert line in here
    assert "Anna" not in repr(there)


def test_where_she_shops_her_record_is_told_from_then_on(shop: Shop, till: ShopTill) -> None:
    shop.store("milano")
    elsewhere = shop.till("milano")
    (anna,) = till.blank()
    till.enrol(anna)
    till.push()
    _, cursor = elsewhere.pull_all()

    elsewhere.sell(anna, 5)
    elsewhere.push()

    changes, cursor = elsewhere.pull_all(cursor)
    assert members_in(changes)[anna].lots[0].points == 5
    till.sell(anna, 7)
    till.push(2)
    changes, _ = elsewhere.pull_all(cursor)
    assert [lot.points for lot in members_in(changes)[anna].lots] == [5, 7]


def test_a_store_that_has_not_seen_her_for_long_is_told_no_more(shop: Shop, till: ShopTill) -> None:
    shop.store("milano")
    elsewhere = shop.till("milano")
    (anna,) = till.blank()
    till.enrol(anna)
    till.push()
    elsewhere.sell(anna, 5)
    elsewhere.push()
    _, cursor = elsewhere.pull_all()
    shop.now[0] = OPENING + timedelta(days=181)

    till.sell(anna, 7)
    till.push(2)

    assert till.pull_all()[0]
    assert elsewhere.pull(cursor).changes == ()


def test_an_erased_member_is_told_without_a_record(shop: Shop, till: ShopTill) -> None:
    (anna,) = till.blank()
    till.enrol(anna)
    till.push()
    with shop.engine.begin() as connection:
        connection.execute(text("DELETE FROM records"))

    assert members_in(till.pull_all()[0])[anna].record is None


def test_the_figures_say_which_own_events_they_contain(till: ShopTill) -> None:
    assert (till.pull().includes_epoch, till.pull().includes_seq) == (1, 0)
    till.sell(None, 1)
    till.sell(None, 1)
    till.push()
    assert (till.pull().includes_epoch, till.pull().includes_seq) == (1, 2)
    till.restart(epoch=3)
    till.push(1, 1)

    assert (till.pull().includes_epoch, till.pull().includes_seq) == (3, 1)


def test_figures_and_the_event_they_contain_are_of_one_moment(shop: Shop, till: ShopTill) -> None:
    """While sales arrive, no answer shows points without saying that it contains their event."""
    (anna,) = till.blank()
    for _ in range(60):
        till.sell(anna, 1)
    stop = threading.Event()

    def push_one_by_one() -> None:
        for seq in range(1, 61):
            till.push(seq, seq)
        stop.set()

    seen: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as other:
        done = other.submit(push_one_by_one)
        while not stop.is_set() and not done.done():
            reply = till.pull()
            told = members_in(reply.changes).get(anna)
            if told is not None:
                seen.append((reply.includes_seq, sum(lot.points for lot in told.lots)))
        done.result()

    assert seen
    assert all(points == includes for includes, points in seen)
    assert shop.balances() == {anna: 60}


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
