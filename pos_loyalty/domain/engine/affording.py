"""What a member has, what she may use now, and how near each reward is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.engine.answer import Redeemed, RewardState
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import times_left
from pos_loyalty.domain.engine.plan import BENEFITS
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.engine.redeeming import stock_left
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.taking_off import taken_off
from pos_loyalty.domain.facts import MemberFacts, Unknown
from pos_loyalty.domain.programs.benefits import FreeItem
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.units import Inactivity, UnitOfAccount, Usable
from pos_loyalty.domain.refusals import BalanceUnknown, InsufficientPoints, Refused


@dataclass(frozen=True, slots=True)
class Purse:
    """What there is of one unit. None: not known at this till."""

    balance: int | None  # Live points, usable or not.
    usable: int | None


def purse(unit: UnitOfAccount, scene: Scene, earned: int) -> Purse:
    """Open the purse as it is before anything is redeemed; `earned` pays too where it may."""
    held = Purse(None, None) if scene.facts is None else held_on(scene.day, unit, scene.facts)
    if held.balance is None or held.usable is None or unit.usable is not Usable.AT_ONCE:
        return held
    owed = min(0, held.balance)
    return Purse(held.balance, 0 if unit.status_only else max(0, held.usable + earned + owed))


def held_on(day: date, unit: UnitOfAccount, facts: MemberFacts) -> Purse:
    """Tell what a member has of one unit on `day`; a balance below nothing is owed.

    A balance is told as of some day: lots that are gone since are taken from it, but never more
    than leaves those that are not.
    """
    live, gone, waiting = _lots(unit.id, facts, day)
    if not isinstance(facts.balances, Unknown):
        told = facts.balances.get(unit.id, 0)
    elif isinstance(facts.lots, Unknown):
        return Purse(None, None)
    else:
        told = live + gone
    balance = max(told - gone, min(told, live)) if gone else told
    if _slept_too_long(unit, facts, day):
        balance = min(0, balance)
    return Purse(balance, 0 if unit.status_only else max(0, balance - waiting))


def _slept_too_long(unit: UnitOfAccount, facts: MemberFacts, day: date) -> bool:
    last = facts.last_purchase_on
    if not isinstance(unit.lasts, Inactivity) or last is None or isinstance(last, Unknown):
        return False
    return (day - last).days >= unit.lasts.days


def _lots(unit: str, facts: MemberFacts, day: date) -> tuple[int, int, int]:
    """Count what is live, what has expired, and what of the former may not be used yet."""
    live = gone = waiting = 0
    for lot in () if isinstance(facts.lots, Unknown) else facts.lots:
        if lot.unit != unit:
            continue
        if lot.expires_on is not None and lot.expires_on <= day:
            gone += lot.points
            continue
        live += lot.points
        if lot.usable_on is not None and lot.usable_on > day:
            waiting += lot.points
    return live, gone, waiting


def check_affordable(
    scene: Scene, granted: Sequence[Redeemed], purses: Mapping[str, Purse]
) -> None:
    """See that every reward granted can be paid for, in their order. Raises Refused."""
    spent: dict[str, int] = {}
    for one in granted:
        reward = scene.program.reward(one.reward)
        for unit, cost in one.cost.items():
            had = purses[unit]
            if had.usable is None or had.balance is None:
                raise Refused(BalanceUnknown(one.reward, cost))
            available = had.usable - spent.get(unit, 0)
            least = 0 if reward is None else reward.minimum_balance
            if least and had.balance < least:
                raise Refused(InsufficientPoints(one.reward, unit, least, had.balance))
            if cost > available:
                raise Refused(InsufficientPoints(one.reward, unit, cost, available))
            spent[unit] = spent.get(unit, 0) + cost


def reward_states(
    scene: Scene,
    purses: Mapping[str, Purse],
    after: Mapping[str, int | None],
    granted: Sequence[Redeemed],
) -> tuple[RewardState, ...]:
    """Tell for every reward how often it can be had besides, and what is missing."""
    if scene.facts is None or not scene.program.redeems_on(scene.day):
        return ()
    states = []
    for reward in scene.program.rewards:
        if reward.voucher_only:
            continue
        spent = sum([one.cost.get(reward.unit, 0) for one in granted])
        had = sum([one.times for one in granted if one.reward == reward.id])
        asked = _Asked(reward, purses[reward.unit], after.get(reward.unit) or 0, spent, had)
        states.append(_state(asked, scene, scene.facts))
    return tuple(states)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reward, the purse that pays for it, and what this receipt did to both."""

    reward: Reward
    purse: Purse
    after: int
    spent: int
    had: int

    def times(self) -> int:
        """Tell how often the points suffice."""
        if not self.reward.cost:
            return 1
        if self.purse.balance is None or self.purse.usable is None:
            return 0
        if self.purse.balance < self.reward.minimum_balance:
            return 0
        return max(0, self.purse.usable - self.spent) // self.reward.cost


def _state(asked: _Asked, scene: Scene, facts: MemberFacts) -> RewardState:
    reward = asked.reward
    missing: list[Missing] = []
    left = times_left(reward.id, reward.limits, facts)
    times = asked.times()
    if reward.cost and asked.purse.usable is None:
        missing.append(Missing("balance", "unknown"))
    elif not times:
        short = max(reward.cost, reward.minimum_balance) - asked.after
        soon = Missing("usable", "next_receipt")
        missing.append(Missing(reward.unit, short) if short > 0 else soon)
    most = [times, 0 if left is None else left - asked.had]
    if reward.times_max is not None:
        most.append(reward.times_max - asked.had)
    stock = stock_left(reward, scene)
    if stock is not None and not reward.reserved:
        most.append(stock - asked.had)
    missing.extend(_other_missing(reward, scene, left))
    times = max(0, min(most))
    return RewardState(reward.id, times, times > 0 and not missing, tuple(missing))


def _other_missing(reward: Reward, scene: Scene, left: int | None) -> Sequence[Missing]:
    """Tell what is missing besides points."""
    missing: list[Missing] = []
    unmet = judge(reward.when, scene)
    if unmet is not None:
        missing.extend(unmet[1])
    if left is None:
        missing.append(Missing("usage", "unknown"))
    elif left == 0:
        spans = ",".join(limit.per.value for limit in reward.limits)
        missing.append(Missing("limit", spans))
    if not reward.reserved and stock_left(reward, scene) == 0:
        missing.append(Missing("stock", "none"))
    if scene.lines and not unmet and _takes_nothing(reward, scene):
        missing.append(Missing("lines", "none"))
    return missing


def _takes_nothing(reward: Reward, scene: Scene) -> bool:
    gives = reward.gives
    if isinstance(gives, FreeItem) or not isinstance(gives, BENEFITS):
        return False
    return not any(taken_off(gives, scene, 1))
