from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.programs.occasions import OnWeekdays, Weekday
from pos_loyalty.domain.refusals import (
    AlreadyDiscounted,
    BalanceUnknown,
    ConditionNotMet,
    InsufficientPoints,
    LimitReached,
    MemberNeeded,
    NoSuchReward,
    NothingToTakeOff,
    RedeemingEnded,
    Refusal,
    ShareTooLarge,
    TierNeeded,
    VoucherNotValid,
)
from pos_loyalty.wording.refusals import refusal_name, refusal_told
from tests.unit.wording.shop import CLUB
from tests.unit.wording.tongues import ENGLISH, TONGUES, everywhere, flaws

SUNDAY = OnWeekdays((Weekday.SUNDAY,))
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
TOLD: list[tuple[Refusal, str]] = [
    (
        InsufficientPoints("ten", "points", 300, 120),
        "300 points needed, 120 points usable now. Choose a smaller reward.",
    ),
    (
        BalanceUnknown("ten", 300),
        "The balance is not known at this till. Redeem when the till is online again.",
    ),
    (MemberNeeded("ten"), "Rewards are for members. Scan the member's card first."),
    (NoSuchReward("moon"), "The program has no reward “moon”. Choose another."),
    (
        ConditionNotMet("ten", (Missing("weekday", "sunday", SUNDAY),)),
        "“Ten euros” cannot be had yet. Counts on Sundays.",
    ),
    (LimitReached("ten", "day", 1), "“Ten euros” can be had once a day. Choose another."),
    (LimitReached("cup", "stock", 0), "“A cup” is out of stock. Choose another."),
    (LimitReached("cup", "stock", 1), "Only 1 of “A cup” is in stock. Choose fewer."),
    (
        LimitReached("cup", "moon", 1),
        "“A cup” was had as often as it may be. Choose another.",
    ),
    (
        AlreadyDiscounted("ten", "tenth"),
        "“Ten euros” does not go together with “10% off”. Choose one of the two.",
    ),
    (
        NothingToTakeOff("tenth"),
        "Nothing is left in the basket that “10% off” could be for. Choose another reward.",
    ),
    (
        ShareTooLarge("ten", 500, 1000),
        "“Ten euros” may pay €5.00 of this receipt, not €10.00. Choose fewer.",
    ),
    (RedeemingEnded("ten", LAST), "Redeeming ended on Mar 31, 2026."),
    (RedeemingEnded("ten", None), "The program has not begun yet: nothing is redeemed so far."),
    (VoucherNotValid("V", None, None), "This voucher is not good here. Ask for another one."),
    (VoucherNotValid("V", FIRST, None), "This voucher is good from Mar 1, 2026 on."),
    (VoucherNotValid("V", None, LAST), "This voucher was good until Mar 31, 2026."),
    (
        VoucherNotValid("V", FIRST, LAST),
        "This voucher is good from Mar 1, 2026 to Mar 31, 2026.",
    ),
    (
        TierNeeded("4711", ("gold", "silver")),
        "So far this product is only for members at level Gold or Silver. Take it out again.",
    ),
]


@pytest.mark.parametrize(("refusal", "told"), TOLD)
def test_a_refusal_says_why_and_what_to_do(refusal: Refusal, told: str) -> None:
    assert refusal_told(ENGLISH, refusal, CLUB) == told


def test_every_refusal_there_is_has_its_sentence() -> None:
    assert {type(refusal) for refusal, _ in TOLD} == set(get_args(Refusal))


@pytest.mark.parametrize("language", TONGUES)
def test_no_refusal_has_gaps_in_any_language(language: str) -> None:
    told = [refusal_told(TONGUES[language], refusal, CLUB) for refusal, _ in TOLD]

    assert [(text, flaws(text)) for text in told if flaws(text)] == []


@pytest.mark.parametrize("code", [refusal.code for refusal, _ in TOLD])
def test_every_refusal_has_a_short_name_in_every_language(code: str) -> None:
    told = everywhere(lambda words: refusal_name(words, code))

    assert len(set(told.values())) == len(told)
    assert [text for text in told.values() if "_" in text] == []


def test_a_refusal_that_a_newer_program_knows_is_told_as_it_is_called() -> None:
    assert refusal_name(ENGLISH, "moon_not_full") == "moon not full"
