from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Basket, Line, Tender
from pos_loyalty.domain.engine.answer import Proposal, RewardState
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import (
    Counted,
    Limited,
    Missing,
    Multiplied,
    Outcome,
    Reason,
)
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.programs.benefits import FreeItem, PercentOff
from pos_loyalty.domain.programs.effects import Earn, Effect, Give, Multiply, Of
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.occasions import OnWeekdays, Weekday
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import MinimumQuantity, PaidWith
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.i18n import Words
from pos_loyalty.wording.reasons import (
    outcome_name,
    reward_state_told,
    rule_name,
    suggestion_told,
    why,
)
from tests.unit.wording.shop import CLUB, with_rule
from tests.unit.wording.tongues import ENGLISH, everywhere, flaws

COFFEE = Selection(categories=("coffee",))
EARN = Earn(Fraction(1), Decimal(100))
SUNDAY = OnWeekdays((Weekday.SUNDAY,))
STAMPS = Goal("card", Stamps(10, lines=COFFEE), Give(50))


def applied(basis: Counted | Multiplied | Limited | None = None, **details: object) -> Reason:
    return replace(Reason("told", Outcome.APPLIED, basis=basis), **details)  # type: ignore[arg-type]


def missed(*missing: Missing, outcome: Outcome = Outcome.NOT_MATCHED) -> Reason:
    return Reason("told", outcome, missing=missing)


@pytest.mark.parametrize(
    ("then", "name"),
    [
        (EARN, "Purchase"),
        (Earn(Fraction(1), lines=COFFEE), "Coffee"),
        (Multiply(Fraction(3, 2), lines=COFFEE), "Coffee × 1.5"),
        (Multiply(Fraction(2)), "Points × 2"),
        (Give(5), "5 points"),
        (PercentOff(Fraction(1, 10)), "10% off"),
    ],
)
def test_a_rule_the_shop_has_no_name_for_is_called_by_what_it_does(then: Effect, name: str) -> None:
    assert rule_name(ENGLISH, applied(), with_rule(then)) == name


def test_a_rule_is_called_what_the_shop_calls_it() -> None:
    program = with_rule(EARN, text={"en": "A point for every euro"})

    assert rule_name(ENGLISH, applied(), program) == "A point for every euro"
    assert rule_name(ENGLISH, Reason("card", Outcome.APPLIED), replace(CLUB, goals=(STAMPS,))) == (
        "Card"
    )


def test_what_was_earned_is_told_with_what_gives_the_next_point() -> None:
    counted = Counted(Decimal(2550), Fraction(1), Decimal(100), Decimal(50))

    told = why(ENGLISH, applied(counted, unit="points", earned=25), with_rule(EARN))

    assert told == "1 point for every €1.00 on €25.50. €0.50 more gives 1 point more."


def test_a_threshold_is_told_with_what_was_earned() -> None:
    program = with_rule(replace(EARN, above=Decimal(500)), when=(PaidWith(("cash",)),))
    counted = Counted(Decimal(4000), Fraction(1), Decimal(100), None)

    told = why(ENGLISH, applied(counted, unit="points", earned=35), program)

    assert told == ("1 point for every €1.00 on the part above €5.00 on €40.00 when paid in cash.")


def test_half_a_point_promises_nothing_for_the_next_step() -> None:
    counted = Counted(Decimal(300), Fraction(1, 2), Decimal(100), Decimal(100))

    told = why(ENGLISH, applied(counted, unit="points", earned=1), with_rule(EARN))

    assert told == "1 point for every €2.00 on €3.00."


def test_points_for_a_receipt_are_told_without_its_amount() -> None:
    counted = Counted(Decimal(1), Fraction(5), Decimal(1), None)

    told = why(ENGLISH, applied(counted), with_rule(Earn(Fraction(5), of=Of.RECEIPT)))

    assert told == "5 points for every receipt."


@pytest.mark.parametrize(
    ("then", "reason", "told"),
    [
        (
            Multiply(Fraction(2), lines=COFFEE),
            applied(Multiplied(500), unit="points", earned=5),
            "Coffee × 2: 5 points more.",
        ),
        (
            Multiply(Fraction(2)),
            applied(Multiplied(500), unit="points", earned=1),
            "Points × 2: 1 point more.",
        ),
        (Give(5), applied(unit="points", earned=5), "5 points."),
        (
            PercentOff(Fraction(1, 10)),
            applied(discount_minor=250),
            "10% off: €2.50 saved.",
        ),
        (FreeItem(("4711",)), applied(), "Article 4711 free."),
    ],
)
def test_what_a_rule_gave_is_told(then: Effect, reason: Reason, told: str) -> None:
    assert why(ENGLISH, reason, with_rule(then)) == told


def test_a_free_product_has_the_shops_name_not_its_number() -> None:
    program = with_rule(FreeItem(("4711",)), text={"en": "a cookie"})

    assert why(ENGLISH, applied(), program) == "A cookie."


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (Missing("lines", "none"), "In the basket there is none of this: coffee."),
        (Missing("amount_minor", 50), "€0.50 more of coffee and it counts."),
        (Missing("quantity", "2"), "2 more: coffee."),
    ],
)
def test_what_a_rule_misses_names_its_own_lines(missing: Missing, told: str) -> None:
    program = with_rule(replace(EARN, lines=COFFEE))

    assert why(ENGLISH, missed(missing), program) == told


def test_a_rule_whose_goods_are_not_there_at_all_says_so() -> None:
    program = with_rule(replace(EARN, lines=COFFEE))
    none = Counted(Decimal(0), Fraction(1), Decimal(100), Decimal(100))

    told = why(ENGLISH, replace(missed(Missing("amount_minor", 100)), basis=none), program)

    assert told == "In the basket there is none of this: coffee."


def test_a_rule_that_was_used_up_says_how_often_it_may_be() -> None:
    program = with_rule(Give(5), limits=(Limit(9, Per.WEEK), Limit(3, Per.DAY)))
    used_up = missed(Missing("limit", "day"), outcome=Outcome.CAPPED)

    assert why(ENGLISH, used_up, program) == "At most 3 times a day."


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("top", "At most 500 points a day."),
        ("told", "Once a week."),
        ("ten", "“Ten euros” gives more and counts instead."),
        ("", "Another offer gives more and counts instead."),
    ],
)
def test_what_held_a_rule_back_is_told(by: str, told: str) -> None:
    program = replace(
        with_rule(Give(5), limits=(Limit(1, Per.WEEK),)),
        caps=(Cap("top", 500, Per.DAY, rules=("told",)),),
    )

    assert why(ENGLISH, Reason("told", Outcome.CAPPED, basis=Limited(by, 9)), program) == told


def test_a_goal_that_is_reached_tells_its_prize() -> None:
    program = replace(CLUB, goals=(STAMPS,))

    assert why(ENGLISH, Reason("card", Outcome.APPLIED), program) == "Reached: 50 points."
    assert why(ENGLISH, Reason("news", Outcome.APPLIED, "points", 5), program) == "5 points."
    assert why(ENGLISH, Reason("news", Outcome.APPLIED), program) == "Counted."


def test_every_outcome_has_a_name_of_its_own() -> None:
    names = [outcome_name(ENGLISH, outcome) for outcome in Outcome]

    assert names == ["counted", "not this time", "not known here", "limited"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RewardState("ten", 1, usable_now=True, missing=()), "can be had now"),
        (RewardState("ten", 3, usable_now=True, missing=()), "3 can be had now"),
        (RewardState("ten", 0, usable_now=False, missing=()), "not this time"),
        (
            RewardState("ten", 0, usable_now=False, missing=(Missing("points", 2864),)),
            "2,864 points missing",
        ),
        (
            RewardState(
                "ten",
                0,
                usable_now=False,
                missing=(Missing("points", 1), Missing("lines", "none")),
            ),
            "1 point missing",
        ),
        (
            RewardState(
                "ten",
                0,
                usable_now=False,
                missing=(
                    Missing("usable", "next_receipt"),
                    Missing("quantity", "2", MinimumQuantity(Decimal(3), COFFEE)),
                ),
            ),
            "usable from the next receipt; 2 more: coffee",
        ),
    ],
)
def test_how_near_a_reward_is_fits_beside_its_name(state: RewardState, told: str) -> None:
    assert reward_state_told(ENGLISH, state, CLUB) == told


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        (Proposal("tea", {"en": "Try our tea"}), "Try our tea."),
        (
            Proposal("plus", {}, saves_minor=3000),
            "Club Plus. It would have saved €30.00 in the last 12 months.",
        ),
        (
            Proposal(
                "tea",
                {"en": "Two more?"},
                "ten",
                (Missing("quantity", "2", MinimumQuantity(Decimal(3), COFFEE)),),
            ),
            "Two more? 2 more: coffee → Ten euros.",
        ),
        (
            Proposal(
                "tea", {"en": "A little more!"}, "ten", (Missing("spend_minor", 250, SUNDAY),)
            ),
            "A little more! €2.50 more → Ten euros.",
        ),
        (
            Proposal("tea", {"en": "Come on Sunday"}, "ten", (Missing("weekday", "x", SUNDAY),)),
            "Come on Sunday.",
        ),
    ],
)
def test_a_suggestion_says_what_it_gains(proposal: Proposal, told: str) -> None:
    assert suggestion_told(ENGLISH, proposal, CLUB) == told


def test_the_engines_own_reasons_are_told_in_every_language() -> None:
    program = with_rule(replace(EARN, lines=COFFEE), when=(PaidWith(("cash",)),))
    basket = Basket(
        datetime(2026, 3, 1, 10, tzinfo=UTC),
        StoreId("milano"),
        "EUR",
        (Line("Coffee", 250, category="coffee"),),
        tenders=(Tender("cash", 250),),
    )

    told = everywhere(lambda words: _all_of_it(words, program, basket, STRANGER))

    assert told["en"] == (
        "1 point for every €1.00 spent on coffee on €2.50 when paid in cash. "
        "€0.50 more gives 1 point more."
    )
    assert len(set(told.values())) == len(told)
    assert [flaws(text) for text in told.values()] == [[]] * len(told)


def _all_of_it(words: Words, program: Program, basket: Basket, facts: MemberFacts) -> str:
    return " ".join(why(words, one, program) for one in quote(basket, facts, program).reasons)
