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
from pos_loyalty.domain.facts import Activity, MemberFacts, PaidMembership
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.past import (
    ACTIVITIES_KEPT,
    COUNTS_KEPT,
    DAYS_KEPT,
    NO_PAST,
    VOUCHERS_KEPT,
    Past,
    PastDay,
    facts_of,
)
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import added, business_day_of, remember, remember_all
from pos_loyalty.domain.scoring import Left
from tests.unit.domain.shop import ANNA, CLUB, NOON, ROME, SALE, STORE, acted, bought, sold_to

TODAY = date(2026, 5, 5)
COFFEE = "grocery/coffee"


def facts_after(past: Past, on: date = TODAY) -> MemberFacts:
    return facts_of(past, CLUB, on, None, ())


def sell(past: Past, *lines: Line, days: int = 0) -> Sold:
    at = NOON + timedelta(days=days)
    facts = facts_after(past, TODAY + timedelta(days=days))
    return sold_to(ANNA, *lines, program=CLUB, at=at, facts=facts)


def after(past: Past, *lines: Line, days: int = 0) -> Past:
    return remember(past, sell(past, *lines, days=days), TODAY + timedelta(days=days), CLUB)


def coffee(past: Past, cups: int = 1) -> Sold:
    return sell(past, *[bought(10, COFFEE)] * cups)


def with_goals(**goals: int) -> Past:
    return replace(NO_PAST, goals={f"bottega/{name}": at for name, at in goals.items()})


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


def test_remainders_of_two_tills_add_up() -> None:
    had = replace(NO_PAST, carried={"bottega/points": Fraction(40)})
    first, second = sell(had, bought(70)), sell(had, bought(30))

    past = remember_all(had, [(first, TODAY, CLUB), (second, TODAY, CLUB)])
    swapped = remember_all(had, [(second, TODAY, CLUB), (first, TODAY, CLUB)])

    assert past.earned == {"bottega/points": 1}
    assert past.carried == swapped.carried == {"bottega/points": Fraction(40)}


def test_a_remainder_used_at_two_tills_leaves_nothing_owed() -> None:
    had = replace(NO_PAST, carried={"bottega/points": Fraction(60)})
    sale = sell(had, bought(50))

    past = remember_all(had, [(sale, TODAY, CLUB), (sale, TODAY, CLUB)])

    assert past.carried == {"bottega/points": Fraction(0)}


def test_what_a_till_carried_that_knew_nothing_of_her_is_added() -> None:
    had = replace(NO_PAST, carried={"bottega/points": Fraction(60)})
    elsewhere = sold_to(ANNA, bought(130), program=CLUB)

    past = remember(had, elsewhere, TODAY, CLUB)

    assert past.carried == {"bottega/points": Fraction(90)}


def test_stamps_of_two_tills_count_together_and_the_next_one_fills_the_card() -> None:
    had = with_goals(card=8)
    one = coffee(had)

    past = remember_all(had, [(one, TODAY, CLUB), (one, TODAY, CLUB)])
    assert past.goals["bottega/card"] == 10
    filled = coffee(past)
    again = remember(past, filled, TODAY, CLUB)

    assert filled.scored is not None
    assert filled.scored.left.goals["card"] == 1
    assert again.goals["bottega/card"] == 1
    assert again.earned["bottega/points"] == 20


def test_a_card_filled_at_two_tills_begins_again_at_nothing() -> None:
    had = with_goals(card=9)
    one = coffee(had)

    past = remember_all(had, [(one, TODAY, CLUB), (one, TODAY, CLUB)])

    assert past.goals["bottega/card"] == 0


def test_a_goal_that_is_reached_once_is_reached_once() -> None:
    had = with_goals(welcome=1)
    one, two = coffee(had), coffee(had, 2)

    apart = remember_all(had, [(one, TODAY, CLUB), (one, TODAY, CLUB)])
    reached = remember(had, two, TODAY, CLUB)
    late = remember(reached, one, TODAY, CLUB)

    assert apart.goals["bottega/welcome"] == 2, "nobody handed anything over: the next stamp does"
    assert reached.goals["bottega/welcome"] == late.goals["bottega/welcome"] == 3


def test_stamps_of_a_till_that_claims_a_card_it_never_saw_count_from_nothing() -> None:
    one = coffee(NO_PAST)
    assert one.scored is not None
    blind = replace(one, scored=replace(one.scored, facts=MemberFacts()))

    assert remember(with_goals(card=4), blind, TODAY, CLUB).goals["bottega/card"] == 5


def test_a_streak_stands_where_the_last_till_saw_it() -> None:
    past = after(after(NO_PAST, bought(100)), bought(100), days=1)

    assert past.goals["bottega/streak"] == 2
    assert after(past, bought(100), days=5).goals["bottega/streak"] == 1


def test_goals_and_units_the_program_does_not_have_leave_nothing() -> None:
    sale = sell(NO_PAST, bought(100))
    assert sale.scored is not None
    strange = Left(
        uses=("hacked",),
        capped={"mine": 7},
        carried={"gold": Fraction(9)},
        goals={"moon": 1},
        tier="emperor",
    )

    past = remember(NO_PAST, replace(sale, scored=replace(sale.scored, left=strange)), TODAY, CLUB)

    assert (past.uses, past.carried, past.goals, past.tiers) == ({}, {}, {}, {})


@pytest.mark.parametrize(
    ("had", "reached", "has"),
    [
        ({}, "silver", "silver"),
        ({"bottega": "silver"}, "gold", "gold"),
        ({"bottega": "gold"}, "silver", "gold"),
        ({"bottega": "retired"}, "silver", "silver"),
    ],
)
def test_nobody_falls_by_buying_where_less_of_her_is_known(
    had: dict[str, str], reached: str, has: str
) -> None:
    sale = sell(NO_PAST, bought(100))
    assert sale.scored is not None
    lifted = replace(sale, scored=replace(sale.scored, left=Left(tier=reached)))

    assert remember(replace(NO_PAST, tiers=had), lifted, TODAY, CLUB).tiers == {"bottega": has}


def test_in_a_program_without_tiers_nobody_climbs() -> None:
    sale = sell(NO_PAST, bought(100))
    assert sale.scored is not None
    lifted = replace(sale, scored=replace(sale.scored, left=Left(tier="gold")))

    assert remember(NO_PAST, lifted, TODAY, replace(CLUB, ladder=None)).tiers == {}


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
