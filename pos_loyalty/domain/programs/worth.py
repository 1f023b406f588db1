"""What a reward costs the shop, beside the sales that earn it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    PercentOff,
)
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import Earn, IssueVoucher, Of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import MinimumAmount
from pos_loyalty.domain.programs.rewards import Convert, Donate, Reward
from pos_loyalty.domain.programs.selection import ALL_LINES


def share_off(gives: object, when: Sequence[Condition], program: Program) -> Fraction | None:
    """Tell which share of what is bought is taken off, at most. None: not to be told."""
    match gives:
        case PercentOff(rate=rate) | CheapestOff(rate=rate):
            return rate
        case BuyGet(buy=buy, get=get, rate=rate):
            return rate * Fraction(get, buy + get)
        case AmountOff(amount_minor=off):
            least = max(
                (one.amount_minor for one in when if isinstance(one, MinimumAmount)), default=0
            )
            return min(Fraction(off, least), Fraction(1)) if least else None
        case IssueVoucher(reward=name):
            issued = program.reward(name)
            if issued is None or isinstance(issued.gives, IssueVoucher):
                return None
            return share_off(issued.gives, issued.when, program)
        case _:
            return None


def share_of_sale(reward: Reward, program: Program) -> Fraction | None:
    """Tell which share of the sales that earn a reward it costs the shop. None: not to be told.

    The sales are those of somebody who collects by the best rule that everybody earns by, every day
    of the year: multiplied points make it dearer.
    """
    sale_minor = earning_sale_minor(reward, program)
    cost_minor = reward_cost_minor(reward, program)
    if sale_minor is None or cost_minor is None:
        return None
    return max(cost_minor - reward.pay_minor, Fraction(0)) / sale_minor


def earning_sale_minor(reward: Reward, program: Program) -> Fraction | None:
    """Tell how much must be bought to earn what a reward costs. None: not to be told."""
    rates = [
        rule.then.points / Fraction(rule.then.step)
        for rule in program.rules
        if isinstance(rule.then, Earn)
        and rule.then.unit == reward.unit
        and rule.then.of is Of.AMOUNT
        and rule.then.lines == ALL_LINES
        and not (rule.when or rule.then.bands)
    ]
    best = max(rates, default=Fraction(0))
    return reward.cost / best if best and reward.cost else None


def cost_unknown(reward: Reward) -> bool:
    """Whether a reward hands over goods and does not say what they cost."""
    goods = isinstance(reward.gives, FreeItem)
    return goods and reward.cost_minor is None and reward.cost_rate is None


def reward_cost_minor(reward: Reward, program: Program) -> Fraction | None:
    """Tell what a reward costs the shop each time, money paid besides not counted. None: not told.

    In the program's money. What takes a share off costs its cap.
    """
    if reward.cost_minor is not None:
        return Fraction(reward.cost_minor)
    value_minor = _value_minor(reward.gives, program)
    if value_minor is None or reward.cost_rate is None:
        return value_minor
    return value_minor * reward.cost_rate


def _value_minor(gives: object, program: Program) -> Fraction | None:
    match gives:
        case AmountOff(amount_minor=amount) | Donate(amount_minor=amount):
            return Fraction(amount)
        case PercentOff(cap_minor=int(cap)):
            return Fraction(cap)
        case Convert(unit=unit, points=points, partner=""):
            into = program.unit_named(unit)
            return None if into is None or into.value_minor is None else into.value_minor * points
        case IssueVoucher(reward=name):
            issued = program.reward(name)
            again = issued is None or isinstance(issued.gives, IssueVoucher)
            return None if issued is None or again else reward_cost_minor(issued, program)
        case _:
            return None
