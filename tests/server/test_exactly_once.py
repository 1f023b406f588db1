"""However often, however cut and however parallel a journal is sent, every sale counts once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from pos_loyalty.domain.events import GENESIS
from pos_loyalty.server.database import open_engine
from pos_loyalty.server.tills import revoke_till
from pos_loyalty.wire.messages import ChainBroken, EventResult, PushReply
from tests.fakes.postgres import Databases
from tests.server.shop import OPENING, Front, Shop, ShopTill, open_shop, post

SALES = 40
POINTS_DUE = sum(1 + number % 7 for number in range(SALES))
PUSHERS = 8


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    """A till with a day's sales to three members, none sent yet."""
    till = shop.till()
    members = till.blank(3)
    for number in range(SALES):
        till.sell(members[number % 3], 1 + number % 7)
    return till


def kinds(refused: ChainBroken | None) -> tuple[str, int] | None:
    return None if refused is None else (refused.kind, refused.expected_seq)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_batch_sent_again_has_the_same_answer_and_no_second_effect(
    shop: Shop, till: ShopTill, times: int
) -> None:
    replies = [till.push() for _ in range(times)]

    assert all(reply.results == replies[0].results for reply in replies)
    assert sum(shop.balances().values()) == POINTS_DUE


@pytest.mark.parametrize("seed", range(4))
def test_batches_cut_anywhere_and_sent_in_any_order_come_out_the_same(
    shop: Shop, till: ShopTill, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable shuffle
    answers: dict[int, EventResult] = {}
    for _ in range(200):
        first = chance.randint(1, SALES)
        reply = till.push(first, chance.randint(first, SALES))
        for result in reply.results:
            assert answers.setdefault(result.seq, result) == result
        if len(answers) == SALES:
            break

    assert len(answers) == SALES
    assert sum(shop.balances().values()) == POINTS_DUE


def test_the_same_journal_pushed_from_eight_lines_at_once_counts_once(
    shop: Shop, till: ShopTill
) -> None:
    with ThreadPoolExecutor(PUSHERS) as lines:
        replies = list(lines.map(lambda _: till.push(), range(PUSHERS)))

    assert {reply.acknowledged_through for reply in replies} == {SALES}
    assert len({reply.results for reply in replies}) == 1
    assert sum(shop.balances().values()) == POINTS_DUE


def test_eight_tills_selling_to_the_same_members_at_once_lose_nothing(shop: Shop) -> None:
    tills = [shop.till(name=f"Till {number}") for number in range(PUSHERS)]
    members = tills[0].blank(5)
    for number, till in enumerate(tills):
        for sale in range(30):
            till.sell(members[(number + sale * (number + 1)) % 5], 1)

    def push_in_batches(till: ShopTill) -> list[PushReply]:
        return [till.push(first, first + 4) for first in range(1, 31, 5)]

    with ThreadPoolExecutor(PUSHERS) as lines:
        replies = [reply for sent in lines.map(push_in_batches, tills) for reply in sent]

    assert {result.outcome for reply in replies for result in reply.results} == {"applied"}
    assert sum(shop.balances().values()) == PUSHERS * 30
    assert shop.rows("SELECT count(*) AS n FROM events") == [(PUSHERS * 30,)]


@pytest.mark.parametrize("points", [0, 9])
def test_the_same_facts_from_eight_clones_at_once_count_once(shop: Shop, points: int) -> None:
    original = shop.till()
    (anna,) = original.blank()
    sale = original.sell(anna if points else None, 9)
    clones = [shop.till(name=f"Clone {number}") for number in range(PUSHERS)]
    for clone in clones:
        clone.add_bytes(sale.header.kind, sale.body, sale.header.event_id)

    with ThreadPoolExecutor(PUSHERS) as lines:
        replies = list(lines.map(lambda clone: clone.push(), clones))

    outcomes = sorted(result.outcome for reply in replies for result in reply.results)
    assert outcomes == ["applied"] + ["duplicate"] * (PUSHERS - 1)
    assert sum(shop.balances().values()) == points


def test_one_pass_given_out_at_eight_tills_at_once_makes_one_member(shop: Shop) -> None:
    tills = [shop.till(name=f"Till {number}") for number in range(PUSHERS)]
    (anna,) = tills[0].blank()
    for till in tills:
        till.enrol(anna)
        till.records.clear()  # Their own table would notice, too.

    with ThreadPoolExecutor(PUSHERS) as lines:
        replies = list(lines.map(lambda till: till.push(), tills))

    outcomes = sorted(result.outcome for reply in replies for result in reply.results)
    assert outcomes == ["applied"] + ["parked"] * (PUSHERS - 1)


def test_without_the_guard_of_event_ids_points_are_doubled(
    front: Front, databases: Databases
) -> None:
    """The control: what these tests would see if an event could count twice."""
    url = databases.make()
    engine = open_engine(url)
    shop = open_shop(front, engine)
    till = shop.till()
    (anna,) = till.blank()
    till.sell(anna, 9)
    till.push()
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE event_ids"))
        connection.execute(text("ALTER TABLE postings DROP CONSTRAINT postings_pkey"))
    till.restart(epoch=2)
    till.push()

    assert shop.balances() == {anna: 18}
    engine.dispose()
    databases.drop(url)


def test_an_answer_that_was_lost_on_the_way_is_given_again(shop: Shop, till: ShopTill) -> None:
    batch = till.batch(1, 10)
    body = batch.model_dump_json().encode()
    post(shop, till.seed, "/v1/push", body)  # Its answer never arrives.

    reply = till.push()

    assert reply.acknowledged_through == SALES
    assert [result.seq for result in reply.results] == list(range(1, SALES + 1))
    assert {result.outcome for result in reply.results} == {"applied"}


def test_a_missing_part_is_asked_for(till: ShopTill) -> None:
    till.push(1, 5)

    reply = till.push(9)

    assert kinds(reply.refused) == ("gap", 6)
    assert (reply.acknowledged_through, reply.results) == (5, ())


def test_a_second_journal_under_one_name_is_a_fork_and_raises_an_alarm(
    shop: Shop, till: ShopTill
) -> None:
    till.push(1, 5)
    clone = ShopTill(shop, till.seed, till.terminal, events=till.events[:3])
    clone.sell(None, 1)

    assert kinds(clone.push().refused) == ("fork", 4)
    assert kinds(clone.push(4).refused) == ("fork", 4)
    clone.sell(None, 1)
    clone.sell(None, 1)
    assert kinds(clone.push(6).refused) == ("fork", 6), "behind the head, by what came before"
    assert shop.alarms() == {"fork": 3}
    assert till.push(6).refused is None, "the first goes on"


def test_a_batch_that_does_not_hash_to_its_head_is_refused_whole(
    shop: Shop, till: ShopTill
) -> None:
    batch = till.batch(1, 3)
    changed = batch.events[1].model_copy(update={"actor": "eve"})
    events = (batch.events[0], changed, batch.events[2])

    reply = till.send(batch.model_copy(update={"events": events}))

    assert kinds(reply.refused) == ("broken", 1)
    assert shop.rows("SELECT count(*) AS n FROM events") == [(0,)]


def test_a_header_that_no_till_can_have_written_breaks_the_chain_not_the_server(
    till: ShopTill,
) -> None:
    batch = till.batch(1, 1)
    event = batch.events[0].model_copy(update={"kind": "ö" * 200})  # 400 bytes.

    reply = till.send(batch.model_copy(update={"events": (event,)}))

    assert kinds(reply.refused) == ("broken", 1)


def test_a_journal_begins_at_nothing(till: ShopTill) -> None:
    first = till.events[0]
    batch = till.batch(1, 1)
    other = batch.model_copy(update={"prev_hash": first.hash.hex()})

    assert first.prev_hash == GENESIS
    reply = till.send(other)
    assert kinds(reply.refused) == ("broken", 1)


def test_sequences_at_the_end_of_all_numbers_are_a_gap(till: ShopTill) -> None:
    batch = till.batch(1, 2).model_copy(update={"first_seq": 2**63 - 1})

    refused = till.send(batch).refused

    assert refused is not None
    assert refused.kind in ("gap", "broken")


def test_a_revoked_till_is_heard_no_more(shop: Shop, till: ShopTill) -> None:
    till.push(1, 5)
    with shop.engine.begin() as connection:
        revoke_till(connection, till.terminal, OPENING)

    reply = till.push(6)

    assert kinds(reply.refused) == ("revoked", 6)
    assert reply.acknowledged_through == 5
    assert shop.rows("SELECT count(*) AS n FROM events") == [(5,)]
