"""What a rule or a reward gives, in words that conditions can follow."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    SetPrice,
)
from pos_loyalty.domain.programs.effects import (
    DrawPrize,
    Earn,
    Effect,
    Give,
    IssueVoucher,
    Multiply,
)
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Convert, Donate, Gift
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import all_of, days, factor, one_of, quantity, share
from pos_loyalty.wording.paces import earning
from pos_loyalty.wording.selections import counted_in, selection_told
from pos_loyalty.wording.titles import gift_name, reward_name
from pos_loyalty.wording.units import unit_amount, unit_name

DOUBLE, TRIPLE = 2, 3


def effect_told(words: Words, effect: Effect | Gift, program: Program) -> str:
    """Say what is given: small letters, no full stop."""
    match effect:
        case Earn():
            told = earning(words, effect, program)
        case Multiply():
            told = _multiplied(words, effect, program)
        case Give(points, unit):
            told = unit_amount(words, program, unit, points)
        case IssueVoucher():
            told = _for_every(words, _voucher(words, effect, program), effect, program)
        case DrawPrize(pool):
            told = _for_every(words, _draw(words, pool, program), effect, program)
        case Donate():
            told = _donation(words, effect, program)
        case Convert():
            told = gift_name(words, effect, program)
        case _:
            told = benefit_told(words, effect, program)
    return told


def benefit_told(words: Words, benefit: Benefit, program: Program) -> str:
    """Say what comes off the bill, or into the bag."""
    match benefit:
        case PercentOff() | AmountOff() | CheapestOff() | BuyGet():
            return _off(words, benefit, program)
        case MemberPrice(price, lines):
            return words.gettext("{lines} at the member price of {price}").format(
                lines=selection_told(words, lines), price=words.money(price, program.currency)
            )
        case SetPrice(price, sets):
            parts = all_of(words, [selection_told(words, one) for one in sets])
            return words.gettext("{lines} together for {price}").format(
                lines=parts, price=words.money(price, program.currency)
            )
        case FreeItem():
            return _free(words, benefit)
        case _:
            assert_never(benefit)


def _multiplied(words: Words, effect: Multiply, program: Program) -> str:
    unit = unit_name(words, program, effect.unit)
    if effect.by == 0:
        if effect.lines == ALL_LINES:
            return words.gettext("no {unit}").format(unit=unit)
        return words.gettext("no {unit} on {lines}").format(
            unit=unit, lines=selection_told(words, effect.lines)
        )
    match effect.by:
        case Fraction(numerator=2, denominator=1):
            times = words.gettext("double {unit}").format(unit=unit)
        case Fraction(numerator=3, denominator=1):
            times = words.gettext("triple {unit}").format(unit=unit)
        case _:
            times = words.gettext("{by} times the {unit}").format(
                by=factor(words, effect.by), unit=unit
            )
    if effect.lines == ALL_LINES:
        return times
    return words.gettext("{times} on {lines}").format(
        times=times, lines=selection_told(words, effect.lines)
    )


def _voucher(words: Words, issue: IssueVoucher, program: Program) -> str:
    reward = reward_name(words, program, issue.reward)
    if not issue.after_days:
        return words.ngettext(
            "a voucher “{{reward}}” (valid for {n} day)",
            "a voucher “{{reward}}” (valid for {n} days)",
            issue.valid_days,
        ).format(reward=reward)
    return words.ngettext(
        "a voucher “{{reward}}” (valid for {n} day, starting after {{wait}})",
        "a voucher “{{reward}}” (valid for {n} days, starting after {{wait}})",
        issue.valid_days,
    ).format(reward=reward, wait=days(words, issue.after_days))


def _for_every(words: Words, gift: str, effect: IssueVoucher | DrawPrize, program: Program) -> str:
    if effect.every_minor is None:
        return gift
    step = words.money(effect.every_minor, program.currency)
    return words.gettext("{gift} for every {step}").format(gift=gift, step=step)


def _draw(words: Words, pool: str, program: Program) -> str:
    found = next((one for one in program.pools if one.id == pool), None)
    if found is None:
        return words.gettext("a chance to win")
    if found.odds.numerator == 1:
        return words.gettext("a chance to win (1 in {number})").format(
            number=words.number(found.odds.denominator)
        )
    return words.gettext("a chance to win ({rate})").format(rate=share(words, found.odds))


def _donation(words: Words, gift: Donate, program: Program) -> str:
    if not gift.amount_minor:
        return words.gettext("a donation to: {to}").format(to=gift.to)
    return words.gettext("a donation of {amount} to: {to}").format(
        amount=words.money(gift.amount_minor, program.currency), to=gift.to
    )


def _off(
    words: Words, benefit: PercentOff | AmountOff | CheapestOff | BuyGet, program: Program
) -> str:
    match benefit:
        case PercentOff(rate, lines, cap):
            told = words.gettext("{rate} off").format(rate=share(words, rate))
            told = _on(words, told, lines)
            if cap is not None:
                told = words.gettext("{offer}, at most {amount}").format(
                    offer=told, amount=words.money(cap, program.currency)
                )
        case AmountOff(amount, lines):
            told = words.gettext("{amount} off").format(
                amount=words.money(amount, program.currency)
            )
            told = _on(words, told, lines)
        case CheapestOff(rate, lines):
            told = (
                words.gettext("the cheapest item free")
                if rate == 1
                else words.gettext("{rate} off the cheapest item").format(rate=share(words, rate))
            )
            if lines != ALL_LINES:
                told = words.gettext("{offer} among {lines}").format(
                    offer=told, lines=selection_told(words, lines)
                )
        case BuyGet(buy, get, lines, rate):
            counts = {"all": words.number(buy + get), "buy": words.number(buy)}
            told = words.gettext("{all} for the price of {buy}").format(**counts)
            if rate != 1:
                told = words.gettext("of every {all} the {get} cheapest with {rate} off").format(
                    all=counts["all"], get=words.number(get), rate=share(words, rate)
                )
            told = _on(words, told, lines)
        case _:
            assert_never(benefit)
    return told


def _on(words: Words, offer: str, lines: Selection) -> str:
    """Say on which goods a discount is."""
    if lines == ALL_LINES:
        return offer
    return words.gettext("{offer} on {lines}").format(
        offer=offer, lines=selection_told(words, lines)
    )


def _free(words: Words, item: FreeItem) -> str:
    goods = selection_told(words, Selection(skus=item.skus))
    number = words.number(item.quantity)
    if len(item.skus) > 1:
        goods = one_of(words, item.skus)
    told = (
        words.gettext("{goods} free").format(goods=goods)
        if item.quantity == 1
        else words.gettext("{number} × {goods} free").format(number=number, goods=goods)
    )
    if item.every is None:
        return told
    every = quantity(words, item.every, counted_in(item.lines))
    if item.lines == ALL_LINES:
        return words.gettext("{gift} for every {step}").format(gift=told, step=every)
    return words.gettext("{gift} for every {step} of {lines}").format(
        gift=told, step=every, lines=selection_told(words, item.lines)
    )
