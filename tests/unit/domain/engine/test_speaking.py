"""What is said with a quote: messages, notices, and one suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pos_loyalty.domain.engine.answer import Proposal, Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import (
    STRANGER,
    UNKNOWN,
    History,
    MemberFacts,
    Offers,
    PaidMembership,
)
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.effects import (
    Give,
)
from pos_loyalty.domain.programs.moments import Message, Notice, Reader, Suggestion
from pos_loyalty.domain.programs.persons import Age, MembershipActive
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Closing, Membership
from tests.fakes.programs import (
    COFFEE,
    NOON,
    PER_EURO,
    TODAY,
    basket_of,
    bought,
    member,
    program_of,
)
from tests.unit.domain.engine.asked import KNOWN, TEN_EURO, reason_of

TEXT = {"en": "something"}
CLOSING = Closing(date(2026, 5, 31), date(2026, 7, 31))


def said(program: Program, facts: MemberFacts | None = KNOWN, day: date = TODAY) -> list[str]:
    basket = replace(TEN_EURO, at=NOON + (day - TODAY))
    return [one.id for one in quote(basket, facts, program).messages]


def test_messages_and_notices_are_told_when_their_time_has_come() -> None:
    program = program_of(
        messages=(
            Message("hello", TEXT),
            Message("rated", TEXT, on="feedback"),
            Message("rich", TEXT, Reader.DISPLAY, when=(MinimumAmount(2000),)),
            Message("adult", TEXT, when=(Age(18),)),
        ),
        notices=(
            Notice("always", TEXT),
            Notice("today", TEXT, TODAY, TODAY),
            Notice("later", TEXT, TODAY + timedelta(1)),
            Notice("over", TEXT, None, TODAY - timedelta(1)),
            Notice("adults", TEXT, when=(Age(18),)),
        ),
    )

    assert said(program) == ["hello", "adult", "always", "today", "adults"]
    assert said(program, STRANGER) == ["hello", "always", "today"]
    assert said(program, None) == []


def test_the_end_of_a_program_is_announced_in_time() -> None:
    closing = replace(CLOSING, notice=TEXT, notice_days=30)
    program = program_of(closing=closing)

    assert said(program, day=date(2026, 6, 30)) == []
    assert said(program, day=date(2026, 7, 1)) == ["closing"]
    assert said(program, day=date(2026, 7, 31)) == ["closing"]
    assert said(program_of(closing=CLOSING), day=date(2026, 7, 31)) == []


CUP = Reward("cup", PercentOff(Fraction(1), COFFEE), 15)
MORE = Suggestion("more", TEXT, "cup")
BIG = Rule("big", Give(5), (MinimumAmount(1500),))


def suggested(found: Quote) -> str | None:
    return None if found.suggestion is None else found.suggestion.id


@pytest.mark.parametrize(
    ("suggestions", "facts", "chosen"),
    [
        ((MORE,), KNOWN, "more"),
        ((MORE,), None, None),
        ((MORE,), member(offers=Offers({}, {}, {"more": 2})), None),
        ((MORE,), member(offers=Offers()), "more"),
        ((MORE, Suggestion("plain", TEXT)), member(offers=Offers({}, {}, {"more": 2})), "plain"),
        ((Suggestion("kids", TEXT, when=(Age(0, 12),)), MORE), member(), "more"),
        ((Suggestion("rule", TEXT, "big"),), KNOWN, "rule"),
        ((Suggestion("rule", TEXT, "base"),), KNOWN, None),
    ],
)
def test_at_most_one_thing_is_suggested_and_not_what_was_declined_twice(
    suggestions: tuple[Suggestion, ...], facts: MemberFacts | None, chosen: str | None
) -> None:
    program = program_of(PER_EURO, BIG, rewards=(CUP,), suggestions=suggestions)

    assert suggested(quote(TEN_EURO, facts, program)) == chosen


def test_a_suggestion_tells_what_is_missing() -> None:
    program = program_of(BIG, suggestions=(Suggestion("rule", TEXT, "big"),))

    found = quote(TEN_EURO, KNOWN, program)

    assert found.suggestion == Proposal("rule", TEXT, "big", reason_of(found, "big").missing)


CLUB = Membership("club", "CLUB", 3000, 12, saves=("five", "coffee"), renew_days=30)
FIVE = Rule("five", PercentOff(Fraction(1, 20)), (MembershipActive("club"),))
COFFEE_ONLY = Rule("coffee", PercentOff(Fraction(1, 2), COFFEE), (MembershipActive("club"),))


def in_a_year(spent: object, membership: object = None, declined: int = 0) -> MemberFacts:
    history = History(UNKNOWN if spent is UNKNOWN else {"365d": spent}, {})  # type: ignore[dict-item]
    return member(history=history, membership=membership, offers=Offers({}, {}, {"club": declined}))


@pytest.mark.parametrize(
    ("facts", "saves"),
    [
        (in_a_year(60_020), 3001),
        (in_a_year(60_000), None),
        (in_a_year(UNKNOWN), None),
        (member(history=History({"30d": 100_000}, {})), None),
        (member(), None),
        (member(history=History({"year": 100_000}, {})), 5000),
        (in_a_year(100_000, declined=1), 5000),
        (in_a_year(100_000, declined=2), None),
        (in_a_year(100_000, UNKNOWN), None),
        (in_a_year(100_000, PaidMembership("club", TODAY + timedelta(31))), None),
        (in_a_year(100_000, PaidMembership("club", TODAY + timedelta(30))), 5000),
        (in_a_year(100_000, PaidMembership("club", TODAY - timedelta(1))), 5000),
        (in_a_year(100_000, PaidMembership("other", TODAY)), None),
        (in_a_year(100_000, PaidMembership("other", TODAY - timedelta(1))), 5000),
        (STRANGER, None),
    ],
)
def test_a_membership_is_offered_only_when_it_would_have_paid(
    facts: MemberFacts, saves: int | None
) -> None:
    found = quote(TEN_EURO, facts, program_of(FIVE, COFFEE_ONLY, memberships=(CLUB,)))

    assert (found.suggestion and found.suggestion.saves_minor) == saves


def test_a_membership_that_is_being_bought_is_not_offered() -> None:
    basket = basket_of(bought(3000, sku="CLUB"))

    assert (
        suggested(quote(basket, in_a_year(100_000), program_of(FIVE, memberships=(CLUB,)))) is None
    )
