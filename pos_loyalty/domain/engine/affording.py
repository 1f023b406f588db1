"""What a member has, what she may use now, and how near each reward is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    if held.usable is None or unit.usable is not Usable.AT_ONCE:
        return held
    return Purse(held.balance, held.usable + earned)


def held_on(day: date, unit: UnitOfAccount, facts: MemberFacts) -> Purse:
    """Tell what a member has of one unit on `day`."""
    balance = _balance(unit.id, facts)
    if balance is None:
        return Purse(None, None)
    if _slept_too_long(unit, facts, day):
        balance = gone = waiting = 0
    else:
        gone, waiting = _lots(unit.id, facts, day)
    usable = 0 if unit.status_only else max(0, balance - gone - waiting)
    return Purse(max(0, balance - gone), usable)


def _balance(unit: str, facts: MemberFacts) -> int | None:
    if not isinstance(facts.balances, Unknown):
        return facts.balances.get(unit, 0)
    if isinstance(facts.lots, Unknown):
        return None
    return sum([lot.points for lot in facts.lots if lot.unit == unit])


def _slept_too_long(unit: UnitOfAccount, facts: MemberFacts, day: date) -> bool:
    last = facts.last_purchase_on
    if not isinstance(unit.lasts, Inactivity) or last is None or isinstance(last, Unknown):
        return False
    return last + timedelta(days=unit.lasts.days) <= day


def _lots(unit: str, facts: MemberFacts, day: date) -> tuple[int, int]:
    """Count what has expired, and what may not be used yet."""
    gone = waiting = 0
    for lot in () if isinstance(facts.lots, Unknown) else facts.lots:
        if lot.unit != unit:
            continue
        if lot.expires_on is not None and lot.expires_on <= day:
            gone += lot.points
        elif lot.usable_on is not None and lot.usable_on > day:
            waiting += lot.points
    return gone, waiting


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
            if had.balance < least:
                raise Refused(InsufficientPoints(one.reward, unit, least, had.balance))
            if cost > available:
                raise Refused(InsufficientPoints(one.reward, unit, cost, available))
            spent[unit] = spent.get(unit, 0) + cost


def reward_states(
    scene: Scene,
    purses: Mapping[str, Purse],
    after: Mapping[str, int | None],
    spent: Mapping[str, int],
) -> tuple[RewardState, ...]:
    """Tell for every reward how often it can be had now, and what is missing."""
    if scene.facts is None or not scene.program.redeems_on(scene.day):
        return ()
    open_to_all = [one for one in scene.program.rewards if not one.voucher_only]
    return tuple([_state(one, scene, scene.facts, purses, after, spent) for one in open_to_all])


def _state(
    reward: Reward,
    scene: Scene,
    facts: MemberFacts,
    purses: Mapping[str, Purse],
    after: Mapping[str, int | None],
    spent: Mapping[str, int],
) -> RewardState:
    missing: list[Missing] = []
    usable = purses[reward.unit].usable
    left = times_left(reward.id, reward.limits, facts)
    times = _times(reward, None if usable is None else usable - spent.get(reward.unit, 0))
    if reward.cost and usable is None:
        missing.append(Missing("balance", "unknown"))
    elif not times:
        short = max(reward.cost, reward.minimum_balance) - (after[reward.unit] or 0)
        soon = Missing("usable", "next_receipt")
        missing.append(Missing(reward.unit, short) if short > 0 else soon)
    missing.extend(_other_missing(reward, scene, left))
    most = [times, reward.times_max, 0 if left is None else left]
    if not reward.reserved:
        most.append(stock_left(reward, scene))
    times = min(one for one in most if one is not None)
    return RewardState(reward.id, times, times > 0 and not missing, tuple(missing))


def _times(reward: Reward, usable: int | None) -> int:
    if not reward.cost:
        return 1
    if usable is None or usable < reward.minimum_balance:
        return 0
    return usable // reward.cost


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
