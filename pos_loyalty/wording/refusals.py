"""What a program refuses, in sentences for the cashier: what, why, and what to do now."""

from __future__ import annotations

from typing import assert_never

from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import (
    AlreadyDiscounted,
    BalanceUnknown,
    ConditionNotMet,
    InsufficientPoints,
    LimitReached,
    MemberNeeded,
    NoSuchReward,
    NothingToTakeOff,
    RedeemingEnded,
    Refusal,
    ShareTooLarge,
    TierNeeded,
    VoucherNotValid,
)
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import one_of, sentence, several
from pos_loyalty.wording.limits import limit_told
from pos_loyalty.wording.missing import missing_told
from pos_loyalty.wording.titles import part_name, reward_name, tier_name
from pos_loyalty.wording.units import unit_amount
from pos_loyalty.wording.wares import plain

OfMember = InsufficientPoints | BalanceUnknown | MemberNeeded | TierNeeded
OfReward = NoSuchReward | ConditionNotMet | LimitReached | RedeemingEnded | VoucherNotValid


def refusal_told(words: Words, refusal: Refusal, program: Program) -> str:
    """Say why the program says no, and what to do instead."""
    return sentence(words, _told(words, refusal, program))


def refusal_name(words: Words, code: str) -> str:
    """Say in a few words, for a table, why the program says no."""
    return words.gettext(REASONS[code]) if code in REASONS else plain(words, code)


def _told(words: Words, refusal: Refusal, program: Program) -> str:
    match refusal:
        case InsufficientPoints() | BalanceUnknown() | MemberNeeded() | TierNeeded():
            return _of_member(words, refusal, program)
        case AlreadyDiscounted(reward, by):
            return words.gettext(
                "“{reward}” does not go together with “{other}”. Choose one of the two."
            ).format(
                reward=reward_name(words, program, reward), other=part_name(words, by, program)
            )
        case NothingToTakeOff(reward):
            return words.gettext(
                "Nothing is left in the basket that “{reward}” could be for. Choose another reward."
            ).format(reward=reward_name(words, program, reward))
        case ShareTooLarge(reward, most, found):
            return words.gettext(
                "“{reward}” may pay {most} of this receipt, not {found}. Choose fewer."
            ).format(
                reward=reward_name(words, program, reward),
                most=words.money(most, program.currency),
                found=words.money(found, program.currency),
            )
        case _:
            return _of_reward(words, refusal, program)


def _of_member(words: Words, refusal: OfMember, program: Program) -> str:
    match refusal:
        case InsufficientPoints(_, unit, wanted, available):
            return words.gettext(
                "{wanted} needed, {available} usable now. Choose a smaller reward."
            ).format(
                wanted=unit_amount(words, program, unit, wanted),
                available=unit_amount(words, program, unit, available),
            )
        case BalanceUnknown():
            return words.gettext(
                "The balance is not known at this till. Redeem when the till is online again."
            )
        case MemberNeeded():
            return words.gettext("Rewards are for members. Scan the member's card first.")
        case TierNeeded(_, tiers):
            return words.gettext(
                "So far this product is only for members at level {tiers}. Take it out again."
            ).format(tiers=one_of(words, [tier_name(words, program, tier) for tier in tiers]))
        case _:
            assert_never(refusal)


def _of_reward(words: Words, refusal: OfReward, program: Program) -> str:
    match refusal:
        case NoSuchReward(reward):
            return words.gettext("The program has no reward “{reward}”. Choose another.").format(
                reward=reward
            )
        case ConditionNotMet(reward, missing):
            told = words.gettext("“{reward}” cannot be had yet.").format(
                reward=reward_name(words, program, reward)
            )
            return several(words, (told, *(missing_told(words, one, program) for one in missing)))
        case LimitReached():
            return _limit_reached(words, refusal, program)
        case RedeemingEnded(_, last):
            if last is None:
                return words.gettext("The program has not begun yet: nothing is redeemed so far.")
            return words.gettext("Redeeming ended on {day}.").format(day=words.day(last))
        case VoucherNotValid():
            return _voucher(words, refusal)
        case _:
            assert_never(refusal)


def _limit_reached(words: Words, refusal: LimitReached, program: Program) -> str:
    reward = reward_name(words, program, refusal.reward)
    if refusal.by == "stock":
        if not refusal.most:
            return words.gettext("“{reward}” is out of stock. Choose another.").format(
                reward=reward
            )
        return words.ngettext(
            "Only {n} of “{{reward}}” is in stock. Choose fewer.",
            "Only {n} of “{{reward}}” are in stock. Choose fewer.",
            refusal.most,
        ).format(reward=reward)
    spans = {per.value: per for per in Per}
    if refusal.by not in spans:
        return words.gettext("“{reward}” was had as often as it may be. Choose another.").format(
            reward=reward
        )
    limit = limit_told(words, Limit(refusal.most, spans[refusal.by]))
    return words.gettext("“{reward}” can be had {limit}. Choose another.").format(
        reward=reward, limit=limit
    )


def _voucher(words: Words, refusal: VoucherNotValid) -> str:
    first, last = refusal.first, refusal.last
    if first is not None and last is not None:
        return words.gettext("This voucher is good from {first} to {last}.").format(
            first=words.day(first), last=words.day(last)
        )
    if last is not None:
        return words.gettext("This voucher was good until {day}.").format(day=words.day(last))
    if first is not None:
        return words.gettext("This voucher is good from {day} on.").format(day=words.day(first))
    return words.gettext("This voucher is not good here. Ask for another one.")


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


REASONS = {
    "insufficient_points": _("not enough points"),
    "balance_unknown": _("the balance is not known"),
    "member_needed": _("for members only"),
    "no_such_reward": _("the program has no such reward"),
    "condition_not_met": _("its conditions are not met"),
    "limit_reached": _("it was had as often as it may be"),
    "already_discounted": _("does not go together with another offer"),
    "nothing_to_take_off": _("nothing it counts for is left in the basket"),
    "share_too_large": _("pays too much of the receipt"),
    "redeeming_ended": _("redeeming has ended or not yet begun"),
    "voucher_not_valid": _("the voucher is not good then and there"),
    "tier_needed": _("only for members at another level"),
}
