"""What rules, rewards, levels and clubs are called: by the shop, else for what they do."""

from __future__ import annotations

from dataclasses import replace
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
    Of,
)
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Convert, Donate, Gift
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.domain.programs.wordings import Wording, in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import capital, factor, share
from pos_loyalty.wording.selections import selection_told
from pos_loyalty.wording.units import unit_amount, unit_name
from pos_loyalty.wording.wares import plain


def part_name(words: Words, part: str, program: Program) -> str:
    """Name a rule, goal, reward or another part of the document by its id, in a few words."""
    rule = next((one for one in program.rules if one.id == part), None)
    if rule is not None:
        own = in_language(rule.text, words.language)
        return own or capital(effect_name(words, rule.then, program))
    if program.reward(part) is not None:
        return reward_name(words, program, part)
    goal = next((one for one in program.goals if one.id == part), None)
    if goal is not None:
        return _own(words, goal.text, part)
    return membership_name(words, program, part)


def reward_name(words: Words, program: Program, reward: str) -> str:
    """Name a reward."""
    found = program.reward(reward)
    if found is None:
        return plain(words, reward)
    own = in_language(found.text, words.language)
    return own or capital(gift_name(words, found.gives, program))


def tier_name(words: Words, program: Program, tier: str) -> str:
    """Name a level."""
    tiers = program.ladder.tiers if program.ladder else ()
    return _own(words, next((one.text for one in tiers if one.id == tier), {}), tier)


def membership_name(words: Words, program: Program, membership: str) -> str:
    """Name a paid membership."""
    known = program.memberships
    return _own(words, next((one.text for one in known if one.id == membership), {}), membership)


def partner_name(program: Program, partner: str) -> str:
    """Name a partner."""
    return next((one.name for one in program.partners if one.id == partner), partner)


def effect_name(words: Words, effect: Effect, program: Program) -> str:
    """Name what a rule does in a few words, as on a receipt."""
    match effect:
        case Earn() | Multiply():
            return _earning_name(words, effect, program)
        case Give(points, unit):
            return unit_amount(words, program, unit, points)
        case IssueVoucher(reward):
            return words.gettext("voucher: {reward}").format(
                reward=reward_name(words, program, reward)
            )
        case DrawPrize():
            return words.gettext("prize draw")
        case _:
            return benefit_name(words, effect, program)


def _earning_name(words: Words, effect: Earn | Multiply, program: Program) -> str:
    lines = _named_lines(effect) if isinstance(effect, Earn) else effect.lines
    what = "" if lines == ALL_LINES else selection_told(words, lines)
    match effect:
        case Earn():
            return what or words.gettext("purchase")
        case Multiply(by, unit):
            return words.gettext("{what} × {by}").format(
                what=what or unit_name(words, program, unit), by=factor(words, by)
            )
        case _:
            assert_never(effect)


def gift_name(words: Words, gift: Gift, program: Program) -> str:
    """Name what a reward gives in a few words."""
    match gift:
        case IssueVoucher(reward):
            return words.gettext("voucher: {reward}").format(
                reward=reward_name(words, program, reward)
            )
        case Donate(to):
            return words.gettext("donation: {to}").format(to=to)
        case Convert(unit, points, ""):
            return unit_amount(words, program, unit, points)
        case Convert(unit, points, partner):
            return words.gettext("{number} {unit} with {partner}").format(
                number=words.number(points),
                unit=plain(words, unit),
                partner=partner_name(program, partner),
            )
        case _:
            return benefit_name(words, gift, program)


def benefit_name(words: Words, benefit: Benefit, program: Program) -> str:
    """Name a discount in a few words."""
    match benefit:
        case PercentOff(rate):
            told = words.gettext("{rate} off").format(rate=share(words, rate))
        case AmountOff(amount):
            told = words.gettext("{amount} off").format(
                amount=words.money(amount, program.currency)
            )
        case CheapestOff(rate) if rate == Fraction(1):
            told = words.gettext("the cheapest item free")
        case CheapestOff(rate):
            told = words.gettext("{rate} off the cheapest item").format(rate=share(words, rate))
        case BuyGet(buy, get):
            told = words.gettext("{all} for {buy}").format(
                all=words.number(buy + get), buy=words.number(buy)
            )
        case MemberPrice():
            told = words.gettext("member price")
        case SetPrice():
            told = words.gettext("set price")
        case FreeItem():
            told = words.gettext("gift")
        case _:
            assert_never(benefit)
    return told


def _named_lines(earn: Earn) -> Selection:
    """Give the lines that name a rule; what is counted by the litre is named by what it is."""
    return replace(earn.lines, units=()) if earn.of is Of.QUANTITY else earn.lines


def _own(words: Words, text: Wording, name: str) -> str:
    return in_language(text, words.language) or capital(plain(words, name))
