from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pos_loyalty.domain.bodies import (
    Sold,
)
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.past import (
    NO_PAST,
    Past,
)
from pos_loyalty.domain.remembering import remember, remember_all
from pos_loyalty.domain.scoring import Left
from tests.unit.domain.remembered import TODAY, after, sell
from tests.unit.domain.shop import ANNA, CLUB, bought, sold_to

COFFEE = "grocery/coffee"


def coffee(past: Past, cups: int = 1) -> Sold:
    return sell(past, *[bought(10, COFFEE)] * cups)


def with_goals(**goals: int) -> Past:
    return replace(NO_PAST, goals={f"bottega/{name}": at for name, at in goals.items()})


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
