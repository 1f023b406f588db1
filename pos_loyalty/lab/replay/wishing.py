"""What is redeemed in a replay: what the receipt wishes for, or all that can be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.basket import LINES_MAX, Basket, Wish
from pos_loyalty.domain.engine.answer import Quote, RewardState
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts, Voucher
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.worth import reward_cost_minor
from pos_loyalty.domain.refusals import Refusal, Refused, TierNeeded

TRIED_MAX = 4  # Rewards that are tried on one receipt.


class Redeem(Enum):
    """What members redeem in the replay."""

    TOLD = "told"  # What their receipts wish for.
    GREEDY = "greedy"  # Besides, the best they can have.
    NOTHING = "nothing"


def quote_granting(
    basket: Basket,
    facts: MemberFacts | None,
    program: Program,
    refused: Callable[[Refusal], None],
) -> Quote:
    """Quote with all wishes that are granted, in their order; tells which were refused and why."""
    try:
        return quote(basket, facts, program)
    except Refused:
        granted, quoted = _bought(_without_wishes(basket, program), facts, program, refused)
    shown = {voucher.code: (voucher,) for voucher in basket.vouchers}
    wishes: list[tuple[tuple[Wish, ...], tuple[Voucher, ...]]] = [
        ((wish,), shown.get(wish.voucher, ())) for wish in basket.redeem
    ]
    named = {wish.voucher for wish in basket.redeem}
    wishes += [((), one) for code, one in shown.items() if code not in named]
    for redeem, vouchers in wishes:
        further = tuple(one for one in vouchers if one not in granted.vouchers)
        attempt = replace(
            granted, redeem=(*granted.redeem, *redeem), vouchers=(*granted.vouchers, *further)
        )
        try:
            quoted = quote(attempt, facts, program)
        except Refused as error:
            refused(error.refusal)
        else:
            granted = attempt
    return quoted


def _without_wishes(basket: Basket, program: Program) -> Basket:
    """Leave out wishes, and vouchers that are one; others may be what a rule asks for."""
    others = tuple(one for one in basket.vouchers if program.reward(one.reward) is None)
    return replace(basket, redeem=(), vouchers=others)


def _bought(
    basket: Basket,
    facts: MemberFacts | None,
    program: Program,
    refused: Callable[[Refusal], None],
) -> tuple[Basket, Quote]:
    """Quote without the products that are not for this member."""
    for _ in range(LINES_MAX):
        try:
            return basket, quote(basket, facts, program)
        except Refused as error:
            if not isinstance(error.refusal, TierNeeded):
                raise
            refused(error.refusal)
            sku = error.refusal.sku
            kept = tuple(line for line in basket.lines if line.sku != sku)
            basket = replace(basket, lines=kept)
    return basket, quote(basket, facts, program)


def quote_greedily(basket: Basket, facts: MemberFacts, program: Program, plain: Quote) -> Quote:
    """Let a member have the reward that is worth most to her, as often as she can.

    `plain` is the quote without it; it is the answer where nothing can be had.
    """
    usable = [state for state in plain.rewards if state.usable_now]
    ranked = sorted(usable, key=lambda state: (-_worth(state, program, plain), state.id))
    for state in ranked[:TRIED_MAX]:
        for times in dict.fromkeys((_times(state, program, plain), 1)):
            wish = Wish(state.id, times)
            try:
                return quote(replace(basket, redeem=(*basket.redeem, wish)), facts, program)
            except Refused:
                continue
    return plain


def _worth(state: RewardState, program: Program, plain: Quote) -> Fraction:
    """Tell what a reward is worth on this receipt; what has no price is taken last."""
    reward = program.reward(state.id)
    cost = None if reward is None else reward_cost_minor(reward, program)
    if reward is None or cost is None:
        return Fraction(0)
    if isinstance(reward.gives, AmountOff):
        return Fraction(
            min(reward.gives.amount_minor * _times(state, program, plain), plain.to_pay_minor)
        )
    return cost * _times(state, program, plain)


def _times(state: RewardState, program: Program, plain: Quote) -> int:
    """Tell how often it is taken: as often as points and the receipt allow, nothing wasted."""
    reward = program.reward(state.id)
    if reward is None or not reward.cost:
        return 1
    if isinstance(reward.gives, AmountOff):
        part, whole = reward.largest_share.as_integer_ratio()
        most = plain.total_minor * part // whole
        most = min(most, plain.to_pay_minor - reward.smallest_cash_minor)
        return max(1, min(state.affordable_times, most // reward.gives.amount_minor))
    return 1
