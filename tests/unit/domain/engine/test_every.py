"""Every so much spent gives a voucher or a chance."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import Wish
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.programs.benefits import AmountOff, PercentOff
from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.effects import DrawPrize, Effect, IssueVoucher
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import CurrencyChange
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.domain.scoring import LEFT_MAX
from tests.fakes.programs import basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import KNOWN, missing_in, reason_of

VOUCHER = IssueVoucher("cup", every_minor=1000)
CHANCE = DrawPrize("spring", every_minor=1000)


def given(amount_minor: int, *effects: Effect, program: Program | None = None) -> tuple[int, int]:
    """Tell how many vouchers and chances a receipt gives."""
    rules = [Rule(f"rule-{number}", effect) for number, effect in enumerate(effects)]
    found = quote(basket_of(bought(amount_minor)), KNOWN, program or program_of(*rules))
    return len(found.vouchers_issued), len(found.draws)


@pytest.mark.parametrize(
    ("amount_minor", "times"), [(1, 0), (999, 0), (1000, 1), (1999, 1), (2000, 2), (10_500, 10)]
)
def test_every_whole_step_gives_one(amount_minor: int, times: int) -> None:
    assert given(amount_minor, VOUCHER, CHANCE) == (times, times)


def test_without_a_step_a_receipt_gives_one_however_large() -> None:
    assert given(10_500, IssueVoucher("cup"), DrawPrize("spring")) == (1, 1)


def test_below_the_first_step_it_says_what_is_missing() -> None:
    found = quote(basket_of(bought(700)), KNOWN, program_of(Rule("chance", CHANCE)))

    reason = reason_of(found, "chance")
    assert reason.outcome is Outcome.NOT_MATCHED
    assert missing_in(reason) == {"amount_minor": 300}


def test_what_is_taken_off_does_not_count() -> None:
    fifth = Rule("fifth", PercentOff(Fraction(1, 5)))
    ten = Reward("ten", AmountOff(1000), 100)
    program = program_of(fifth, Rule("chance", CHANCE), rewards=(ten,))
    basket = basket_of(bought(5000), redeem=(Wish("ten"),))

    found = quote(basket, member(balances={"points": 100}), program)

    assert found.to_pay_minor == 3000
    assert len(found.draws) == 3


def test_a_step_is_in_the_programs_money() -> None:
    change = CurrencyChange(date(2026, 1, 1), "EUR", Fraction(2))
    program = program_of(Rule("chance", CHANCE), currency="BGN", currency_change=change)

    assert given(1499, program=program) == (0, 2)  # 29.98 leva.
    found = quote(basket_of(bought(499)), KNOWN, program)
    assert missing_in(reason_of(found, "chance")) == {"amount_minor": 1}


def test_no_receipt_gives_more_than_an_event_can_record() -> None:
    cent = DrawPrize("spring", every_minor=1)

    assert given(10**9, cent) == (0, LEFT_MAX)
    assert given(10**9, IssueVoucher("cup", every_minor=10**7), cent) == (100, LEFT_MAX - 100)


@pytest.mark.parametrize("every", [0, -1])
def test_a_step_is_worth_something(every: int) -> None:
    with pytest.raises(WrongValue, match="every_minor"):
        IssueVoucher("cup", every_minor=every)
    with pytest.raises(WrongValue, match="every_minor"):
        DrawPrize("spring", every_minor=every)


def test_only_rules_count_money() -> None:
    with pytest.raises(WrongValue) as goal:
        Goal("card", Stamps(3), CHANCE)
    with pytest.raises(WrongValue) as reward:
        Reward("later", VOUCHER, 50)

    assert goal.value.field == "then.every_minor"
    assert reward.value.field == "gives.every_minor"
