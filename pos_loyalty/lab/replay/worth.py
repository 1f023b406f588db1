"""What points, rewards and goods are worth in money: to the shop, and at sale prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.engine.answer import FreeGoods, Redeemed
from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.programs.benefits import FreeItem, PercentOff
from pos_loyalty.domain.programs.effects import IssueVoucher
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Convert, Donate, Reward
from pos_loyalty.domain.programs.worth import reward_cost_minor

VALUE_OF_UNIT = "value_minor"
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class PointValue:
    """What one point is worth, in the report's money. `source`: value_minor, or a reward."""

    minor: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What something cost the shop, and what it was worth to the member, in minor units."""

    cost_minor: int = 0
    worth_minor: int = 0
    at_sale_price: bool = False  # The cost is the sale price: nobody told another.
    untold: int = 0  # Pieces nobody knows a price of.


class Exchange:
    """From the money of baskets, and of the program, to the one money of the report."""

    __slots__ = ("currency", "program_currency", "rate")

    def __init__(self, program: Program, currency: str) -> None:
        self.currency = currency
        self.program_currency = program.currency
        change = program.currency_change
        self.rate = Fraction(1) if change is None else change.rate  # Old units for one new.

    def of(self, amount_minor: int, currency: str) -> int:
        """Turn an amount of a receipt into the report's money, halves up."""
        if currency == self.currency:
            return amount_minor
        rate = self.rate if self.currency == self.program_currency else 1 / self.rate
        over, under = rate.as_integer_ratio()
        return divide_half_up(amount_minor * over, under)

    def of_program(self, amount_minor: Fraction | int) -> Fraction:
        """Turn an amount of the program's document into the report's money."""
        same = self.currency == self.program_currency
        return Fraction(amount_minor) if same else amount_minor / self.rate


class PriceList:
    """Prices and costs of what is handed over free, as the receipts tell them."""

    __slots__ = ("seen", "wanted")

    def __init__(self, program: Program) -> None:
        gifts = (
            *(rule.then for rule in program.rules),
            *(reward.gives for reward in program.rewards),
        )
        self.wanted = {sku for gift in gifts if isinstance(gift, FreeItem) for sku in gift.skus}
        self.seen: dict[str, tuple[int, int | None]] = {}  # The latest price and cost.

    def look(self, lines: Iterable[Line]) -> None:
        """Take the prices of a receipt."""
        wanted = self.wanted
        for line in lines:
            if line.sku in wanted:
                self.seen[line.sku] = (line.price_minor, line.cost_minor)

    def goods(self, goods: Iterable[FreeGoods]) -> Worth:
        """Price what was handed over."""
        cost = worth = untold = 0
        at_sale_price = False
        for one in goods:
            price, own = self.seen.get(one.sku, (None, None))
            if price is None:
                untold += one.quantity
                continue
            worth += price * one.quantity
            cost += (price if own is None else own) * one.quantity
            at_sale_price = at_sale_price or own is None
        return Worth(cost, worth, at_sale_price, untold)


def point_values(program: Program, exchange: Exchange) -> Mapping[str, PointValue]:
    """Value the units that are worth something: as told, or by the cheapest reward per point."""
    values: dict[str, PointValue] = {}
    for unit in program.units:
        if unit.status_only:
            continue
        if unit.value_minor is not None:
            values[unit.id] = PointValue(exchange.of_program(unit.value_minor), VALUE_OF_UNIT)
            continue
        rated = [
            (rate, reward.id)
            for reward in program.rewards
            if reward.unit == unit.id and (rate := _per_point(reward, program))
        ]
        if rated:
            rate, source = min(rated)
            values[unit.id] = PointValue(exchange.of_program(rate), source)
    return values


def _per_point(reward: Reward, program: Program) -> Fraction | None:
    cost = reward_cost_minor(reward, program)
    if cost is None or not reward.cost:
        return None
    return max(cost - reward.pay_minor, NOTHING) / reward.cost


def redemption_worth(
    one: Redeemed, program: Program, exchange: Exchange, prices: PriceList, currency: str
) -> Worth:
    """Value a reward that was taken, less what was paid for it in money.

    Vouchers are valued where they are issued, and a program's own points where they change.
    """
    reward = program.reward(one.reward)
    if reward is None or isinstance(reward.gives, IssueVoucher):
        return Worth()
    paid = exchange.of(one.pay_minor, currency)
    goods = prices.goods(one.goods)
    off = exchange.of(one.discount_minor, currency)
    match reward.gives:
        case Donate(amount_minor=amount):
            cost = worth = whole(exchange.of_program(amount * one.times))
        case Convert(partner=partner) if partner:
            settled = next((p.settle_minor for p in program.partners if p.id == partner), NOTHING)
            points = sum((one.gained or {}).values())
            cost = worth = whole(exchange.of_program(settled * points))
        case _:
            cost, worth = off + goods.cost_minor, off + goods.worth_minor
    at_sale_price = goods.at_sale_price or bool(off)
    if reward.cost_minor is not None:
        cost = whole(exchange.of_program(reward.cost_minor * one.times))
        return Worth(cost - paid, (worth or cost) - paid)
    if reward.cost_rate is not None:
        cost = whole(worth * reward.cost_rate)
        at_sale_price = False
    return Worth(cost - paid, worth - paid, at_sale_price, goods.untold)


def voucher_minor(
    reward: str, program: Program, exchange: Exchange, prices: PriceList, average_minor: int
) -> Fraction | None:
    """Value a voucher as it is issued; a share is taken off an average receipt. None: not told."""
    found = program.reward(reward)
    if found is None:
        return None
    told = reward_cost_minor(found, program)
    match found.gives:
        case _ if found.cost_minor is not None and told is not None:
            value = exchange.of_program(told)
        case PercentOff(rate=rate, cap_minor=cap):
            off = rate * average_minor
            most = off if cap is None else exchange.of_program(cap)
            value = min(off, most) * (1 if found.cost_rate is None else found.cost_rate)
        case FreeItem(skus=skus, quantity=quantity):
            goods = prices.goods((FreeGoods(skus[0], quantity),))
            if goods.untold:
                return None
            value = Fraction(goods.cost_minor)
        case _ if told is not None:
            value = exchange.of_program(told)
        case _:
            return None
    return max(value - exchange.of_program(found.pay_minor), NOTHING)


def draw_minor(
    pool: str, program: Program, exchange: Exchange, prices: PriceList, average_minor: int
) -> Fraction | None:
    """Value one draw: what it wins on average. None: a prize has no value told."""
    found = next((one for one in program.pools if one.id == pool), None)
    if found is None:
        return None
    together = NOTHING
    for prize in found.prizes:
        value = voucher_minor(prize.reward, program, exchange, prices, average_minor)
        if value is None:
            return None
        together += value * prize.count
    return found.odds * together / sum(prize.count for prize in found.prizes)


def whole(amount: Fraction) -> int:
    """Round to the nearest whole, halves up."""
    return divide_half_up(*amount.as_integer_ratio())
