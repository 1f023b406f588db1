"""A shop with rewards on its shelf, and members who want them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pos_loyalty.domain.basket import Basket, Line, Wish
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
)
from pos_loyalty.domain.programs.effects import Stacking
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Gift, Reward
from pos_loyalty.domain.programs.selection import Selection
from tests.fakes.programs import PER_EURO, basket_of, bought, member, program_of

RICH = member(balances={"points": 1000, "stars": 50})
HALF = Fraction(1, 2)
EACH = Selection(categories=("grocery/coffee",))


def shop(*rewards: Reward, **others: object) -> Program:
    return program_of(PER_EURO, rewards=rewards, **others)


def wishing(*wishes: Wish, amount: int = 4000, lines: tuple[Line, ...] = ()) -> Basket:
    return replace(basket_of(*(lines or (bought(amount),))), redeem=wishes)


def cups(price: int, count: int) -> Line:
    return bought(price, count, category="grocery/coffee")


def off(gives: Gift, times: int, *lines: Line, stacking: Stacking = Stacking.MULTIPLY) -> int:
    """Tell what a reward takes off when it is had so often."""
    program = shop(Reward("r", gives, 1, stacking=stacking))
    return quote(wishing(Wish("r", times), lines=lines), RICH, program).discount_minor


TEN = Reward("ten", AmountOff(1000), 300)
OLD = member(balances={"points": 1000}, birthday=date(2015, 1, 1))
FREE = Reward("free", AmountOff(500), 300, voucher_only=True)
