"""What the cashier learns of a member the moment she is recognised, without any line."""

from __future__ import annotations

from datetime import date

import pytest

from pos_loyalty.domain.facts import PaidMembership
from pos_loyalty.domain.past import Past
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.wire.changes import ProgramPublished
from pos_loyalty.wire.program_document import read_program, write_program
from tests.fakes.counter import tell
from tests.presenters.rig import ANNAS_CARD, EAN, Rig
from tests.presenters.shops import PLUS, STAMPS, a_till_of

LADDER = """
[ladder]
metric = "{metric}"
[[ladder.tiers]]
id = "silver"
text = {{ en = "Silver" }}
at_least = 100
[[ladder.tiers]]
id = "gold"
text = {{ en = "Gold" }}
at_least = 200
"""


def member(till: Rig) -> MemberState:
    till.scan(ANNAS_CARD)
    assert isinstance(till.shown.member, MemberState)
    return till.shown.member


def chips(till: Rig) -> list[str]:
    return [chip.text for chip in member(till).chips]


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1984, 3, 2), ["Birthday today"]),
        (date(1984, 3, 4), ["Birthday in 2 days"]),
        (date(1984, 3, 1), ["Birthday 1 day ago"]),
        (date(1984, 3, 6), []),
    ],
)
def test_a_birthday_is_said_in_the_week_it_lies_in(born: date, said: list[str]) -> None:
    assert chips(a_till_of("", birthday=born)) == said


@pytest.mark.parametrize(
    ("visits", "said"), [(0, []), (1, ["2nd visit: glad to see her again"]), (3, [])]
)
def test_the_second_and_third_visit_are_worth_a_word(visits: int, said: list[str]) -> None:
    assert chips(a_till_of("", Past(visits=visits))) == said


@pytest.mark.parametrize(
    ("last", "said"), [(date(2026, 1, 31), ["Away for 30 days"]), (date(2026, 2, 1), [])]
)
def test_who_was_away_for_a_month_is_welcomed_back(last: date, said: list[str]) -> None:
    assert chips(a_till_of("", Past(visits=7, last_purchase_on=last))) == said


def test_what_she_gets_with_her_purchase_is_said_and_nothing_is_written() -> None:
    gifts = """
[[rewards]]
id = "ten-off"
text = { en = "10 % off" }
voucher_only = true
gives = { kind = "percent_off", rate = 0.10 }
[[rules]]
id = "gift"
on = "recognised"
then = { kind = "issue_voucher", reward = "ten-off" }
[[rules]]
id = "points"
on = "recognised"
then = { kind = "give", points = 25 }
[[messages]]
id = "smile"
on = "recognised"
text = { en = "Ask how the coffee was" }
"""
    till = a_till_of(gifts)

    assert chips(till) == [
        "With her purchase: +25 points",
        "With her purchase: 10 % off",
        "Ask how the coffee was",
    ]
    assert till.kinds() == ["shift-open"]
    till.scan(EAN)
    till.enter()
    assert till.kinds() == ["shift-open", "activity", "sale"]


def test_news_for_members_is_told_to_the_cashier_what_is_for_others_is_not() -> None:
    news = """
[[notices]]
id = "market"
text = { en = "Market on Sunday" }
[[messages]]
id = "paper"
to = "receipt"
on = "recognised"
text = { en = "Only on paper" }
"""
    assert chips(a_till_of(news)) == ["Market on Sunday"]


def test_a_message_for_this_basket_is_said_with_it() -> None:
    message = """
[[messages]]
id = "beans"
when = [{ kind = "minimum_quantity", quantity = 1, lines = { categories = ["grocery/coffee"] } }]
text = { en = "Ask whether to grind" }
"""
    till = a_till_of(message)
    assert chips(till) == []

    till.scan(EAN)

    assert isinstance(till.shown.member, MemberState)
    assert [chip.text for chip in till.shown.member.chips] == ["Ask whether to grind"]


@pytest.mark.parametrize(
    ("metric", "past", "way"),
    [
        ("spend", Past(spend_minor=150, tiers={"bottega": "silver"}), "€0.50 more to Gold"),
        ("visits", Past(visits=199, tiers={"bottega": "silver"}), "1 visit more to Gold"),
        (
            "earned",
            Past(earned={"bottega/points": 150}, tiers={"bottega": "silver"}),
            "50 points more to Gold",
        ),
    ],
)
def test_her_level_and_the_way_to_the_next_are_always_in_sight(
    metric: str, past: Past, way: str
) -> None:
    tier = member(a_till_of(LADDER.format(metric=metric), past)).tier

    assert tier is not None
    assert (tier.name, tier.way, tier.target) == ("Silver", way, 200)


def test_who_is_at_the_top_has_a_level_and_no_way() -> None:
    past = Past(spend_minor=900, tiers={"bottega": "gold"})

    tier = member(a_till_of(LADDER.format(metric="spend"), past)).tier

    assert tier is not None
    assert (tier.name, tier.way, tier.target) == ("Gold", "", 0)


def test_a_stranger_s_level_is_not_guessed() -> None:
    assert member(a_till_of(LADDER.format(metric="spend"), None)).tier is None


def test_stamps_and_membership_are_among_what_she_has() -> None:
    card = """
[[goals]]
id = "breads"
text = { en = "Ten breads" }
reach = { kind = "stamps", target = 10 }
then = { kind = "give", points = 20 }
"""
    past = Past(
        goals={"bottega/breads": 4}, membership=PaidMembership("plus", date(2026, 9, 1)), visits=5
    )

    facts = [fact.text for fact in member(a_till_of(card + PLUS, past)).facts]

    assert "Ten breads: 4 of 10" in facts
    assert "Bottega Plus until Sep 1, 2026" in facts


def test_a_membership_that_is_over_is_not_shown() -> None:
    past = Past(membership=PaidMembership("plus", date(2026, 3, 1)))

    assert not any("Plus" in fact.text for fact in member(a_till_of(PLUS, past)).facts)


def test_other_units_stand_beside_the_large_figure() -> None:
    shown = member(a_till_of(STAMPS))

    assert (shown.balance, shown.unit, shown.more) == ("300", "points", "0 stamps")


def test_money_back_is_written_as_money() -> None:
    cashback = """
[[units]]
id = "points"
name = { en = "cashback" }
precision = 2
value_minor = 1
"""
    shown = member(a_till_of(cashback))

    assert (shown.balance, shown.unit) == ("€3.00", "cashback")


def test_a_program_without_anything_to_collect_shows_no_figure() -> None:
    only_discounts = """
id = "discounts"
version = 1
priority = 1
name = { en = "Discounts" }
currency = "EUR"
valid_from = 2026-01-01
[[rules]]
id = "off"
then = { kind = "percent_off", rate = 0.10 }
"""
    till = a_till_of("")
    document = write_program(read_program(only_discounts, "discounts.toml"))
    tell(till.counter, ProgramPublished(document=document))
    shown = member(till)

    assert (shown.balance, shown.more) == ("", "")
    till.scan(EAN)
    assert (till.shown.payment.earned, till.shown.payment.total) == ("", "€5.31")
    till.enter()
    assert till.shown.done is not None
    assert till.shown.done.figures == ()


def test_what_may_not_be_spent_yet_is_not_called_usable() -> None:
    tomorrow = """
[[units]]
id = "points"
usable = "next_day"
"""
    till = a_till_of(tomorrow)
    till.scan(ANNAS_CARD)
    till.type("10")
    till.enter()

    texts = [fact.text for fact in member(till).facts]

    assert "300 of it usable now" in texts


def test_her_visits_are_counted_and_the_last_is_dated() -> None:
    past = Past(visits=7, last_purchase_on=date(2026, 2, 24))

    assert member(a_till_of("", past)).note == "Visit 8 · last on Feb 24"


def test_a_program_that_has_ended_says_until_when_rewards_are_had() -> None:
    closing = """
[closing]
earn_until = 2026-03-01
redeem_until = 2026-04-01
"""
    till = a_till_of(closing)

    (chip,) = member(till).chips
    assert chip.text == "The program has ended: rewards until Apr 1"
    assert chip.tone is Tone.WAIT
    till.scan(EAN)
    assert till.shown.payment.earned == ""
