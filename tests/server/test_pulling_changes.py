"""What tills are told, and that nothing is ever skipped."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.server.admin import (
    NewStaff,
    put_products,
    put_staff,
    revoke_product,
    revoke_staff,
)
from pos_loyalty.wire.changes import (
    IndexChanged,
    ProductChanged,
    ProgramPublished,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.pins import pin_matches
from pos_loyalty.wire.program_document import read_program
from tests.server.calls import members_in, product
from tests.server.shop import OPENING, Shop, ShopTill


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
