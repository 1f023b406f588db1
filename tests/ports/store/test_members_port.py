"""Every Members answers alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.facts import Activity, PaidMembership, Voucher
from pos_loyalty.domain.ids import EventId, MemberId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord
from pos_loyalty.domain.past import Past, PastDay
from pos_loyalty.ports.members import (
    KnownMember,
    Members,
    PullPlace,
)
from pos_loyalty.wire.changes import (
    LotTold,
    MemberChanged,
    RecordTold,
    StaffChanged,
)
from tests.fakes.told_members import (
    ANNA,
    BORIS,
    CLARA,
    NOON,
    STORE,
    line,
    names,
    reply,
    search,
    tell,
    told,
)

ANNAS_PAST = Past(
    joined_on=date(2025, 3, 2),
    attributes={"vehicle": "car"},
    segments=("vip",),
    tiers={"bottega": "gold"},
    membership=PaidMembership("club", date(2026, 12, 31)),
    visits=2,
    carried={"bottega/points": Fraction(135, 2)},
    vouchers=(Voucher("A1", "coffee", date(2026, 3, 1), None),),
    activity=(Activity("feedback", date(2026, 3, 1)),),
    days=(PastDay(date(2026, 3, 1), 2, 1250, {"bottega/points": 12}),),
)


def test_a_till_that_was_told_nothing_knows_nobody(members: Members) -> None:
    assert members.find(MemberId(ANNA)) is None
    assert members.by_digest(b"d" * 12) is None
    assert members.store() is None
    assert members.place() == PullPlace(0, "", 0)


def test_a_member_is_known_with_her_figures_and_what_they_include(members: Members) -> None:
    expiring = LotTold(
        unit="bottega/points",
        event_id=UUID(int=9),
        points=30,
        expires_on=date(2027, 1, 1),
        usable_on=date(2026, 3, 3),
    )
    stars = LotTold(unit="bottega/stars", event_id=UUID(int=8), points=2, expires_on=None)
    born = date(1984, 2, 29)
    record = RecordTold(
        name="Anna", phone="+390612345678", card="2900000000018", language="it", birthday=born
    )
    lots = (expiring, stars)
    tell(
        members,
        MemberChanged(member=ANNA, status="active", record=record, lots=lots, past=ANNAS_PAST),
    )

    known = members.find(MemberId(ANNA))

    assert known == KnownMember(
        member=MemberId(ANNA),
        status=MemberStatus.ACTIVE,
        confirmed=Confirmed(
            as_of=NOON,
            includes=Position(1, 5),
            lots=(
                (
                    Unit("bottega/points"),
                    (Lot(EventId(UUID(int=9)), 30, date(2027, 1, 1), date(2026, 3, 3)),),
                ),
                (Unit("bottega/stars"), (Lot(EventId(UUID(int=8)), 2, None),)),
            ),
        ),
        record=PersonalRecord("Anna", "+390612345678", "2900000000018", "it", born),
        past=ANNAS_PAST,
    )


def test_newer_figures_take_the_place_of_older_ones(members: Members) -> None:
    tell(members, told(ANNA, "Anna", lots=3))

    members.apply([told(ANNA, "Anna", lots=1)], reply(seq=6), complete=True)

    known = members.find(MemberId(ANNA))
    assert known is not None
    assert known.confirmed is not None
    assert known.confirmed.includes == Position(1, 6)
    assert [len(lots) for _, lots in known.confirmed.lots] == [1]


def test_figures_keep_what_they_include_when_another_members_change(members: Members) -> None:
    tell(members, told(ANNA, "Anna"))

    members.apply([told(BORIS, "Boris")], reply(seq=9), complete=True)

    known = members.find(MemberId(ANNA))
    assert known is not None
    assert known.confirmed is not None
    assert known.confirmed.includes == Position(1, 5)


def test_an_erased_member_has_no_name_but_her_points(members: Members) -> None:
    tell(members, told(ANNA, "Anna", "+390612345678"))

    tell(members, MemberChanged(member=ANNA, status="active", record=None, lots=()))

    known = members.find(MemberId(ANNA))
    assert known is not None
    assert known.record is None
    assert members.search("anna", 9) == ()
    assert members.by_phone("+390612345678") == ()


def test_a_member_with_one_lost_card_of_two_is_not_blocked(members: Members) -> None:
    tell(members, line(7, ANNA, "blocked"), line(8, ANNA, "active"))

    known = members.find(MemberId(ANNA))

    assert known is not None
    assert known.status is MemberStatus.ACTIVE


def test_a_member_is_found_by_her_whole_number(members: Members) -> None:
    tell(members, told(ANNA, "Anna", "+390612345678"), told(BORIS, "Boris", "+390612345679"))

    assert names(tuple(members.by_phone("+390612345679"))) == ["Boris"]
    assert members.by_phone("") == ()


@pytest.mark.parametrize("typed", ["жук", "ЖУКОВА", "анна  ж", "елкин", "Ёлкин"])
def test_a_name_is_found_by_a_part_in_any_case_and_script(members: Members, typed: str) -> None:
    tell(members, told(ANNA, "Анна Жукова-Ёлкина"), told(BORIS, "Boris"))

    assert search(members, typed) == ["Анна Жукова-Ёлкина"]


def test_accents_need_not_be_typed(members: Members) -> None:
    tell(members, told(ANNA, "Zoë Müller"))

    assert search(members, "zoe mul") == ["Zoë Müller"]


def test_a_member_is_found_by_the_end_of_her_number(members: Members) -> None:
    tell(members, told(ANNA, "Anna", "+390612345678"), told(BORIS, "Boris", "+390699995678"))

    assert search(members, "45678") == ["Anna"]
    assert search(members, "4 5678") == ["Anna"]
    assert search(members, "5678") == ["Anna", "Boris"]


def test_what_is_typed_is_no_pattern(members: Members) -> None:
    tell(members, told(ANNA, "Anna"), told(BORIS, "100% Boris"))

    assert search(members, "%") == ["100% Boris"]
    assert search(members, "_") == []
    assert search(members, "") == []


def test_a_search_is_answered_in_the_order_of_names_up_to_its_limit(members: Members) -> None:
    tell(members, told(ANNA, "Zita"), told(BORIS, "anita"), told(CLARA, "Rita"))

    assert search(members, "ita", 2) == ["anita", "Rita"]


def test_who_left_the_shop_cannot_sign_in(members: Members) -> None:
    rosa = StaffChanged(staff="rosa", name="Rosa", role="cashier", pin_hash="h")
    tell(members, rosa, StaffChanged(staff="bruno", name="Bruno", role="manager", pin_hash="h"))
    assert [person.staff for person in members.staff()] == ["bruno", "rosa"]

    tell(members, rosa.model_copy(update={"active": False}))

    assert [person.staff for person in members.staff()] == ["bruno"]


def test_the_store_is_the_one_told_last(members: Members) -> None:
    tell(members, STORE)
    tell(members, STORE.model_copy(update={"name": "Bottega Nuova"}))

    store = members.store()

    assert store is not None
    assert (store.name, store.card_prefixes) == ("Bottega Nuova", ("29",))


def test_passes_are_used_in_the_order_they_were_leased(members: Members) -> None:
    members.add_passes(["p2", "p1", "p3"])
    members.add_passes(["p1", "p0"])

    members.drop_passes(["p1", "never leased"])

    assert members.passes() == ("p2", "p3", "p0")


def test_a_record_is_replaced_whole(members: Members) -> None:
    tell(members, told(ANNA, "Anna", "+390612345678"))

    tell(members, told(ANNA, "Anna Rossi"))

    known = members.find(MemberId(ANNA))
    assert known is not None
    assert known.record == replace(PersonalRecord(), name="Anna Rossi")
