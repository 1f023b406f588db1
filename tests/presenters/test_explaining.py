"""Rewards beside the member, and "Why?" with every rule."""

from __future__ import annotations

from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.why import WhyState
from tests.presenters.rig import ANNAS_CARD, EAN
from tests.presenters.shops import BREAD_PRICE, a_till_of

REWARDS = """
[[rewards]]
id = "moka"
text = { en = "moka pot" }
cost = 500
gives = { kind = "amount_off", amount_minor = 2000 }
[[rewards]]
id = "cup"
text = { en = "a coffee" }
cost = 120
gives = { kind = "amount_off", amount_minor = 100 }
"""


def test_rewards_that_can_be_had_stand_first_and_the_others_say_what_is_missing() -> None:
    till = a_till_of(REWARDS)
    till.scan(ANNAS_CARD)

    assert till.shown.rewards is not None
    coffee, moka = till.shown.rewards.rewards
    assert (coffee.name, coffee.cost, coffee.state) == (
        "A coffee",
        "120 points",
        "2 can be had now",
    )
    assert (coffee.usable, moka.usable) == (True, False)
    assert (moka.name, moka.state) == ("Moka pot", "200 points missing")


def test_nobody_is_shown_rewards_who_is_not_there() -> None:
    till = a_till_of(REWARDS)
    till.scan(EAN)

    assert till.shown.rewards is None


def test_why_shows_discounts_and_rewards_beside_the_points() -> None:
    till = a_till_of(BREAD_PRICE + REWARDS)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    till.till.open_panel(Panel.WHY)

    assert isinstance(till.side, WhyState)
    outcomes = {rule.name: rule.outcome for rule in till.side.rules}
    assert outcomes["Member price"] == "-€0.40"
    assert till.side.rewards is not None


def test_why_without_a_member_says_what_it_would_be() -> None:
    till = a_till_of(BREAD_PRICE)
    till.scan("BREAD")
    till.till.open_panel(Panel.WHY)

    assert isinstance(till.side, WhyState)
    assert till.side.note == "So it would be for a member: scan her card."


def test_points_lost_to_a_limit_are_called_limited() -> None:
    limited = """
[[rules]]
id = "once"
text = { en = "once a day" }
limits = [{ times = 1, per = "day" }]
then = { kind = "give", points = 5 }
"""
    till = a_till_of(limited)
    for _ in range(2):
        till.enter()
        till.scan(ANNAS_CARD)
        till.scan("BREAD")
    till.till.open_panel(Panel.WHY)

    assert isinstance(till.side, WhyState)
    assert {rule.name: rule.outcome for rule in till.side.rules}["Once a day"] == "limited"
