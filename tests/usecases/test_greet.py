"""Who stands there, and what her own facts decide of it, without any line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.facts import Activity, PaidMembership
from pos_loyalty.domain.past import NO_PAST, Past, PastDay
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.moments import Question
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.greet import Greeting, greet
from pos_loyalty.usecases.meet_offer import Met, meet_offer
from pos_loyalty.usecases.standing import see
from pos_loyalty.wire.changes import FiguresChanged
from tests.fakes.clock import FakeClock
from tests.fakes.counter import ANNA, ROSA, a_counter, a_program, known, lot, new_id, tell

TODAY = date(2026, 3, 2)
BORN = date(1984, 3, 2)
GIFT = """
[[rewards]]
id = "ten-off"
voucher_only = true
gives = { kind = "percent_off", rate = 0.10 }
"""
BIRTHDAY = (
    GIFT
    + """
[[rules]]
id = "birthday"
on = "recognised"
when = [{ kind = "around_date", date = "birthday", before_days = 3, after_days = 3 }]
limits = [{ times = 1, per = "year" }]
then = { kind = "issue_voucher", reward = "ten-off", valid_days = 14 }
[[messages]]
id = "congratulate"
on = "recognised"
when = [{ kind = "around_date", date = "birthday", before_days = 3, after_days = 3 }]
text = { en = "Birthday this week" }
"""
)


def a_shop(more: str = "", past: Past | None = NO_PAST, birthday: date | None = None) -> Counter:
    """A till whose program says `more`, and that knows Anna with this past."""
    counter = a_counter()
    tell(counter, a_program(2, more=more), known(ANNA, lot(300), past=past, birthday=birthday))
    return counter


def greeting(counter: Counter) -> Greeting:
    return greet(counter, see(counter, ANNA))


def rules_due(counter: Counter) -> list[str]:
    """Name the rules that give something now."""
    return [one.rule for one in greeting(counter).quote.vouchers_issued]


@pytest.mark.parametrize(
    ("born", "due"),
    [
        (date(1984, 3, 5), True),
        (date(1984, 3, 6), False),
        (date(1984, 2, 27), True),
        (date(1984, 2, 26), False),
        (date(1984, 2, 29), True),
        (None, False),
    ],
)
def test_a_birthday_is_seen_from_three_days_before_to_three_days_after(
    born: date | None, *, due: bool
) -> None:
    greeted = greeting(a_shop(BIRTHDAY, birthday=born))

    assert greeted.gives is due
    assert [said.id for said in greeted.quote.messages] == ["congratulate"] * due


def test_looking_a_member_up_leaves_no_trace_in_the_journal() -> None:
    counter = a_shop(BIRTHDAY, birthday=BORN)

    for _ in range(3):
        assert greeting(counter).gives

    assert counter.journal.head().position == Position(1, 0)


def test_what_was_had_this_year_is_not_due_again() -> None:
    past = Past(uses={"bottega/birthday": 1}, days=(PastDay(TODAY, uses={"bottega/birthday": 1}),))

    assert not greeting(a_shop(BIRTHDAY, past, BORN)).gives


def test_of_a_member_of_another_store_nothing_is_guessed() -> None:
    counter = a_counter()
    tell(counter, a_program(2, more=BIRTHDAY))

    greeted = greeting(counter)

    assert not greeted.gives
    assert greeted.question is None
    assert greeted.quote.balance_after == {"points": None}


DORMANT = (
    GIFT
    + """
[[rules]]
id = "missed"
on = "recognised"
when = [{ kind = "days_since", since = "last_purchase", at_least = 30 }]
then = { kind = "issue_voucher", reward = "ten-off" }
"""
)


@pytest.mark.parametrize(
    ("last", "due"), [(date(2026, 1, 31), ["missed"]), (date(2026, 2, 1), []), (None, [])]
)
def test_who_stayed_away_for_thirty_days_is_missed(last: date | None, due: list[str]) -> None:
    assert rules_due(a_shop(DORMANT, Past(visits=3, last_purchase_on=last))) == due


EAGER = (
    GIFT
    + """
[[rules]]
id = "eager"
on = "recognised"
when = [{ kind = "above_figure", figure = "points-30d-p80", window = "30d" }]
then = { kind = "issue_voucher", reward = "ten-off" }
"""
)


@pytest.mark.parametrize(("figure", "due"), [(99, ["eager"]), (100, []), (None, [])])
def test_who_earns_more_than_the_published_figure_is_told_so(
    figure: int | None, due: list[str]
) -> None:
    hundred = PastDay(TODAY, 1, 10000, {"bottega/points": 100})
    counter = a_shop(EAGER, Past(visits=1, days=(hundred,)))
    if figure is not None:
        tell(counter, FiguresChanged(figures={"bottega/points-30d-p80": figure}))

    assert rules_due(counter) == due


LADDER = """
[ladder]
metric = "{metric}"
{unit}
[[ladder.tiers]]
id = "silver"
at_least = 100
[[ladder.tiers]]
id = "gold"
at_least = 200
"""


@pytest.mark.parametrize(
    ("metric", "unit", "past", "word", "missing"),
    [
        ("spend", "", Past(spend_minor=150), "amount_minor", 50),
        ("visits", "", Past(visits=130), "visits", 70),
        ("earned", 'unit = "points"', Past(earned={"bottega/points": 199}), "points", 1),
    ],
)
def test_the_way_to_the_next_tier_is_told_in_what_it_counts(
    metric: str, unit: str, past: Past, word: str, missing: int
) -> None:
    more = LADDER.format(metric=metric, unit=unit)

    ahead = greeting(a_shop(more, past)).ahead

    assert ahead is not None
    assert (ahead.tier, ahead.word, ahead.missing) == ("gold", word, missing)
    assert (ahead.done + missing, ahead.target) == (200, 200)


def test_above_the_highest_tier_there_is_no_way() -> None:
    past = Past(spend_minor=500, tiers={"bottega": "gold"})

    assert greeting(a_shop(LADDER.format(metric="spend", unit=""), past)).ahead is None


def test_the_way_to_a_tier_is_not_guessed_for_a_stranger() -> None:
    assert greeting(a_shop(LADDER.format(metric="spend", unit=""), past=None)).ahead is None


def test_a_program_that_is_not_in_force_greets_nobody() -> None:
    counter = a_counter(clock=FakeClock(datetime(2025, 12, 31, 9, tzinfo=UTC)))
    tell(counter, known(ANNA, lot(300)))

    greeted = greeting(counter)

    assert (greeted.program, greeted.gives, greeted.question) == (None, False, None)


QUESTIONS = """
[[questions]]
ask = "favourite_category"
points = 10
[[questions]]
ask = "birthday"
[[questions]]
ask = "contact"
[[questions]]
ask = "name"
"""


def asked(past: Past, **record: object) -> Question | None:
    counter = a_counter()
    told = known(ANNA, past=past, **record)  # type: ignore[arg-type] # - words of `known`
    tell(counter, a_program(2, more=QUESTIONS), told)
    question = greeting(counter).question
    return None if question is None else question.ask


def test_at_most_one_fact_is_asked_the_first_she_has_not_told() -> None:
    told = Past(favourite_category="tea")

    assert asked(NO_PAST) is Question.FAVOURITE_CATEGORY
    assert asked(told) is Question.BIRTHDAY
    assert asked(told, birthday=BORN, phone="") is Question.CONTACT
    assert asked(told, birthday=BORN, name="") is Question.NAME
    assert asked(told, birthday=BORN) is None


def test_what_she_does_not_want_to_be_asked_is_not_asked() -> None:
    assert asked(Past(do_not_ask=("favourite_category",))) is Question.BIRTHDAY


def test_the_favourite_is_chosen_from_what_the_shop_sells() -> None:
    assert greeting(a_shop(QUESTIONS)).categories == ("grocery/coffee",)


NOTICE = """
[[notices]]
id = "cake"
text = { en = "Which cake in June?" }
answers = [{ en = "Lemon" }, { en = "Apple" }]
points = 5
[[notices]]
id = "news"
text = { en = "New: baby food" }
"""


@pytest.mark.parametrize("response", [Response.TAKEN, Response.DECLINED])
def test_a_notice_asks_until_it_is_answered_or_declined(response: Response) -> None:
    counter = a_shop(NOTICE)
    before = greeting(counter).notice

    meet_offer(counter, ROSA, Met(new_id(counter), ANNA, "cake", response))

    assert before is not None
    assert before.id == "cake"
    assert greeting(counter).notice is None


def test_a_stranger_is_asked_no_question_of_a_notice() -> None:
    assert greeting(a_shop(NOTICE, past=None)).notice is None


def test_her_membership_and_what_she_did_are_among_the_facts() -> None:
    past = Past(
        membership=PaidMembership("plus", date(2026, 9, 1)),
        activity=(Activity("low-score", TODAY),),
    )

    facts = greeting(a_shop(past=past)).facts

    assert facts.membership == PaidMembership("plus", date(2026, 9, 1))
    assert facts.activity == (Activity("low-score", TODAY),)
