"""Judging what is in the basket and how it is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.verdicts import HOLDS, Unmet, Verdict, unknown
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    Tax,
    VoucherShown,
)

Bought = MinimumAmount | MinimumQuantity | PaidWith | CodeEntered | VoucherShown


def what_is_bought(condition: Bought, scene: Scene) -> Verdict:
    """Judge what lies on the counter."""
    match condition:
        case MinimumAmount():
            return _amount(condition, scene)
        case MinimumQuantity():
            return _quantity(condition, scene)
        case PaidWith():
            return _paid(condition, scene)
        case CodeEntered(any_of):
            if any(code in any_of for code in scene.basket.codes):
                return HOLDS
            return Unmet("code", "1")  # Not the code itself: it is for who knows it.
        case VoucherShown(reward):
            shown = [one for one in scene.basket.vouchers if one.reward == reward]
            good = any(one.good_on(scene.day) for one in shown)
            return HOLDS if good else Unmet("voucher", reward)
        case _:  # pragma: no cover - mypy proves that there is no other
            assert_never(condition)


def _amount(condition: MinimumAmount, scene: Scene) -> Verdict:
    if scene.asks_unknown_favourite(condition.lines):
        return unknown("favourite_category")
    if condition.tax is Tax.INCLUDED:
        amount = scene.to_pay(condition.lines)
    else:
        amount = sum(
            [scene.without_tax(i, scene.remaining[i]) for i in scene.chosen(condition.lines)]
        )
    counted = scene.in_program_money(amount)
    if counted < condition.amount_minor:
        return Unmet("amount_minor", scene.needed_for(condition.amount_minor) - amount)
    if condition.below_minor is not None and counted >= condition.below_minor:
        return Unmet("below_minor", scene.in_basket_money(condition.below_minor))
    return HOLDS


def _quantity(condition: MinimumQuantity, scene: Scene) -> Verdict:
    if scene.asks_unknown_favourite(condition.lines):
        return unknown("favourite_category")
    missing = condition.quantity - scene.quantity(condition.lines)
    return HOLDS if missing <= 0 else Unmet("quantity", plain(missing))


def plain(number: Decimal) -> str:
    """Write a quantity without an exponent or idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _paid(condition: PaidWith, scene: Scene) -> Verdict:
    tenders = scene.basket.tenders
    fits = [tender.kind in condition.any_of for tender in tenders if tender.amount_minor]
    if fits and (any(fits) if condition.partly else all(fits)):
        return HOLDS
    return Unmet("tender", ",".join(condition.any_of))
