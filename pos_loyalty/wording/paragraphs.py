"""Parts that leaflet and terms share: rules, rewards, goals, levels and clubs, a line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from pos_loyalty.domain.programs.benefits import FreeItem, MemberPrice
from pos_loyalty.domain.programs.effects import Effect, Of
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Membership, Pool
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.domain.programs.tiers import Goal, Metric, Stamps, Streak, Tier, TierLadder
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.calendar import dates
from pos_loyalty.wording.conditions import held_when
from pos_loyalty.wording.effects import effect_told
from pos_loyalty.wording.figures import all_of, capital, one_of, parted, sentence, share, span
from pos_loyalty.wording.limits import with_limits
from pos_loyalty.wording.selections import selection_told
from pos_loyalty.wording.titles import membership_name, part_name, reward_name, tier_name
from pos_loyalty.wording.units import unit_amount
from pos_loyalty.wording.wares import event

# Gifts that the shop's own name says better than an article number or a rate of exchange.
NAMED = ("free_item", "donate", "convert", "issue_voucher")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a leaflet: a title and its lines, each a whole sentence."""

    title: str
    lines: tuple[str, ...]


def paragraph(title: str, lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Make a paragraph; none when there is nothing to say."""
    told = tuple(dict.fromkeys(line for line in lines if line))
    return (Paragraph(title, told),) if told else ()


def valid_told(words: Words, program: Program) -> str:
    """Say between which days a program holds."""
    first, last = program.valid_from, program.valid_until
    return sentence(words, words.gettext("valid {dates}").format(dates=dates(words, first, last)))


def rule_told(words: Words, rule: Rule, program: Program) -> str:
    """Say in a sentence what a rule gives, when, and how often."""
    label = in_language(rule.text, words.language)
    told = _article_named(words, rule.then, label, program)
    if told:
        label = ""
    told = told or effect_told(words, rule.then, program)
    told = held_when(words, told, rule.when, program, on=rule.on)
    return labelled(words, label, with_limits(words, told, rule.limits))


def _article_named(words: Words, then: Effect, label: str, program: Program) -> str:
    """Use the shop's own name where ours would be an article number; empty: ours will do."""
    match then:
        case FreeItem() if label:
            return label
        case MemberPrice(price, lines) if label and lines == Selection(skus=lines.skus):
            amount = words.money(price, program.currency)
            return words.gettext("{label}: {text}").format(label=label, text=amount)
        case _:
            return ""


def labelled(words: Words, label: str, told: str) -> str:
    """Put the shop's own words before ours, unless they say the same."""
    if not label or _bare(label) in _bare(told):
        return sentence(words, told)
    if ":" in label or "\N{FULLWIDTH COLON}" in label:
        told = words.gettext("{label} — {text}").format(label=capital(label), text=told)
        return sentence(words, told)
    return sentence(words, words.gettext("{label}: {text}").format(label=capital(label), text=told))


def _bare(text: str) -> str:
    """Give the letters, figures and signs of a text, to compare it."""
    return "".join(text.casefold().split())


def reward_told(words: Words, reward: Reward, program: Program) -> str:
    """Say in a sentence what a reward costs, what it is, and when it may be had."""
    gift = effect_told(words, reward.gives, program)
    own = in_language(reward.text, words.language)
    if own:
        plain = any(letter.isdigit() for letter in own) or reward.gives.kind in NAMED
        gift = own if plain else words.gettext("{reward} ({gift})").format(reward=own, gift=gift)
    prices = []
    if reward.cost:
        prices.append(unit_amount(words, program, reward.unit, reward.cost))
    if reward.pay_minor:
        prices.append(words.money(reward.pay_minor, program.currency))
    told = f"{' + '.join(prices)} = {gift}" if prices else gift
    if reward.voucher_only:
        told = words.gettext("with a voucher: {gift}").format(gift=told)
    told = held_when(words, told, reward.when, program)
    return sentence(words, with_limits(words, told, reward.limits))


def goal_told(words: Words, goal: Goal, program: Program) -> str:
    """Say in a sentence how a goal is reached and what it gives."""
    prize = effect_told(words, goal.then, program)
    match goal.reach:
        case Stamps():
            told = _stamps(words, goal.reach, prize)
        case Streak(count):
            told = words.ngettext(
                "a visit on {n} day in a row = {{prize}}",
                "a visit on {n} days in a row = {{prize}}",
                count,
            ).format(prize=prize)
        case _:
            assert_never(goal.reach)
    again = (
        words.gettext("{text}; then it begins again")
        if goal.repeats
        else words.gettext("{text}; once only")
    )
    label = in_language(goal.text, words.language)
    return labelled(words, label, again.format(text=told))


def _stamps(words: Words, card: Stamps, prize: str) -> str:
    full = words.ngettext("{n} stamp = {{prize}}", "{n} stamps = {{prize}}", card.target).format(
        prize=prize
    )
    if event(words, card.on):
        each = words.gettext("a stamp {event}").format(event=event(words, card.on))
    elif card.lines == ALL_LINES:
        each = (
            words.gettext("a stamp for each purchase")
            if card.of is Of.RECEIPT
            else words.gettext("a stamp for each piece")
        )
    else:
        message = (
            words.gettext("a stamp for each purchase of {lines}")
            if card.of is Of.RECEIPT
            else words.gettext("a stamp for each piece of {lines}")
        )
        each = message.format(lines=selection_told(words, card.lines))
    return parted(words, (each, full))


def tier_told(words: Words, tier: Tier, ladder: TierLadder, program: Program) -> str:
    """Say in a sentence what lifts a member to a level."""
    name, least = tier_name(words, program, tier.id), tier.at_least
    window = span(words, ladder.window)
    match ladder.metric:
        case _ if not least:
            told = words.gettext("{tier}: from the first day on").format(tier=name)
        case Metric.SPEND:
            told = words.gettext("{tier}: from {amount} spent {span}").format(
                tier=name, amount=words.money(least, program.currency), span=window
            )
        case Metric.EARNED:
            told = words.gettext("{tier}: from {amount} earned {span}").format(
                tier=name, amount=unit_amount(words, program, ladder.unit, least), span=window
            )
        case Metric.VISITS:
            told = words.ngettext(
                "{{tier}}: from {n} visit {{span}}", "{{tier}}: from {n} visits {{span}}", least
            ).format(tier=name, span=window)
        case Metric.MARGIN:
            told = words.gettext("{tier}: by invitation").format(tier=name)
        case Metric.FEE:
            told = words.gettext("{tier}: with the paid membership").format(tier=name)
        case _:
            assert_never(ladder.metric)
    return sentence(words, told)


def access_told(words: Words, program: Program) -> tuple[str, ...]:
    """Say which goods are for some levels first."""
    told = []
    for one in program.access:
        names = one_of(words, [tier_name(words, program, tier) for tier in one.tiers])
        lines = selection_told(words, one.lines)
        text = words.gettext("{lines}: only for members at level {tiers}").format(
            lines=lines, tiers=names
        )
        if one.until is not None:
            until = dates(words, None, one.until)
            text = words.gettext("{text} ({conditions})").format(text=text, conditions=until)
        told.append(sentence(words, text))
    return tuple(told)


def membership_told(words: Words, membership: Membership, program: Program) -> str:
    """Say in a sentence what a paid membership costs and brings."""
    name = membership_name(words, program, membership.id)
    told = words.ngettext(
        "{{membership}}: {{fee}} for {n} month",
        "{{membership}}: {{fee}} for {n} months",
        membership.months,
    ).format(membership=name, fee=words.money(membership.fee_minor, program.currency))
    if any(sign.isdigit() for sign in name):  # The shop's own name says what it costs.
        told = name
    if membership.saves:
        names = all_of(words, [part_name(words, rule, program) for rule in membership.saves])
        told = words.gettext("{membership}; with it: {benefits}").format(
            membership=told, benefits=names
        )
    return sentence(words, told)


def pool_told(words: Words, pool: Pool, program: Program) -> str:
    """Say in a sentence what can be won, and with what chance."""
    prizes = [
        f"{words.number(prize.count)} × {reward_name(words, program, prize.reward)}"
        for prize in pool.prizes
    ]
    told = words.gettext("chance to win {rate} each time; prizes: {prizes}").format(
        rate=share(words, pool.odds), prizes=all_of(words, prizes)
    )
    return sentence(words, told)
