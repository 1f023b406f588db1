from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import (
    Acted,
    Body,
    Enrolled,
    OfferMet,
    ProfileChanged,
    Reprinted,
    ShiftOpened,
    Sold,
)
from pos_loyalty.domain.facts import Activity, PaidMembership
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.past import (
    ACTIVITIES_KEPT,
    COUNTS_KEPT,
    DAYS_KEPT,
    NO_PAST,
    VOUCHERS_KEPT,
    PastDay,
    facts_of,
)
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import added, business_day_of, remember
from tests.unit.domain.remembered import TODAY, after, facts_after, sell
from tests.unit.domain.shop import ANNA, CLUB, ROME, SALE, STORE, acted, bought, sold_to


def test_a_purchase_is_a_visit_a_sum_and_a_day() -> None:
    past = after(NO_PAST, bought(1250))

    assert (past.visits, past.spend_minor, past.last_purchase_on) == (1, 1250, TODAY)
    assert past.earned == {"bottega/points": 12}
    assert past.carried == {"bottega/points": Fraction(50)}
    assert past.days == (PastDay(TODAY, 1, 1250, {"bottega/points": 12}, {"bottega/daily": 12}),)


def test_what_is_bought_on_one_day_is_one_day() -> None:
    past = after(after(NO_PAST, bought(1250)), bought(1250))

    assert past.earned == {"bottega/points": 25}, "the remainders make one more"
    assert past.days == (PastDay(TODAY, 2, 2500, {"bottega/points": 25}, {"bottega/daily": 25}),)


def test_a_sale_that_is_heard_of_late_lies_on_its_own_day() -> None:
    past = NO_PAST
    for days in (3, 0, 5, 3, -2):
        past = after(past, bought(100), days=days)

    assert [day.on - TODAY for day in past.days] == [timedelta(days=d) for d in (-2, 0, 3, 5)]
    assert [day.visits for day in past.days] == [1, 1, 2, 1]
    assert past.last_purchase_on == TODAY + timedelta(days=5)


def test_only_the_last_days_are_kept_and_the_sums_stay() -> None:
    past = NO_PAST
    for days in range(DAYS_KEPT + 3):
        past = remember(past, _unscored(100), TODAY + timedelta(days=days), None)

    assert len(past.days) == DAYS_KEPT
    assert past.days[0].on == TODAY + timedelta(days=3)
    assert (past.visits, past.spend_minor) == (DAYS_KEPT + 3, 100 * (DAYS_KEPT + 3))


def _unscored(amount_minor: int) -> Sold:
    return replace(sold_to(None, bought(amount_minor)), member=ANNA)


def test_of_a_sale_by_rules_that_are_not_known_here_only_the_visit_counts() -> None:
    past = remember(NO_PAST, sell(NO_PAST, bought(1250)), TODAY, None)

    assert (past.visits, past.earned, past.carried, past.goals) == (1, {}, {}, {})
    assert past.days == (PastDay(TODAY, 1, 1250),)


def test_the_last_vouchers_are_kept() -> None:
    past = NO_PAST
    for _ in range(VOUCHERS_KEPT + 1):
        past = after(past, bought(5000))

    assert len(past.vouchers) == VOUCHERS_KEPT


def test_a_voucher_is_hers_from_the_sale_that_issued_it() -> None:
    past = after(NO_PAST, bought(5000))

    (voucher,) = past.vouchers
    assert (voucher.reward, voucher.first) == ("free-coffee", TODAY)


PLUS = Line("Club", 2500, sku="PLUS")


def test_a_membership_runs_from_the_day_it_is_paid() -> None:
    assert after(NO_PAST, PLUS).membership == PaidMembership("plus", date(2027, 5, 4))


@pytest.mark.parametrize(
    ("had", "until"),
    [
        (PaidMembership("plus", date(2026, 5, 20)), date(2027, 5, 20)),
        (PaidMembership("plus", date(2026, 5, 4)), date(2027, 5, 4)),
        (PaidMembership("plus", date(2026, 4, 1)), date(2027, 5, 4)),
        (PaidMembership("retired", date(2026, 12, 1)), date(2027, 5, 4)),
    ],
    ids=["still runs", "ended yesterday", "ended long ago", "another club"],
)
def test_what_is_left_of_a_membership_is_not_lost_by_renewing(
    had: PaidMembership, until: date
) -> None:
    past = after(replace(NO_PAST, membership=had), PLUS)

    assert past.membership == PaidMembership("plus", until)


def test_who_buys_something_else_keeps_her_membership() -> None:
    had = PaidMembership("plus", TODAY)

    assert after(replace(NO_PAST, membership=had), bought(100)).membership == had


def test_the_day_of_joining_is_the_first_one_told() -> None:
    enrolled = Enrolled(ANNA, STORE, TODAY, "00" * 32, Consent("v1", given=True), "")

    joined = remember(NO_PAST, enrolled, TODAY, None)
    again = remember(joined, replace(enrolled, on=date(2027, 1, 1)), TODAY, None)

    assert joined.joined_on == again.joined_on == TODAY


def test_what_she_did_is_kept_in_the_order_of_days_and_scored() -> None:
    rated = acted("feedback", facts=facts_after(NO_PAST))
    earlier = replace(rated, activity="survey", scored=None)

    past = remember(remember(NO_PAST, rated, TODAY, CLUB), earlier, date(2026, 5, 1), None)

    assert past.activity == (Activity("survey", date(2026, 5, 1)), Activity("feedback", TODAY))
    assert (past.visits, past.last_purchase_on) == (0, None)
    assert past.earned == {"bottega/points": 10}
    uses = {"bottega/thanks": 1, "bottega/daily": 10}
    assert past.days == (PastDay(TODAY, 0, 0, {"bottega/points": 10}, uses),)


def test_only_the_last_activities_are_kept() -> None:
    did = Acted(ANNA, "survey", STORE, ROME, "EUR")
    past = NO_PAST
    for days in range(ACTIVITIES_KEPT + 2):
        past = remember(past, did, TODAY + timedelta(days=days), None)

    assert len(past.activity) == ACTIVITIES_KEPT
    assert past.activity[0].on == TODAY + timedelta(days=2)


def met(response: Response, offer: str = "news") -> OfferMet:
    return OfferMet(ANNA, offer, response, STORE)


def test_offers_are_counted_by_what_she_said_to_them() -> None:
    past = NO_PAST
    for response in (Response.SHOWN, Response.SHOWN, Response.TAKEN, Response.DECLINED):
        past = remember(past, met(response), TODAY, None)

    assert (past.shown, past.taken, past.declined) == ({"news": 2}, {"news": 1}, {"news": 1})


def test_names_nobody_ever_counted_find_an_end() -> None:
    full = {f"offer-{number}": 1 for number in range(COUNTS_KEPT)}

    assert added(full, {"offer-0": 1, "one-more": 1}) == {**full, "offer-0": 2}


def told(favourite: str | None = None, do_not_ask: str | None = None) -> ProfileChanged:
    return ProfileChanged(ANNA, STORE, "00" * 32, favourite, do_not_ask)


def test_what_she_told_of_herself_stays_until_she_tells_something_else() -> None:
    past = remember(NO_PAST, told("fish"), TODAY, None)
    past = remember(past, told(do_not_ask="birthday"), TODAY, None)
    past = remember(past, told(do_not_ask="birthday"), TODAY, None)

    assert (past.favourite_category, past.do_not_ask) == ("fish", ("birthday",))
    assert remember(past, told("bread"), TODAY, None).favourite_category == "bread"


@pytest.mark.parametrize("body", [ShiftOpened(STORE, TODAY), Reprinted(SALE)])
def test_what_is_about_nobody_leaves_nothing_behind(body: Body) -> None:
    assert remember(NO_PAST, body, TODAY, None) == NO_PAST


def test_the_day_is_that_of_the_store() -> None:
    late = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)  # Half past one in Rome.

    assert business_day_of(_unscored(1), late) == TODAY
    assert business_day_of(met(Response.SHOWN), late) == date(2026, 5, 4)


def test_uses_are_added_to_the_days_they_fall_on() -> None:
    birthday = date(1984, 5, 6)
    facts = facts_of(NO_PAST, CLUB, TODAY, birthday, ())
    sale = sold_to(ANNA, bought(100), program=CLUB, facts=facts, sale=EventId(UUID(int=9)))

    past = remember(NO_PAST, sale, TODAY, CLUB)

    assert past.uses == {"bottega/birthday": 1, "bottega/daily": 51}
    usage = facts_of(past, CLUB, TODAY, birthday, ()).usage
    assert usage == {"birthday": {"year": 1}, "daily": {"day": 51}}


def test_the_till_and_the_server_remember_the_same_whatever_was_paid() -> None:
    sale = sell(NO_PAST, bought(1250), PLUS)

    paid_by_card = replace(sale, tenders=(Tender(TenderKind.CARD, 9999),))

    assert remember(NO_PAST, sale, TODAY, CLUB) == remember(NO_PAST, paid_by_card, TODAY, CLUB)


def test_a_program_is_needed_to_know_what_is_limited() -> None:
    unlimited: Program = replace(CLUB, caps=(), rules=CLUB.rules[:2])
    sale = sell(NO_PAST, bought(1250))

    assert remember(NO_PAST, sale, TODAY, unlimited).uses == {}
