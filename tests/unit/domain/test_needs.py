from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.calendar import around, years_old
from pos_loyalty.domain.facts import (
    STRANGER,
    UNKNOWN,
    Activity,
    History,
    MemberFacts,
    Offers,
    PaidMembership,
    Unknown,
)
from pos_loyalty.domain.needs import limits_of, needs, only_needed, stand_in
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Response,
    Spent,
)
from pos_loyalty.domain.programs.effects import Earn, Give, Multiply
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    InTier,
    MemberDate,
    MemberPast,
    MembershipActive,
)
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Goal, Metric, Stamps, Streak, Tier, TierLadder
from pos_loyalty.domain.programs.units import Inactivity
from tests.unit.domain.shop import ONE_PER_EURO, program_of

TODAY = date(2026, 5, 5)
EVERYTHING = MemberFacts(
    joined_on=date(2025, 1, 1),
    birthday=date(1984, 3, 4),
    attributes={"vehicle": "car"},
    segments=("vip",),
    favourite_category="fish",
    tier="gold",
    membership=PaidMembership("plus", TODAY),
    balances={"points": 7},
    lots=(),
    carried={"points": Fraction(40)},
    visits=7,
    last_purchase_on=date(2026, 5, 1),
    history=History({"ever": 9, "30d": 5, "90d": 6}, {"points": {"ever": 8, "30d": 4, "90d": 5}}),
    usage={"gift": {"day": 1}},
    goals={"card": 4},
    vouchers_held=(),
    offers=Offers({"news": 1}, {}, {}),
    activity=(Activity("survey", TODAY), Activity("feedback", TODAY)),
)
BIRTHDAY = AroundDate(MemberDate.BIRTHDAY, 3, 3)


def when(*conditions: Condition) -> Program:
    return program_of(Rule("rule", Give(1), conditions))


@pytest.mark.parametrize(
    ("program", "facts"),
    [
        (program_of(ONE_PER_EURO), set()),
        (when(AroundDate(MemberDate.JOINED, 3, 3)), {"joined_on"}),
        (when(DaysSince(MemberPast.JOINED, 30)), {"joined_on", "last_purchase_on"}),
        (when(HasAttribute("vehicle", ("car",))), {"attributes"}),
        (when(InSegment(("vip",))), {"segments"}),
        (when(InTier(("gold",))), {"tier"}),
        (when(MembershipActive("plus")), {"membership"}),
        (when(OnVisit(every=4)), {"visits"}),
        (when(DidActivity("survey")), {"activity"}),
        (program_of(Rule("r", Earn(Fraction(1), carry=True))), {"carried"}),
        (program_of(Rule("r", Multiply(Fraction(2), lines=Selection(favourite=True)))),
         {"favourite_category"}),
        (program_of(Rule("r", Give(1), limits=(Limit(1, Per.DAY),))), {"usage"}),
        (program_of(caps=(Cap("c", 1, Per.DAY),)), {"usage"}),
        (program_of(goals=(Goal("card", Stamps(3), Give(1)),)), {"goals"}),
        (program_of(goals=(Goal("s", Streak(3), Give(1)),)), {"goals", "last_purchase_on"}),
        (program_of(goals=(Goal("s", Streak(3, "survey"), Give(1)),)), {"goals", "activity"}),
        (program_of(lasts=Inactivity(30)), {"last_purchase_on"}),
        (program_of(ladder=TierLadder((Tier("gold", 5),))), {"tier"}),
        (program_of(ladder=TierLadder((Tier("gold", 5),), Metric.VISITS)), {"tier", "visits"}),
    ],
)  # fmt: skip
def test_only_what_the_rules_ask_for_is_recorded(program: Program, facts: set[str]) -> None:
    kept = only_needed(EVERYTHING, program, TODAY)

    known = {name for name in kept.__slots__ if getattr(kept, name) is not UNKNOWN}
    assert known - {"history", "offers"} == facts | {"balances"}


def test_activities_nobody_asks_for_are_not_recorded() -> None:
    kept = only_needed(EVERYTHING, when(DidActivity("survey")), TODAY)
    unknown = only_needed(STRANGER, when(DidActivity("survey")), TODAY)

    assert kept.activity == (Activity("survey", TODAY),)
    assert unknown.activity is UNKNOWN


@pytest.mark.parametrize(
    "condition", [Spent("30d", 1), HasEarned("30d", 1), AboveFigure("f", "30d")]
)
def test_only_the_windows_asked_for_are_recorded(condition: Condition) -> None:
    kept = only_needed(EVERYTHING, when(condition), TODAY)

    assert kept.history == History({"30d": 5}, {"points": {"30d": 4}})
    assert only_needed(STRANGER, when(condition), TODAY).history == History()


def test_no_history_is_recorded_for_rules_that_ask_for_none() -> None:
    assert only_needed(EVERYTHING, when(), TODAY).history == History()


def test_what_became_of_offers_is_recorded_where_a_rule_asks() -> None:
    asked = when(OfferMet("news", Response.SHOWN))

    assert only_needed(EVERYTHING, asked, TODAY).offers == EVERYTHING.offers
    assert only_needed(EVERYTHING, when(), TODAY).offers == Offers()


def test_a_stranger_stays_one_whatever_is_asked() -> None:
    program = when(BIRTHDAY, InSegment(("vip",)), OfferMet("news", Response.SHOWN))

    assert only_needed(STRANGER, program, TODAY) == STRANGER


def test_the_figures_asked_for_are_named() -> None:
    assert needs(when(AboveFigure("points-30d-p80", "30d"))).figures == {"points-30d-p80"}


def test_the_spans_of_limits_are_told_by_what_they_limit() -> None:
    program = program_of(
        Rule("gift", Give(1), limits=(Limit(1, Per.DAY), Limit(2, Per.EVER))),
        Rule("first", Give(1), limits=(Limit(9, Per.TOTAL), Limit(1, Per.RECEIPT))),
        Rule("free", Give(1)),
        caps=(Cap("most", 9, Per.WEEK),),
    )

    assert limits_of(program) == {"gift": (Per.DAY, Per.EVER), "first": (), "most": (Per.WEEK,)}


def test_nobody_learns_a_birthday_from_an_event() -> None:
    program = when(BIRTHDAY)
    others = [date(1950, 3, 4), date(1999, 11, 30)]

    stand_ins = {
        only_needed(MemberFacts(birthday=born), program, TODAY).birthday for born in others
    }

    assert len(stand_ins) == 1
    assert not stand_ins & set(others)


@pytest.mark.parametrize("birthday", [None, UNKNOWN])
def test_a_birthday_nobody_told_stays_untold(birthday: date | Unknown | None) -> None:
    assert stand_in(birthday, (BIRTHDAY,), TODAY) == birthday


def test_rules_that_ask_for_no_birthday_are_told_of_none() -> None:
    assert stand_in(date(1984, 3, 4), (), TODAY) is UNKNOWN


conditions = st.lists(
    st.builds(
        AroundDate,
        st.just(MemberDate.BIRTHDAY),
        st.integers(0, 30),
        st.integers(0, 30),
    )
    | st.builds(
        lambda least, more: Age(least, None if more is None else least + more),
        st.integers(0, 90),
        st.none() | st.integers(0, 30),
    ),
    min_size=1,
    max_size=2,
).map(tuple)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def answers(born: date, asked: tuple[AroundDate | Age, ...], day: date) -> list[bool]:
    found = []
    for one in asked:
        if isinstance(one, AroundDate):
            before, after = one.before_days, one.after_days
            found.append(around(day, born, before_days=before, after_days=after) == 0)
        else:
            age = years_old(day, born)
            found.append(one.at_least <= age and (one.at_most is None or age <= one.at_most))
    return found


@given(st.dates(date(1920, 1, 1), date(2019, 12, 31)), conditions, days)
def test_every_rule_answers_a_stand_in_as_it_does_the_birthday(
    born: date, asked: tuple[AroundDate | Age, ...], day: date
) -> None:
    found = stand_in(born, asked, day)

    assert isinstance(found, date)
    assert answers(found, asked, day) == answers(born, asked, day)


def test_where_no_day_answers_alike_nothing_is_guessed() -> None:
    """In the first forty years of the calendar nobody had turned forty."""
    assert stand_in(date(1, 3, 4), (BIRTHDAY,), date(30, 6, 1)) is UNKNOWN
