"""Vouchers: good once, on their days, for what they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos_loyalty.domain.basket import Wish
from pos_loyalty.domain.engine.answer import Redeemed
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.programs.persons import Age
from pos_loyalty.domain.refusals import (
    ConditionNotMet,
    VoucherNotValid,
)
from tests.fakes.programs import (
    TODAY,
)
from tests.unit.domain.engine.asked import refused
from tests.unit.domain.engine.shelf import (
    FREE,
    RICH,
    TEN,
    shop,
    wishing,
)

GOOD = Voucher("V1", "free", TODAY, TODAY)


def test_a_voucher_is_good_once_on_its_days_for_whoever_brings_it() -> None:
    shown = replace(wishing(), vouchers=(GOOD, GOOD, Voucher("V9", "of another shop")))

    found = quote(shown, None, shop(FREE))

    assert found.redemptions == (Redeemed("free", 1, {}, 500, voucher="V1"),)


def test_a_voucher_that_she_holds_is_found_by_its_code() -> None:
    holding = replace(RICH, vouchers_held=(GOOD,))

    found = quote(wishing(Wish("free", voucher="V1")), holding, shop(FREE))

    assert (found.discount_minor, found.redeemed) == (500, {})


@pytest.mark.parametrize(
    ("wishes", "voucher", "days"),
    [
        ((Wish("free", voucher="V1"),) * 2, GOOD, (None, None)),
        ((Wish("free", 2, voucher="V1"),), GOOD, (None, None)),
        ((Wish("ten", voucher="V1"),), GOOD, (None, None)),
        ((), replace(GOOD, first=TODAY + timedelta(1), last=None), (TODAY + timedelta(1), None)),
        ((), replace(GOOD, first=None, last=TODAY - timedelta(1)), (None, TODAY - timedelta(1))),
    ],
)
def test_a_voucher_is_refused_twice_too_early_too_late_or_for_something_else(
    wishes: tuple[Wish, ...], voucher: Voucher, days: tuple[date | None, date | None]
) -> None:
    basket = replace(wishing(*wishes), vouchers=(voucher,))

    assert refused(basket, shop(FREE, TEN), RICH) == VoucherNotValid("V1", *days)


def test_a_voucher_for_adults_needs_somebody_whose_age_is_known() -> None:
    program = shop(replace(FREE, when=(Age(18),)))

    refusal = refused(replace(wishing(), vouchers=(GOOD,)), program, None)

    assert refusal == ConditionNotMet("free", (Missing("member", "none", Age(18)),))
