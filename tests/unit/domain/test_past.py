from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import UNKNOWN, Activity, OwnLot, PaidMembership, Voucher
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.past import DAYS_KEPT, NO_PAST, Past, PastDay, facts_of, first_day
from pos_loyalty.domain.programs.deeds import HasEarned, Spent
from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.units import UnitOfAccount
from tests.unit.domain.shop import CLUB, ONE_PER_EURO, basket_of, bought, program_of

TUESDAY = date(2026, 5, 5)
POINTS = "bottega/points"


def day(on: date, spend_minor: int = 1000, points: int = 10) -> PastDay:
    return PastDay(on, 1, spend_minor, {POINTS: points, "elsewhere/points": 99})


def asking(*windows: str) -> Program:
    rules = [
        Rule(f"rule-{n}", Give(1), (Spent(window, at_least_minor=1),))
        for n, window in enumerate(windows)
    ]
    return program_of(*rules)


def test_a_member_who_did_nothing_yet_is_known_to_have_done_nothing() -> None:
    facts = facts_of(NO_PAST, CLUB, TUESDAY, None, ())

    assert (facts.joined_on, facts.birthday, facts.tier, facts.membership) == (None,) * 4
    assert facts.balances == {"points": 0, "stars": 0}
    assert (facts.visits, facts.last_purchase_on, facts.usage) == (0, None, {})
    assert facts.history.spend_minor["ever"] == 0  # type: ignore[index]
    assert facts.history.earned == {
        unit: dict.fromkeys(("ever", "year", "365d"), 0) for unit in ("points", "stars")
    }


@pytest.mark.parametrize(
    ("window", "first"),
    [
        ("day", date(2026, 5, 5)),
        ("week", date(2026, 5, 4)),
        ("month", date(2026, 5, 1)),
        ("year", date(2026, 1, 1)),
        ("1d", date(2026, 5, 5)),
        ("30d", date(2026, 4, 6)),
    ],
)
def test_a_window_begins_on_its_first_day(window: str, first: date) -> None:
    before, since = first - timedelta(days=1), first
    past = replace(NO_PAST, spend_minor=9000, days=(day(before, 700), day(since, 1300)))

    spent = facts_of(past, asking(window), TUESDAY, None, ()).history.spend_minor

    assert first_day(window, TUESDAY) == first
    assert spent == {"ever": 9000, window: 1300}


def test_what_happens_later_than_today_is_not_in_todays_window() -> None:
    past = replace(NO_PAST, days=(day(TUESDAY, 700), day(TUESDAY + timedelta(days=1), 1300)))

    spent = facts_of(past, asking("30d"), TUESDAY, None, ()).history.spend_minor

    assert spent == {"ever": 0, "30d": 700}


def test_points_are_counted_by_the_units_of_the_program() -> None:
    past = replace(
        NO_PAST,
        earned={POINTS: 500, "elsewhere/points": 7},
        days=(day(TUESDAY - timedelta(days=40), points=20), day(TUESDAY, points=3)),
    )

    earned = facts_of(past, asking("30d"), TUESDAY, None, ()).history.earned

    assert earned == {"points": {"ever": 500, "30d": 3}}


def test_who_never_earned_is_known_to_have_earned_nothing() -> None:
    rule = Rule("first", Give(5), (HasEarned("30d", 1),))
    facts = facts_of(NO_PAST, program_of(rule), TUESDAY, None, ())

    answer = quote(basket_of(bought(100)), facts, program_of(rule))

    assert answer.reasons[0].outcome is Outcome.NOT_MATCHED


def test_a_window_longer_than_what_is_kept_is_not_known() -> None:
    days = tuple(day(TUESDAY - timedelta(days=DAYS_KEPT - n)) for n in range(DAYS_KEPT))
    spent = facts_of(replace(NO_PAST, days=days), asking("400d", "401d", "402d"), TUESDAY, None, ())
    kept = facts_of(
        replace(NO_PAST, days=days[1:]), asking("400d", "401d", "402d"), TUESDAY, None, ()
    )

    assert spent.history.spend_minor == {"ever": 0, "400d": 399_000, "401d": 400_000}
    assert kept.history.spend_minor == {
        "ever": 0,
        "400d": 399_000,
        "401d": 399_000,
        "402d": 399_000,
    }


USES = ("day", "week", "month", "year", "period", "ever")
LIMITED = program_of(
    Rule("gift", Give(1), limits=tuple(Limit(1, Per(span)) for span in USES)),
    Rule("first", Give(1), limits=(Limit(1, Per.TOTAL), Limit(1, Per.RECEIPT))),
)


def used(on: date, times: int) -> PastDay:
    return PastDay(on, 1, uses={"bottega/gift": times, "elsewhere/gift": 50})


def test_uses_are_counted_in_every_span_that_limits_them() -> None:
    past = replace(
        NO_PAST,
        uses={"bottega/gift": 100, "bottega/first": 3, "bottega/retired": 4, "elsewhere/gift": 9},
        days=(
            used(date(2025, 12, 31), 10),
            used(date(2026, 1, 1), 5),
            used(date(2026, 5, 1), 3),
            used(date(2026, 5, 4), 2),
            used(date(2026, 5, 5), 1),
        ),
    )

    usage = facts_of(past, LIMITED, TUESDAY, None, ()).usage

    assert usage == {
        "gift": {"day": 1, "week": 3, "month": 6, "year": 11, "period": 11, "ever": 100},
        "first": {},
    }


def test_of_a_span_longer_than_what_is_kept_rather_too_many_uses_are_told() -> None:
    first = TUESDAY - timedelta(days=DAYS_KEPT - 1)
    days = tuple(used(first + timedelta(days=n), 1) for n in range(DAYS_KEPT))
    long_ago = replace(LIMITED, valid_from=date(2020, 1, 1))

    usage = facts_of(
        replace(NO_PAST, uses={"bottega/gift": 900}, days=days), long_ago, TUESDAY, None, ()
    ).usage

    assert usage == {
        "gift": {"day": 1, "week": 2, "month": 5, "year": 125, "period": 900, "ever": 900}
    }


def test_lots_that_are_gone_count_no_more_and_those_to_come_already() -> None:
    lots = (
        OwnLot("points", 5, TUESDAY),
        OwnLot("points", 7, TUESDAY + timedelta(days=1)),
        OwnLot("points", 11, None, TUESDAY + timedelta(days=1)),
        OwnLot("stars", 2),
    )

    facts = facts_of(NO_PAST, CLUB, TUESDAY, None, lots)

    assert facts.balances == {"points": 18, "stars": 2}
    assert facts.lots == lots[1:]


def test_everything_else_is_told_by_the_programs_own_names() -> None:
    past = Past(
        joined_on=date(2025, 1, 1),
        attributes={"vehicle": "car"},
        segments=("vip",),
        favourite_category="fish",
        do_not_ask=("birthday",),
        tiers={"bottega": "gold", "elsewhere": "iron"},
        membership=PaidMembership("plus", TUESDAY),
        visits=7,
        last_purchase_on=date(2026, 5, 1),
        carried={POINTS: Fraction(40), "elsewhere/points": Fraction(1)},
        goals={"bottega/card": 4, "elsewhere/card": 5},
        vouchers=(Voucher("A", "coffee"),),
        shown={"news": 2},
        taken={"news": 1},
        declined={"club": 3},
        activity=(Activity("survey", TUESDAY),),
    )

    facts = facts_of(past, CLUB, TUESDAY, date(1984, 2, 29), ())

    assert (facts.joined_on, facts.birthday) == (date(2025, 1, 1), date(1984, 2, 29))
    assert (facts.attributes, facts.segments) == ({"vehicle": "car"}, ("vip",))
    assert (facts.favourite_category, facts.tier) == ("fish", "gold")
    assert facts.membership == past.membership
    assert (facts.visits, facts.last_purchase_on) == (7, date(2026, 5, 1))
    assert (facts.carried, facts.goals) == ({"points": Fraction(40)}, {"card": 4})
    assert facts.vouchers_held == past.vouchers
    assert facts.offers.shown == {"news": 2}
    assert (facts.offers.taken, facts.offers.declined) == ({"news": 1}, {"club": 3})
    assert facts.activity == past.activity
    assert not [name for name in facts.__slots__ if getattr(facts, name) is UNKNOWN]


def test_a_program_whose_name_begins_like_anothers_is_another() -> None:
    longer = replace(
        program_of(ONE_PER_EURO, units=(UnitOfAccount(),)), id=ProgramId("bottega-verdi")
    )
    past = replace(NO_PAST, goals={"bottega-verdi/card": 1}, earned={"bottega-verdi/points": 8})

    assert facts_of(past, CLUB, TUESDAY, None, ()).goals == {}
    assert facts_of(past, longer, TUESDAY, None, ()).goals == {"card": 1}
