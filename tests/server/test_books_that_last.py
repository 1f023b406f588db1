"""What is in the books stays there, byte for byte, and is nobody's name."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pos_loyalty.domain.bodies import ShiftOpened, Sold
from pos_loyalty.domain.booking import Posting, earning, fold
from pos_loyalty.domain.events import GENESIS, Kind
from pos_loyalty.domain.ids import EventId, MemberId, StoreId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.wire.bodies import read_body
from tests.server.shop import OPENING, Shop, ShopTill


def test_nothing_personal_is_in_the_events(shop: Shop, till: ShopTill, anna: MemberId) -> None:
    till.enrol(anna, PersonalRecord(name="Zenobia", phone="+390511234567", card="2400000000017"))
    till.push()

    (event,) = shop.rows("SELECT header, body FROM events")

    assert not any(word in event.body + event.header for word in (b"Zenobia", b"051123", b"24000"))


def test_all_journals_replayed_from_zero_give_the_same_balances(shop: Shop, till: ShopTill) -> None:
    members = till.blank(5)
    for number in range(30):
        till.sell(members[number % 5], 1 + number)
    till.push(1, 13)
    till.push()

    stored = shop.rows("SELECT event_id, body FROM events ORDER BY seq")
    replayed = fold(leg for row in stored for leg in legs_of(EventId(row.event_id), row.body))

    assert len(stored) == 30
    assert shop.balances() == {account.owner: p for account, p in replayed.items() if p > 0}
    lots = shop.rows("SELECT member, sum(points)::int AS points FROM lots GROUP BY member")
    assert {row.member: row.points for row in lots} == shop.balances()
    assert shop.rows("SELECT sum(points)::int AS points FROM postings") == [(0,)]


def legs_of(event_id: EventId, body: bytes) -> tuple[Posting, ...]:
    read = read_body(Kind.SALE.value, 1, body)
    assert isinstance(read, Sold)
    return earning(event_id, read)


def test_the_stored_bytes_are_the_chain_the_till_has(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    till.add(ShiftOpened(StoreId("bologna"), OPENING.date()))
    till.enrol(anna)
    till.sell(anna, 3)
    till.push()

    hash_ = GENESIS
    for row in shop.rows("SELECT header, body, hash FROM events ORDER BY seq"):
        hash_ = sha256(hash_ + row.header + row.body).digest()
        assert hash_ == row.hash
    assert hash_ == till.events[-1].hash


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET outcome = 'applied'",
        "DELETE FROM events",
        "TRUNCATE postings",
        "UPDATE postings SET points = points + 1",
        "DELETE FROM programs",
        "UPDATE accounts SET balance = -1",
        "INSERT INTO postings SELECT event_id, 7::int2, member, kind, unit, 5, lot FROM postings",
    ],
)
def test_the_database_itself_refuses_to_change_history(
    shop: Shop, till: ShopTill, anna: MemberId, statement: str
) -> None:
    till.sell(anna, 3)
    till.push()

    with pytest.raises(DBAPIError) as refused, shop.engine.begin() as connection:
        connection.execute(text(statement))

    assert getattr(refused.value.orig, "sqlstate", "") == "23514"
    assert shop.balances() == {anna: 3}
