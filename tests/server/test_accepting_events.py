"""What becomes of a till's events on the books."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.booking import Outcome
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import MemberId, ProgramId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.scoring import ProgramVersion
from pos_loyalty.server.judge import DUPLICATE
from pos_loyalty.wire.messages import PushReply, RecordSent
from tests.server.sales import sold
from tests.server.shop import Shop, ShopTill


def sold_by(program: ProgramVersion, member: MemberId, euros: int) -> Sold:
    sale = sold(member, euros)
    assert sale.scored is not None
    return replace(sale, scored=replace(sale.scored, program=program))


def outcomes(reply: PushReply) -> list[tuple[str, str]]:
    return [(result.outcome, result.code) for result in reply.results]


def test_a_sale_gives_its_member_the_points_on_her_receipt(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    till.enrol(anna)
    till.sell(anna, 12)

    reply = till.push()

    assert outcomes(reply) == [("applied", ""), ("applied", "")]
    assert (reply.acknowledged_through, reply.head_hash) == (2, till.events[-1].hash.hex())
    assert shop.balances() == {anna: 12}


def test_an_anonymous_sale_is_kept_and_gives_nobody_points(shop: Shop, till: ShopTill) -> None:
    till.sell(None, 12)

    assert outcomes(till.push()) == [("applied", "")]
    assert shop.balances() == {}


def test_a_sale_before_the_news_of_the_enrolment_counts(shop: Shop, anna: MemberId) -> None:
    other = shop.till(name="Till 2")
    other.sell(anna, 5)

    assert outcomes(other.push()) == [("applied", "")]
    assert shop.balances() == {anna: 5}


def test_a_pass_that_was_given_to_two_people_waits_for_a_person(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    till.enrol(anna, PersonalRecord(name="Anna"))
    till.enrol(anna, PersonalRecord(name="Berta"))

    assert outcomes(till.push()) == [("applied", ""), ("parked", "pass_taken")]
    assert b"Anna" in shop.rows("SELECT record FROM records")[0].record
    assert shop.rows("SELECT seq, code FROM parked") == [(2, "pass_taken")]


def test_a_member_that_nobody_issued_waits_for_a_person(till: ShopTill) -> None:
    till.sell(MemberId(UUID(int=5)), 12)

    assert outcomes(till.push()) == [("parked", "unknown_member")]


def test_a_sale_by_a_program_unknown_here_waits_and_the_next_is_booked(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    unknown = ProgramVersion(ProgramId("bottega"), 2)
    till.add(sold_by(unknown, anna, 12))
    till.sell(anna, 3)

    assert outcomes(till.push()) == [("parked", "unknown_program"), ("applied", "")]
    assert shop.balances() == {anna: 3}


def test_a_program_published_later_is_known_from_then_on(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    newer = ProgramVersion(ProgramId("bottega"), 2)
    till.add(sold_by(newer, anna, 12))
    till.push()
    shop.program(version=2)
    till.add(sold_by(newer, anna, 4))

    assert outcomes(till.push(2)) == [("applied", "")]


def test_a_receipt_that_the_rules_score_otherwise_stands_and_is_reported(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    shop.program(version=2, points=3)
    wrong = ProgramVersion(ProgramId("bottega"), 2)
    till.add(sold_by(wrong, anna, 12))

    assert outcomes(till.push()) == [(Outcome.DISPUTED.value, "points_differ")]
    assert shop.balances() == {anna: 12}, "what is printed stands"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.SALE.value, b""),
        (Kind.SALE.value, b"{"),
        (Kind.SALE.value, b"null"),
        (Kind.SALE.value, b"[" * 10_000),
        (Kind.SALE.value, b'{"lines": 9' + b"9" * 5_000 + b"}"),
        (Kind.SALE.value, b"\x00"),
        ("dance", b"{}"),
        ("sale", json.dumps({"number": "\x00"}).encode()),
    ],
)
def test_an_event_nobody_can_read_is_kept_and_blocks_nothing(
    shop: Shop, till: ShopTill, anna: MemberId, kind: str, body: bytes
) -> None:
    till.add_bytes(kind, body)
    till.sell(anna, 3)

    assert outcomes(till.push()) == [("parked", "unknown_kind"), ("applied", "")]
    assert shop.rows("SELECT body FROM events WHERE seq = 1") == [(body,)]


def test_the_same_id_with_another_content_is_parked_and_raises_an_alarm(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    event = till.sell(anna, 3)
    till.push()
    till.add(sold(anna, 300), event.header.event_id)

    assert outcomes(till.push(2)) == [("parked", "other_content")]
    assert shop.balances() == {anna: 3}
    assert shop.alarms() == {"reused-id": 1}


def test_an_id_used_twice_in_one_batch_is_noticed_too(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    event = till.sell(anna, 3)
    till.add(sold(anna, 300), event.header.event_id)

    assert outcomes(till.push()) == [("applied", ""), ("parked", "other_content")]
    assert shop.balances() == {anna: 3}


def test_a_new_epoch_sends_the_same_facts_again_and_they_count_once(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    till.enrol(anna)
    till.sell(anna, 3)
    till.push()
    till.restart(epoch=2)
    till.sell(anna, 4)

    assert outcomes(till.push()) == [(DUPLICATE, ""), (DUPLICATE, ""), ("applied", "")]
    assert shop.balances() == {anna: 7}


def test_facts_that_come_through_another_till_count_once(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    sale = till.sell(anna, 3)
    till.push()
    again = shop.till(name="Till 1 again")
    again.add_header(replace(sale.header, terminal=again.terminal), sale.body)

    assert outcomes(again.push()) == [(DUPLICATE, "")]
    assert shop.balances() == {anna: 3}


def test_a_personal_record_that_is_not_the_one_in_the_chain_is_not_believed(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    event = till.enrol(anna)
    told = till.records[event.header.event_id]
    till.records[event.header.event_id] = RecordSent(
        record=told.record.replace("Anna", "Eve"), salt=told.salt
    )

    assert outcomes(till.push()) == [("applied", "")]
    assert shop.rows("SELECT * FROM records") == []
    assert shop.alarms() == {"wrong-record": 1}


def test_an_enrolment_whose_record_was_erased_first_is_accepted(
    shop: Shop, till: ShopTill, anna: MemberId
) -> None:
    till.enrol(anna)
    till.records.clear()

    assert outcomes(till.push()) == [("applied", "")]
    assert shop.rows("SELECT status, home_store FROM members WHERE member = :m", m=anna) == [
        ("active", "bologna")
    ]


def test_a_card_given_to_two_members_stays_with_the_first(shop: Shop, till: ShopTill) -> None:
    anna, berta = till.blank(2)
    till.enrol(anna, PersonalRecord(name="Anna", card="2400000000017"))
    till.enrol(berta, PersonalRecord(name="Berta", card="2400000000017"))

    assert outcomes(till.push()) == [("applied", ""), ("disputed", "card_taken")]
    assert [row.member for row in shop.rows("SELECT member FROM credentials")] == [anna]
    assert shop.alarms() == {"card-taken": 1}
