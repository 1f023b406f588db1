"""Points given away: to another card, or to a charity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.programs.schemes import Transfers
from pos_loyalty.domain.refusals import (
    BalanceUnknown,
    ConditionNotMet,
    InsufficientPoints,
    LimitReached,
    NoSuchReward,
    Refusal,
)
from pos_loyalty.domain.transfers import CHARITY, GiftOfPoints, Transfer, check_transfer
from tests.fakes.programs import TODAY, member, program_of

TERMS = Transfers(minimum=100, cards_max=3, last=date(2026, 5, 5), fee=5, to_charity=True)
RICH = member(balances={"points": 1000})
BRUNO = GiftOfPoints(100, "bruno")


def check(
    gift: GiftOfPoints = BRUNO,
    terms: Transfers | None = TERMS,
    facts: MemberFacts = RICH,
) -> Transfer | Refusal:
    return check_transfer(program_of(transfers=terms), facts, gift, TODAY)


def test_points_reach_another_card_less_the_fee() -> None:
    given = check()

    assert given == Transfer("points", 100, 5)
    assert isinstance(given, Transfer)
    assert given.arriving == 95


def test_all_that_is_usable_may_go_to_a_charity() -> None:
    assert check(GiftOfPoints(1000, CHARITY, ("a", "b", "c"))) == Transfer("points", 1000, 5)


@pytest.mark.parametrize(
    ("gift", "terms", "facts", "refusal"),
    [
        (BRUNO, None, RICH, NoSuchReward("transfer")),
        (BRUNO, replace(TERMS, unit="stars"), RICH, NoSuchReward("transfer")),
        (
            GiftOfPoints(100, CHARITY),
            replace(TERMS, to_charity=False),
            RICH,
            NoSuchReward("charity"),
        ),
        (
            GiftOfPoints(99, "bruno"),
            TERMS,
            RICH,
            ConditionNotMet("transfer", (Missing("points", 1),)),
        ),
        (
            GiftOfPoints(5, "bruno"),
            replace(TERMS, minimum=1),
            RICH,
            ConditionNotMet("transfer", (Missing("points", 1),)),
        ),
        (
            BRUNO,
            replace(TERMS, last=date(2026, 5, 4)),
            RICH,
            ConditionNotMet("transfer", (Missing("dates", "../2026-05-04"),)),
        ),
        (
            BRUNO,
            replace(TERMS, first=date(2026, 5, 6), last=None),
            RICH,
            ConditionNotMet("transfer", (Missing("dates", "2026-05-06/.."),)),
        ),
        (
            replace(BRUNO, given_before=("a", "b", "c")),
            TERMS,
            RICH,
            LimitReached("transfer", "cards", 3),
        ),
        (
            GiftOfPoints(1001, "bruno"),
            TERMS,
            RICH,
            InsufficientPoints("transfer", "points", 1001, 1000),
        ),
        (BRUNO, TERMS, STRANGER, BalanceUnknown("transfer", 100)),
    ],
)
def test_a_gift_against_the_terms_is_refused_with_its_facts(
    gift: GiftOfPoints, terms: Transfers | None, facts: MemberFacts, refusal: Refusal
) -> None:
    assert check(gift, terms, facts) == refusal


def test_who_was_given_to_before_is_no_further_card() -> None:
    again = replace(BRUNO, given_before=("a", "b", "bruno"))

    assert isinstance(check(again), Transfer)
    assert isinstance(check(again, replace(TERMS, cards_max=None)), Transfer)
