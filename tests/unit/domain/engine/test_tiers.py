"""Tiers: which may be hers now, which is hers afterwards, and what they open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.facts import STRANGER, UNKNOWN, History, MemberFacts
from pos_loyalty.domain.programs.persons import InTier
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.schemes import Membership
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Downgrade, EarlyAccess, Metric, Tier, TierLadder
from pos_loyalty.domain.refusals import TierNeeded
from tests.fakes.programs import NOON, PER_EURO, TODAY, basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import TEN_EURO, judged, reason_of, refused

SPEND = TierLadder((Tier("silver", 1000), Tier("gold", 5000)), Metric.SPEND, "30d")
GOLD = InTier(("gold",))


def climbing(ladder: TierLadder | None = SPEND, **others: object) -> Program:
    return program_of(PER_EURO, ladder=ladder, **others)


def who_spent(amount: int, tier: object = UNKNOWN) -> MemberFacts:
    history = History({"30d": amount}, {"points": {"30d": amount // 100}})
    return member(tier=tier, history=history)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (member(tier="gold"), "holds"),
        (member(tier="gone"), {"tier": "gold", "amount_minor": 4000}),
        (who_spent(4000), "holds"),  # With the ten euro of this receipt.
        (who_spent(3999), {"tier": "gold", "amount_minor": 1}),
        (who_spent(4000, tier="silver"), "holds"),
        (who_spent(0, tier="gold"), "holds"),
        (STRANGER, "unknown"),
        (None, {"member": "none"}),
    ],
)
def test_a_tier_is_told_or_reached_or_not_known(facts: MemberFacts | None, verdict: object) -> None:
    assert judged(GOLD, TEN_EURO, facts, climbing()) == verdict


def test_the_lowest_tier_that_everybody_has_is_known_of_a_stranger() -> None:
    ladder = TierLadder((Tier("basic", 0), Tier("gold", 5000)))

    assert judged(InTier(("basic", "gold")), TEN_EURO, STRANGER, climbing(ladder)) == "holds"
    assert judged(InTier(("basic",)), TEN_EURO, STRANGER, climbing(ladder)) == "unknown"


@pytest.mark.parametrize(
    "ladder",
    [replace(SPEND, downgrade=Downgrade.NEVER), replace(SPEND, grace_days=30)],
)
def test_a_tier_that_may_outlast_its_figures_is_unknown_above_them(ladder: TierLadder) -> None:
    assert judged(GOLD, TEN_EURO, who_spent(0), climbing(ladder)) == "unknown"
    assert judged(GOLD, TEN_EURO, who_spent(5000), climbing(ladder)) == "holds"


TWO_VISITS = member(tier=UNKNOWN, visits=2)
VISITS_4 = TierLadder((Tier("gold", 4),), Metric.VISITS)
EARNED_10 = TierLadder((Tier("gold", 10),), Metric.EARNED, "30d")
NOT_YET = {"tier": "gold", "amount_minor": 1}


@pytest.mark.parametrize(
    ("ladder", "facts", "verdict"),
    [
        (replace(SPEND, with_this_receipt=False), who_spent(4999), NOT_YET),
        (replace(SPEND, with_this_receipt=False), who_spent(5000), "holds"),
        (TierLadder((Tier("gold", 3),), Metric.VISITS), TWO_VISITS, "holds"),
        (
            TierLadder((Tier("gold", 4),), Metric.VISITS),
            TWO_VISITS,
            {"tier": "gold", "visits": 1},
        ),
        (TierLadder((Tier("gold", 9),), Metric.EARNED, "30d"), who_spent(900), "holds"),
        (
            TierLadder((Tier("gold", 10),), Metric.EARNED, "30d"),
            who_spent(900),
            {"tier": "gold", "points": 1},
        ),
    ],
)
def test_each_metric_counts_in_its_own_way(
    ladder: TierLadder, facts: MemberFacts, verdict: object
) -> None:
    assert judged(GOLD, TEN_EURO, facts, climbing(ladder)) == verdict


@pytest.mark.parametrize("metric", [Metric.EARNED, Metric.VISITS, Metric.MARGIN, Metric.FEE])
def test_a_metric_not_known_here_leaves_the_tier_unknown(metric: Metric) -> None:
    ladder = TierLadder((Tier("gold", 100),), metric, "30d")
    club = Membership("club", "CLUB", 100, 12)

    program = climbing(ladder, memberships=(club,))

    assert judged(GOLD, TEN_EURO, STRANGER, program) == "unknown"
    assert quote(TEN_EURO, STRANGER, program).tier_after is None


@pytest.mark.parametrize(
    ("ladder", "facts", "after"),
    [
        (None, member(tier="vip"), "vip"),
        (None, STRANGER, None),
        (SPEND, who_spent(0, tier=None), "silver"),
        (SPEND, who_spent(0, tier="gold"), "gold"),
        (SPEND, who_spent(4000), "gold"),
        (SPEND, STRANGER, None),
        (TierLadder((Tier("gold", 3),), Metric.VISITS), member(visits=2), "gold"),
        (TierLadder((Tier("gold", 10),), Metric.EARNED, "30d"), member(), "gold"),
        (TierLadder((Tier("gold", 11),), Metric.EARNED, "30d"), member(), None),
        (TierLadder((Tier("gold", 1),), Metric.MARGIN), member(tier="gold"), "gold"),
    ],
)
def test_the_tier_after_a_sale_is_the_highest_reached(
    ladder: TierLadder | None, facts: MemberFacts, after: str | None
) -> None:
    assert quote(TEN_EURO, facts, climbing(ladder)).tier_after == after


def test_without_a_ladder_a_tier_is_what_the_server_says() -> None:
    assert judged(GOLD, TEN_EURO, member(tier="gold"), climbing(None)) == "holds"
    assert judged(GOLD, TEN_EURO, member(tier=None), climbing(None)) == {"tier": "gold"}


def test_no_way_leads_to_a_lower_tier_or_by_figures_only_the_server_has() -> None:
    silver = InTier(("silver",))
    by_margin = TierLadder((Tier("gold", 1),), Metric.MARGIN)

    assert judged(silver, TEN_EURO, member(tier="gold"), climbing()) == {"tier": "silver"}
    assert judged(GOLD, TEN_EURO, member(tier=None), climbing(by_margin)) == {"tier": "gold"}


def test_what_is_no_sale_adds_no_money_to_the_way() -> None:
    feedback = replace(TEN_EURO, event="feedback")

    assert quote(feedback, who_spent(0, tier=None), climbing()).tier_after is None


def test_the_way_to_a_tier_is_told_in_the_reason() -> None:
    rule = replace(PER_EURO, when=(GOLD,))
    program = program_of(rule, ladder=replace(SPEND, with_this_receipt=False))

    told = reason_of(quote(TEN_EURO, who_spent(3000), program), "base").missing

    assert Missing("amount_minor", 2000) in told


SALE_LINES = Selection(labels=("sale",))
EARLY = EarlyAccess(SALE_LINES, ("gold",), until=TODAY)
DRESS = bought(1000, sku="dress", labels=("sale",))


@pytest.mark.parametrize("facts", [None, STRANGER, member(tier="silver")])
def test_goods_for_a_tier_are_refused_to_others(facts: MemberFacts | None) -> None:
    refusal = refused(basket_of(bought(1), DRESS), climbing(access=(EARLY,)), facts)

    assert refusal == TierNeeded("dress", ("gold",))


def test_goods_for_a_tier_are_sold_to_it_and_later_to_everybody() -> None:
    early = climbing(access=(EARLY,))
    tomorrow = replace(basket_of(DRESS), at=NOON + timedelta(days=1))
    for_ever = climbing(access=(replace(EARLY, until=None),))

    assert quote(basket_of(DRESS), member(tier="gold"), early).to_pay_minor == 1000
    assert quote(basket_of(bought(500)), None, early).to_pay_minor == 500
    assert quote(tomorrow, None, early).to_pay_minor == 1000
    assert refused(tomorrow, for_ever, None) == TierNeeded("dress", ("gold",))


def test_access_ends_with_the_program() -> None:
    over = climbing(access=(EARLY,), valid_until=date(2026, 5, 4))

    assert quote(basket_of(DRESS), None, over).to_pay_minor == 1000
