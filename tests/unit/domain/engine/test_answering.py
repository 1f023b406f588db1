"""What a quote tells besides: lots, days, messages, one suggestion, and when nothing holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pos_loyalty.domain.basket import TaxPart, Wish
from pos_loyalty.domain.engine.answer import EarnedLot, IssuedVoucher
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.facts import (
    STRANGER,
    Voucher,
)
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.effects import (
    DrawPrize,
    Earn,
    Give,
    IssueVoucher,
    Multiply,
    Of,
    Stacking,
)
from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Closing, CurrencyChange
from pos_loyalty.domain.programs.settings import Prices, Settings
from pos_loyalty.domain.programs.units import (
    CalendarDay,
    Expiry,
    Inactivity,
    Months,
    ProgramEnd,
    UnitOfAccount,
    Usable,
)
from pos_loyalty.domain.refusals import NoSuchReward, RedeemingEnded
from tests.fakes.programs import (
    NOON,
    PER_EURO,
    TODAY,
    VAT,
    basket_of,
    bought,
    member,
    program_of,
)
from tests.unit.domain.engine.asked import KNOWN, TEN_EURO, refused, ruled

UNTIL_MAY = {"valid_until": date(2026, 5, 31)}
CLOSING = Closing(date(2026, 5, 31), date(2026, 7, 31))


@pytest.mark.parametrize(
    ("lasts", "program", "day", "expires"),
    [
        (None, {}, TODAY, None),
        (Months(12), {}, date(2028, 2, 29), date(2029, 2, 28)),
        (CalendarDay(2, 1), {}, date(2026, 1, 31), date(2026, 2, 1)),
        (CalendarDay(2, 1), {}, date(2026, 2, 1), date(2027, 2, 1)),
        (CalendarDay(2, 1, years=5), {}, TODAY, date(2031, 2, 1)),
        (CalendarDay(2, 29), {}, date(2026, 3, 1), date(2027, 2, 28)),
        (CalendarDay(2, 29, years=2), {}, date(2026, 2, 1), date(2027, 2, 28)),
        (CalendarDay(2, 29, years=3), {}, date(2026, 2, 1), date(2028, 2, 29)),
        (CalendarDay(2, 29, years=2), {}, date(2028, 2, 1), date(2029, 2, 28)),
        (Inactivity(90), {}, TODAY, None),
        (ProgramEnd(), {}, TODAY, None),
        (ProgramEnd(), UNTIL_MAY, TODAY, date(2026, 6, 1)),
        (ProgramEnd(), {"closing": CLOSING}, TODAY, date(2026, 8, 1)),
        (ProgramEnd(), {"valid_until": date.max}, TODAY, None),
    ],
)
def test_points_last_as_long_as_their_unit_says(
    lasts: Expiry | None, program: dict[str, object], day: date, expires: date | None
) -> None:
    basket = replace(TEN_EURO, at=NOON.replace(year=day.year, month=day.month, day=day.day))

    found = quote(
        basket, KNOWN, program_of(PER_EURO, units=(UnitOfAccount(lasts=lasts),), **program)
    )

    assert found.lots == (EarnedLot("points", 10, (10,), None, expires),)


@pytest.mark.parametrize(
    ("unit", "channel", "usable_on"),
    [
        (UnitOfAccount(usable=Usable.AT_ONCE), "till", None),
        (UnitOfAccount(), "till", None),
        (UnitOfAccount(usable=Usable.NEXT_DAY), "till", date(2026, 5, 6)),
        (UnitOfAccount(usable=Usable.AFTER_DAYS, usable_after_days=14), "till", date(2026, 5, 19)),
        (UnitOfAccount(usable=Usable.ON_DELIVERY), "till", None),
        (UnitOfAccount(usable=Usable.ON_DELIVERY), "online", date.max),
    ],
)
def test_points_are_usable_from_their_day_on(
    unit: UnitOfAccount, channel: str, usable_on: date | None
) -> None:
    basket = replace(TEN_EURO, channel=channel)

    found = quote(basket, KNOWN, program_of(PER_EURO, units=(unit,)))

    assert found.lots[0].usable_on == usable_on


def test_without_a_program_a_basket_is_only_added_up() -> None:
    found = quote(basket_of(bought(122, tax_rate=VAT)), KNOWN, None)

    assert (found.to_pay_minor, found.points("points"), found.reasons) == (122, 0, ())
    assert found.tax == (TaxPart(VAT, 100, 22),)


TEN = Reward("ten", AmountOff(1000), 300)
ELSEWHERE = program_of(PER_EURO, rewards=(TEN,), stores=("roma-1",))
ONLINE = program_of(PER_EURO, rewards=(TEN,), channels=(Channel.ONLINE,))
OVER = program_of(PER_EURO, rewards=(TEN,), valid_until=date(2026, 5, 4))
TO_COME = program_of(PER_EURO, rewards=(TEN,), valid_from=date(2026, 5, 6))


@pytest.mark.parametrize("program", [ELSEWHERE, ONLINE, OVER, TO_COME])
def test_where_and_when_a_program_does_not_hold_only_the_balance_is_told(
    program: Program,
) -> None:
    rich = member(balances={"points": 500}, carried={"points": Fraction(7)}, tier="gold")

    found = quote(TEN_EURO, rich, program)

    assert (found.earned, found.balance_after) == ({"points": 0}, {"points": 500})
    assert (found.carried, found.tier_after) == ({"points": Fraction(7)}, "gold")
    assert quote(TEN_EURO, STRANGER, program).tier_after is None
    assert quote(TEN_EURO, None, program).balance_after == {}


@pytest.mark.parametrize(
    ("program", "reward", "refusal"),
    [
        (ELSEWHERE, "ten", NoSuchReward("ten")),
        (ONLINE, "none", NoSuchReward("none")),
        (OVER, "ten", RedeemingEnded("ten", date(2026, 5, 4))),
        (TO_COME, "ten", RedeemingEnded("ten", None)),
    ],
)
def test_a_wish_is_never_dropped_without_a_word(
    program: Program, reward: str, refusal: object
) -> None:
    assert refused(replace(TEN_EURO, redeem=(Wish(reward),)), program) == refusal


def test_a_voucher_shown_when_the_program_is_over_is_refused() -> None:
    shown = replace(TEN_EURO, vouchers=(Voucher("V", "ten"), Voucher("X", "else")))

    assert refused(shown, OVER) == RedeemingEnded("ten", date(2026, 5, 4))


def test_prices_without_tax_are_so_also_where_the_program_does_not_hold() -> None:
    on_top = replace(ELSEWHERE, settings=Settings(prices=Prices.TAX_ON_TOP))

    assert quote(basket_of(bought(100, tax_rate=VAT)), None, on_top).to_pay_minor == 122


def test_the_day_is_the_stores_own_also_in_its_last_minute() -> None:
    last_minute = replace(TEN_EURO, at=NOON.replace(hour=23, minute=59))
    program = program_of(PER_EURO, valid_until=TODAY)

    assert quote(last_minute, KNOWN, program).earned == {"points": 10}
    assert quote(replace(TEN_EURO, at=NOON + timedelta(days=1)), KNOWN, program).earned == {
        "points": 0
    }


def test_another_currency_is_no_basket_of_this_program() -> None:
    change = CurrencyChange(date(2026, 1, 1), "BGN", Fraction(2))

    with pytest.raises(CurrencyMismatch) as wrong:
        quote(replace(TEN_EURO, currency="USD"), KNOWN, program_of())
    with pytest.raises(CurrencyMismatch) as changed:
        quote(TEN_EURO, KNOWN, program_of(currency_change=change))

    assert (wrong.value.expected, changed.value.expected) == ("EUR", "BGN")


def test_a_rule_gives_points_a_voucher_or_a_draw() -> None:
    found = ruled(Give(5), IssueVoucher("cup", 7, 1), DrawPrize("spring"))

    first = TODAY + timedelta(days=1)
    assert found.earned == {"points": 5}
    assert found.vouchers_issued == (
        IssuedVoucher("cup", "rule-1", first, first + timedelta(days=6)),
    )
    assert found.draws == ("spring",)


@pytest.mark.parametrize(
    ("by", "stacking", "points"),
    [(Fraction(2), None, 10), (Fraction(1, 2), None, 2), (Fraction(3), Stacking.MULTIPLY, 15)],
)
def test_points_for_an_event_without_lines_are_multiplied_too(
    by: Fraction, stacking: Stacking | None, points: int
) -> None:
    rated = replace(basket_of(), event="feedback")
    base = Rule("base", Earn(Fraction(5), of=Of.RECEIPT), on="feedback")
    double = Rule("double", Multiply(by), on="feedback", stacking=stacking)

    assert quote(rated, KNOWN, program_of(base, double)).earned == {"points": points}
