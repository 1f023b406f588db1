"""What the server remembers of every member, and whom it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest

from pos_loyalty.domain.bodies import Acted, OfferMet, ProfileChanged, member_of
from pos_loyalty.domain.events import Event
from pos_loyalty.domain.facts import Activity
from pos_loyalty.domain.ids import MemberId, StoreId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.past import NO_PAST, Past, PastDay
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.remembering import business_day_of, remember
from pos_loyalty.server.pasts import read_pasts
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.messages import PushReply, RecordSent
from tests.server.calls import members_in
from tests.server.club import TODAY, ClubTill, facts_from, publish
from tests.server.shop import OPENING, Shop, ShopTill
from tests.unit.domain.shop import CLUB, bought, sold_to

BOLOGNA = StoreId("bologna")
COFFEE = "grocery/coffee"


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    publish(shop)
    return shop.till()


@pytest.fixture
def club(till: ShopTill) -> ClubTill:
    return ClubTill(till)


def outcomes(reply: PushReply) -> list[tuple[str, str]]:
    return [(result.outcome, result.code) for result in reply.results]


def kept(shop: Shop) -> dict[MemberId, Past]:
    members = [row.member for row in shop.rows("SELECT member FROM members")]
    with shop.engine.connect() as connection:
        return read_pasts(connection, members)


def test_a_purchase_becomes_part_of_her_past(club: ClubTill, anna: MemberId) -> None:
    club.till.enrol(anna)
    club.buy(anna, facts=facts_from(None))
    assert outcomes(club.till.push()) == [("applied", "")] * 2

    past = club.past_of(anna)

    assert past is not None
    assert (past.joined_on, past.visits, past.spend_minor) == (TODAY, 1, 1250)
    assert past.carried == {"bottega/points": Fraction(50)}
    day = PastDay(TODAY, 1, 1250, {"bottega/points": 12}, {"bottega/daily": 12})
    assert past.days == (day,)


def test_the_day_is_that_of_the_store_and_not_of_the_server(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    after_midnight = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # Half past in Rome.
    event = club.buy(anna)
    club.till.events.clear()
    club.till.add_header(replace(event.header, at=after_midnight), event.body)

    club.till.push()

    assert kept(shop)[anna].last_purchase_on == date(2026, 3, 3)


def test_who_was_only_told_of_has_an_empty_past(club: ClubTill, anna: MemberId) -> None:
    club.till.enrol(anna)
    club.till.push()

    assert club.past_of(anna) == replace(NO_PAST, joined_on=TODAY)


def test_a_sale_sent_twice_is_one_visit(shop: Shop, club: ClubTill, anna: MemberId) -> None:
    club.buy(anna)
    club.till.push()
    club.till.push()
    club.till.restart(epoch=2)
    club.till.push()

    assert kept(shop)[anna].visits == 1


def test_what_is_parked_leaves_nothing_behind(shop: Shop, club: ClubTill, anna: MemberId) -> None:
    stranger = MemberId(UUID(int=5))
    club.buy(stranger)
    club.add(OfferMet(stranger, "news", Response.SHOWN, BOLOGNA))
    club.add(ProfileChanged(stranger, BOLOGNA, "00" * 32))
    unknown = replace(CLUB, version=4)
    club.add(sold_to(anna, bought(100), program=unknown))

    assert [outcome for outcome, _ in outcomes(club.till.push())] == ["parked"] * 4
    assert kept(shop) == {}


def test_what_is_disputed_stands_as_printed(shop: Shop, club: ClubTill, anna: MemberId) -> None:
    """It is scored for the fifth of May and happened on the second of March."""
    club.add(sold_to(anna, bought(1250), program=CLUB, facts=facts_from(None, date(2026, 5, 5))))

    assert outcomes(club.till.push()) == [("disputed", "lots_differ")]
    assert kept(shop)[anna].earned == {"bottega/points": 12}


def test_what_she_did_and_what_she_said_to_offers_is_kept(club: ClubTill, anna: MemberId) -> None:
    for response in (Response.SHOWN, Response.DECLINED):
        club.add(OfferMet(anna, "news", response, BOLOGNA))
    club.add(Acted(anna, "survey", BOLOGNA, "Europe/Rome", "EUR"))
    club.till.enrol(anna)

    assert outcomes(club.till.push()) == [("applied", "")] * 4

    past = club.past_of(anna)
    assert past is not None
    assert (past.shown, past.declined) == ({"news": 1}, {"news": 1})
    assert past.activity == (Activity("survey", TODAY),)


def test_two_tills_stamps_fill_one_card(shop: Shop, club: ClubTill, anna: MemberId) -> None:
    other = ClubTill(shop.till(name="Till 2"))
    for one in (club, other):
        one.buy(anna, *[bought(10, COFFEE)] * 4, facts=facts_from(None))
        one.till.push()

    assert kept(shop)[anna].goals["bottega/card"] == 8


def test_points_that_count_from_tomorrow_are_told_with_their_day(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    facts = replace(facts_from(None), usage={"first-comers": {"total": 3}})
    club.till.enrol(anna)
    club.buy(anna, facts=facts)
    assert outcomes(club.till.push()) == [("applied", "")] * 2

    told = members_in(club.till.pull_all()[0])[anna]

    assert [(lot.unit, lot.points, lot.expires_on, lot.usable_on) for lot in told.lots] == [
        ("bottega/points", 12, date(2027, 3, 2), None),
        ("bottega/stars", 5, None, date(2026, 3, 3)),
    ]
    days = shop.rows("SELECT DISTINCT unit, usable_on FROM postings ORDER BY unit")
    assert [tuple(row) for row in days] == [
        ("bottega/points", None),
        ("bottega/stars", date(2026, 3, 3)),
    ]


def test_another_store_is_told_nothing_of_her_past(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    shop.store("milano")
    elsewhere = ClubTill(shop.till("milano"))
    club.till.enrol(anna, PersonalRecord(name="Anna", card="2400000000017"))
    club.buy(anna)
    club.till.push()

    assert elsewhere.past_of(anna) is None
    assert '"days"' not in elsewhere.till.pull().model_dump_json()
    elsewhere.buy(anna)
    elsewhere.till.push()

    past = elsewhere.past_of(anna)
    assert past is not None
    assert past.visits == 2


def test_what_a_member_tells_of_herself_takes_the_place_of_what_she_told(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    born = date(1984, 3, 4)
    club.till.enrol(anna, PersonalRecord(name="Anna", phone="+390511"))
    club.till.push()
    told = PersonalRecord(name="Anna Rossi", phone="+390511", birthday=born)
    club.till.change_profile(anna, told)
    club.till.change_profile(anna, told, favourite="fish")

    assert outcomes(club.till.push(2)) == [("applied", "")] * 2

    (record,) = shop.rows("SELECT record FROM records")
    member = members_in(club.till.pull_all()[0])[anna]
    assert b"1984-03-04" in record.record
    assert member.record is not None
    assert (member.record.name, member.record.birthday) == ("Anna Rossi", born)
    assert member.past is not None
    assert member.past.favourite_category == "fish"
    bodies = b"".join(row.body for row in shop.rows("SELECT body FROM events"))
    assert b"1984" not in bodies


def test_a_profile_that_is_not_the_one_in_the_chain_is_not_believed(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    club.till.enrol(anna, PersonalRecord(name="Anna"))
    event = club.till.change_profile(anna, PersonalRecord(name="Anna Rossi"), favourite="fish")
    sent = club.till.records[event.header.event_id]
    club.till.records[event.header.event_id] = RecordSent(
        record=sent.record.replace("Anna", "Eve"), salt=sent.salt
    )

    assert outcomes(club.till.push()) == [("applied", "")] * 2
    assert shop.rows("SELECT record FROM records") == [(b'{"name":"Anna"}',)]
    assert shop.alarms() == {"wrong-record": 1}


def test_a_profile_erased_before_it_was_sent_changes_no_record(
    shop: Shop, club: ClubTill, anna: MemberId
) -> None:
    club.till.enrol(anna, PersonalRecord(name="Anna"))
    event = club.till.change_profile(anna, PersonalRecord(name="Anna Rossi"), favourite="fish")
    del club.till.records[event.header.event_id]

    club.till.push()

    assert shop.rows("SELECT record FROM records") == [(b'{"name":"Anna"}',)]
    assert kept(shop)[anna].favourite_category == "fish"


def test_with_her_record_her_birthday_is_gone(shop: Shop, club: ClubTill, anna: MemberId) -> None:
    club.till.enrol(anna, PersonalRecord(name="Anna", birthday=date(1984, 3, 4)))
    club.till.push()
    assert "1984" in club.till.pull().model_dump_json()

    with shop.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM records")

    assert "1984" not in club.till.pull().model_dump_json()


def test_members_with_a_long_past_are_told_in_several_pages(shop: Shop, till: ShopTill) -> None:
    members = till.blank(3)
    for member in members:
        till.enrol(member)
    till.push()
    with shop.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE pasts SET past = past || jsonb_build_object('days', (SELECT jsonb_agg("
            "jsonb_build_object('on', date '2020-01-01' + n)) FROM generate_series(1, 9000) AS n))"
        )

    first = till.pull()

    assert len(members_in(first.changes)) == 2
    assert first.more
    assert set(members_in(till.pull_all()[0])) == set(members)


def test_the_pasts_are_what_all_journals_come_to_from_zero(shop: Shop, club: ClubTill) -> None:
    random = Random(4)  # noqa: S311 - replayable
    tills = (club, ClubTill(shop.till(name="Till 2")))
    members = club.till.blank(4)
    sent: list[Event] = []
    for _ in range(12):
        one = random.choice(tills)
        first = len(one.till.events) + 1
        for _ in range(random.randrange(1, 5)):
            member = random.choice(members)
            known = kept(shop).get(member, NO_PAST) if random.random() < 0.7 else None
            facts = facts_from(known)
            one.buy(member, bought(random.randrange(9000), COFFEE), facts=facts)
        one.till.push(first)
        sent += one.till.events[first - 1 :]

    folded: dict[MemberId, Past] = {}
    for event in sent:
        body = read_body(event.header.kind, 1, event.body)
        about = member_of(body)
        assert body is not None
        assert about is not None
        on = business_day_of(body, event.header.at)
        folded[about] = remember(folded.get(about, NO_PAST), body, on, CLUB)

    assert kept(shop) == folded
    codes = {row.code for row in shop.rows("SELECT DISTINCT code FROM events")}
    assert codes == {""}
    assert OPENING.date() == TODAY
