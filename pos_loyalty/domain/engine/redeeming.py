"""What is redeemed: each wish is granted whole, or refused with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos_loyalty.domain.basket import Basket, Wish
from pos_loyalty.domain.engine.answer import FreeGoods, Redeemed
from pos_loyalty.domain.engine.discounting import (
    Discounts,
    asks_in_vain,
    is_order_wide,
    on_the_whole,
    take,
)
from pos_loyalty.domain.engine.giving import Presents, voucher
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.limiting import times_left
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.engine.taking_off import fits, taken_off
from pos_loyalty.domain.facts import STRANGER, Voucher
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
    PercentOff,
    SetPrice,
)
from pos_loyalty.domain.programs.effects import IssueVoucher, Stacking
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Convert, Donate, Reward
from pos_loyalty.domain.refusals import (
    AlreadyDiscounted,
    ConditionNotMet,
    LimitReached,
    MemberNeeded,
    NoSuchReward,
    NothingToTakeOff,
    RedeemingEnded,
    Refused,
    ShareTooLarge,
    VoucherNotValid,
)

AT_ONCE_MAX = 1000  # So often each time is worked out, or written down, by itself.


def redeem(scene: Scene, done: Discounts, presents: Presents) -> tuple[Redeemed, ...]:
    """Grant what is wished for, in its order. Whether points suffice is asked once all is counted.

    Raises Refused.
    """
    granted: list[Redeemed] = []
    for wish in wishes_of(scene.basket, scene.program):
        reward = scene.program.reward(wish.reward)
        if reward is None:
            raise Refused(NoSuchReward(wish.reward))
        _check(reward, wish, scene, granted)
        granted.append(_grant(reward, wish, scene, done, presents))
    return tuple(granted)


def wishes_of(basket: Basket, program: Program) -> Sequence[Wish]:
    """List what is wished for; a voucher that is shown is a wish when it is for a reward."""
    named = {wish.voucher for wish in basket.redeem}
    shown = {
        one.code: Wish(one.reward, voucher=one.code)  # Shown twice it is still one.
        for one in basket.vouchers
        if one.code not in named and program.reward(one.reward) is not None
    }
    return (*basket.redeem, *shown.values())


def _check(reward: Reward, wish: Wish, scene: Scene, granted: Sequence[Redeemed]) -> None:
    if not scene.program.redeems_on(scene.day):
        raise ended(reward.id, scene.day, scene.program)
    if wish.voucher:
        _check_voucher(wish, scene, granted)
    elif reward.voucher_only:
        raise Refused(VoucherNotValid("", None, None))
    if scene.facts is None and not wish.voucher:
        raise Refused(MemberNeeded(reward.id))
    held = judge(reward.when, scene)
    if held is not None:
        raise Refused(ConditionNotMet(reward.id, held[1]))
    _check_limits(reward, wish, scene, granted)


def ended(reward: str, day: date, program: Program) -> Refused:
    """Refuse what is wished for on a day on which the program redeems nothing."""
    closing = program.closing
    last = program.valid_until if closing is None else closing.redeem_until
    over = last is not None and last < day
    return Refused(RedeemingEnded(reward, last if over else None))


def _check_voucher(wish: Wish, scene: Scene, granted: Sequence[Redeemed]) -> None:
    found = voucher_named(wish.voucher, scene)
    again = wish.times > 1 or any(one.voucher == wish.voucher for one in granted)
    if found is None or found.reward != wish.reward or again:
        raise Refused(VoucherNotValid(wish.voucher, None, None))
    if not found.good_on(scene.day):
        raise Refused(VoucherNotValid(wish.voucher, found.first, found.last))


def voucher_named(code: str, scene: Scene) -> Voucher | None:
    """Find a voucher that was shown, or that the member holds."""
    held = () if scene.facts is None else scene.facts.vouchers_held
    known = (*scene.basket.vouchers, *(held if isinstance(held, tuple) else ()))
    return next((one for one in known if one.code == code), None)


def _check_limits(reward: Reward, wish: Wish, scene: Scene, granted: Sequence[Redeemed]) -> None:
    before = sum([one.times for one in granted if one.reward == reward.id])
    times = before + wish.times
    if reward.times_max is not None and times > reward.times_max:
        raise Refused(LimitReached(reward.id, Per.RECEIPT.value, reward.times_max))
    facts = scene.facts or STRANGER
    for limit in reward.limits:
        left = times_left(reward.id, (limit,), facts)
        if left is None:
            raise Refused(ConditionNotMet(reward.id, (Missing("usage", "unknown"),)))
        if times > left:
            raise Refused(LimitReached(reward.id, limit.per.value, limit.times))
    stock = stock_left(reward, scene)
    if stock is not None and times > stock and not reward.reserved:
        raise Refused(LimitReached(reward.id, "stock", stock))
    if times > AT_ONCE_MAX and isinstance(reward.gives, IssueVoucher | PercentOff):
        raise Refused(LimitReached(reward.id, Per.RECEIPT.value, AT_ONCE_MAX))


def stock_left(reward: Reward, scene: Scene) -> int | None:
    """Tell how often the reward is there, as far as pieces go. None: often enough."""
    if reward.stock is None:
        return None
    pieces = max(0, scene.basket.figures.get(f"stock-{reward.id}", reward.stock))
    return pieces // (reward.gives.quantity if isinstance(reward.gives, FreeItem) else 1)


def _grant(
    reward: Reward, wish: Wish, scene: Scene, done: Discounts, presents: Presents
) -> Redeemed:
    cost = {} if wish.voucher or not reward.cost else {reward.unit: reward.cost * wish.times}
    off, gained = 0, None
    goods: tuple[FreeGoods, ...] = ()
    match reward.gives:
        case IssueVoucher() as issue:
            presents.vouchers.extend([voucher(issue, reward.id, scene.day)] * wish.times)
        case Convert(unit, points, partner):
            gained = {f"{partner}/{unit}" if partner else unit: points * wish.times}
        case Donate():
            pass
        case FreeItem() as item:
            goods = (FreeGoods(_choice(item, wish, reward), item.quantity * wish.times),)
        case benefit:
            off = _off(reward, benefit, wish, scene, done)
    pay = scene.in_basket_money(reward.pay_minor) * wish.times
    return Redeemed(
        reward=reward.id,
        times=wish.times,
        cost=cost,
        discount_minor=off,
        pay_minor=pay,
        goods=goods,
        gained=gained,
        voucher=wish.voucher,
    )


def _choice(item: FreeItem, wish: Wish, reward: Reward) -> str:
    if wish.choice and wish.choice not in item.skus:
        raise Refused(NoSuchReward(f"{reward.id}: {wish.choice}"))
    return wish.choice or item.skus[0]


def _off(reward: Reward, benefit: Benefit, wish: Wish, scene: Scene, done: Discounts) -> int:
    if is_order_wide(benefit) and done.order_wide_by:
        if reward.stacking is Stacking.EXCLUSIVE:
            raise Refused(AlreadyDiscounted(reward.id, done.order_wide_by))
        if done.alone:
            raise Refused(AlreadyDiscounted(reward.id, done.alone))
    before = sum(scene.remaining)
    if asks_in_vain(benefit, scene) and not wish.voucher:
        raise Refused(NothingToTakeOff(reward.id))
    if isinstance(benefit, PercentOff):
        together = sum([_once_off(reward, benefit, scene) for _ in range(wish.times)])
    else:
        together = _all_off(reward, benefit, wish, scene)
    if is_order_wide(benefit):
        done.order_wide_by = reward.id
        if reward.stacking is Stacking.EXCLUSIVE:
            done.alone = reward.id
    _check_share(reward, together, before, scene, done)
    return together


def _check_share(reward: Reward, together: int, before: int, scene: Scene, done: Discounts) -> None:
    """See that the reward, all its wishes taken together, pays no more than it may."""
    part, whole = reward.largest_share.as_integer_ratio()
    had = done.by_reward.get(reward.id, 0)
    kept = scene.in_basket_money(reward.smallest_cash_minor)
    most = min(sum(scene.charged) * part // whole - had, before - kept)
    if together > most:
        raise Refused(ShareTooLarge(reward.id, max(0, most), together))
    done.by_reward[reward.id] = had + together


def _once_off(reward: Reward, benefit: PercentOff, scene: Scene) -> int:
    """Take off what one time gives, of what is left or, where shares add, of what it cost."""
    add = reward.stacking is Stacking.ADD
    off = on_the_whole(benefit, scene, 1) if add else taken_off(benefit, scene, 1)
    return _took(reward, benefit, off, scene)


def _all_off(reward: Reward, benefit: Benefit, wish: Wish, scene: Scene) -> int:
    """Take off so many times at once; no time may be wasted."""
    if isinstance(benefit, AmountOff):
        before_last = scene.in_basket_money(benefit.amount_minor) * (wish.times - 1)
        wasted = before_last >= scene.to_pay(benefit.lines)
    elif isinstance(benefit, CheapestOff | BuyGet | SetPrice):
        wasted = wish.times > fits(benefit, scene)
    else:
        wasted = wish.times > 1
    if wasted:
        raise Refused(NothingToTakeOff(reward.id))
    return _took(reward, benefit, taken_off(benefit, scene, wish.times), scene)


def _took(reward: Reward, benefit: Benefit, off: Sequence[int], scene: Scene) -> int:
    total = sum(off)
    if not total:
        raise Refused(NothingToTakeOff(reward.id))
    take(scene, benefit, off)
    return total
