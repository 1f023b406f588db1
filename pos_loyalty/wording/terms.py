"""A program's conditions as a document for members: whole, dated, with its version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pos_loyalty.domain.programs.benefits import Rounding
from pos_loyalty.domain.programs.effects import Earn, Of, Stacking
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Offline, Reward
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.settings import BaseRules, EarnAndRedeem, Returns
from pos_loyalty.domain.programs.tiers import Downgrade
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.ending import currency_told, ending_told
from pos_loyalty.wording.figures import all_of, capital, sentence, several, share
from pos_loyalty.wording.leaflet import partners_told, where_told
from pos_loyalty.wording.limits import cap_told
from pos_loyalty.wording.paragraphs import (
    Paragraph,
    access_told,
    goal_told,
    membership_told,
    paragraph,
    pool_told,
    reward_told,
    rule_told,
    tier_told,
    valid_told,
)
from pos_loyalty.wording.selections import left_out
from pos_loyalty.wording.titles import part_name
from pos_loyalty.wording.transfers import proof_told, transfers_told
from pos_loyalty.wording.units import expiry_told, unit_amount, units_earned, usable_told


def terms(words: Words, program: Program) -> tuple[Paragraph, ...]:
    """Tell a program's conditions, in numbered parts; parts it has not are left out."""
    name = in_language(program.name, words.language)
    parts = (
        *paragraph(words.gettext("The program"), _program(words, program)),
        *paragraph(words.gettext("How to earn"), _earning(words, program)),
        *paragraph(words.gettext("What does not count"), _left_out(words, program)),
        *paragraph(words.gettext("How amounts are rounded"), _rounding(words, program)),
        *paragraph(words.gettext("Rewards"), _rewards(words, program)),
        *paragraph(words.gettext("When it can be used"), _usable(words, program)),
        *paragraph(
            words.gettext("When it expires"),
            [expiry_told(words, program, unit) for unit in units_earned(program)],
        ),
        *paragraph(words.gettext("Goals and prizes"), _collecting(words, program)),
        *paragraph(words.gettext("Levels"), _levels(words, program)),
        *paragraph(words.gettext("Paid membership"), _memberships(words, program)),
        *paragraph(words.gettext("Partners"), partners_told(words, program)),
        *paragraph(words.gettext("Goods brought back"), _returns(words, program)),
        *paragraph(words.gettext("Transfers"), transfers_told(words, program)),
        *paragraph(words.gettext("Change of currency"), currency_told(words, program)),
        *paragraph(words.gettext("End of the program"), _end(words, program)),
        *paragraph(words.gettext("Your data"), [_data(words)]),
        *paragraph(
            words.gettext("Contact"),
            [
                in_language(program.contact, words.language)
                or words.gettext("Ask at the till of any of our shops.")
            ],
        ),
    )
    numbered = tuple(
        Paragraph(f"{words.number(number)}. {part.title}", part.lines)
        for number, part in enumerate(parts, 1)
    )
    title = words.gettext("Conditions of the program “{program}”").format(program=name)
    return (Paragraph(title, (_version(words, program),)), *numbered)


def _version(words: Words, program: Program) -> str:
    return words.gettext("Document {document}, version {version}.").format(
        document=program.id, version=words.number(program.version)
    )


def _program(words: Words, program: Program) -> Iterator[str]:
    yield valid_told(words, program)
    yield where_told(words, program)
    yield words.gettext(
        "Whoever shows the card before paying takes part; without it a purchase earns nothing."
    )


def _earning(words: Words, program: Program) -> Iterator[str]:
    for rule in program.rules:
        yield rule_told(words, rule, program)
    for cap in program.caps:
        yield sentence(words, cap_told(words, cap, program))
    if program.settings.base_rules is BaseRules.BEST:
        yield words.gettext("Where several of these hold, only the one that gives most counts.")
    if program.settings.earn_and_redeem is EarnAndRedeem.EITHER:
        yield words.gettext("A receipt on which a reward is used earns nothing.")
    elif program.settings.rewards_reduce_base:
        yield words.gettext("What counts is what is paid, after discounts and rewards.")
    else:
        yield words.gettext("What counts is the price before discounts and rewards.")


def _left_out(words: Words, program: Program) -> Iterator[str]:
    """Name everything a rule or reward leaves out."""
    for rule in program.rules:
        lines = getattr(rule.then, "lines", None)
        if isinstance(lines, Selection):
            yield sentence(words, all_of(words, left_out(words, lines)))
    for reward in program.rewards:
        lines = getattr(reward.gives, "lines", None)
        if isinstance(lines, Selection):
            yield sentence(words, all_of(words, left_out(words, lines)))


def _rounding(words: Words, program: Program) -> Iterator[str]:
    """Tell what becomes of parts of a step; by rule where rules differ."""
    earning = [(rule, rule.then) for rule in program.rules if isinstance(rule.then, Earn)]
    ways = [(rule, _rounded(words, earn)) for rule, earn in earning if earn.of is not Of.RECEIPT]
    if len({told for _, told in ways}) <= 1:
        yield from (told for _, told in ways)
        return
    for rule, told in ways:
        label = capital(part_name(words, rule.id, program))
        yield words.gettext("{label}: {text}").format(label=label, text=told)


def _rounded(words: Words, earn: Earn) -> str:
    if earn.carry:
        return words.gettext(
            "Only whole steps count; what is left over waits for your next purchase."
        )
    match earn.rounding:
        case Rounding.FLOOR:
            return words.gettext("Only whole steps count; what is left over is dropped.")
        case Rounding.HALF_UP:
            return words.gettext("Half a step and more is rounded up, less is rounded down.")
        case Rounding.CEIL:
            return words.gettext("A step that is begun counts as a whole one.")
        case _:
            assert_never(earn.rounding)


def _rewards(words: Words, program: Program) -> Iterator[str]:
    for reward in program.rewards:
        told = (reward_told(words, reward, program), *_conditions(words, reward, program))
        yield several(words, told)


def _conditions(words: Words, reward: Reward, program: Program) -> Iterator[str]:
    """Tell the small print of one reward."""
    money = program.currency
    if reward.times_max is not None:
        yield words.ngettext(
            "Once on each receipt.", "At most {n} times on each receipt.", reward.times_max
        )
    if reward.minimum_balance:
        least = unit_amount(words, program, reward.unit, reward.minimum_balance)
        yield words.gettext("The balance must be at least: {points}.").format(points=least)
    if reward.largest_share != 1:
        most = share(words, reward.largest_share)
        yield words.gettext("It pays at most {rate} of the receipt.").format(rate=most)
    if reward.smallest_cash_minor:
        amount = words.money(reward.smallest_cash_minor, money)
        yield words.gettext("At least {amount} is paid in money.").format(amount=amount)
    if reward.stacking is Stacking.EXCLUSIVE:
        yield words.gettext("It does not go together with other discounts.")
    yield from _handed_over(words, reward, program)


def _handed_over(words: Words, reward: Reward, program: Program) -> Iterator[str]:
    """Tell how a reward is asked for and handed over."""
    if reward.stock is not None:
        yield words.ngettext("There is {n} of it.", "There are {n} of them.", reward.stock)
    if reward.reserved:
        yield words.gettext("When it is out of stock it is reserved for you.")
    if reward.static_limit is not None:
        most = unit_amount(words, program, reward.unit, reward.static_limit)
        yield words.gettext("With a printed card at most {points}; more with the pass.").format(
            points=most
        )
    yield from proof_told(words, reward.proof)
    if reward.offline is Offline.NEVER:
        yield words.gettext("It is not to be had while the till is offline.")


def _usable(words: Words, program: Program) -> Iterator[str]:
    for unit in units_earned(program):
        if unit.status_only or program.rewards:
            yield usable_told(words, program, unit)


def _collecting(words: Words, program: Program) -> Iterator[str]:
    for goal in program.goals:
        yield goal_told(words, goal, program)
    for pool in program.pools:
        yield pool_told(words, pool, program)


def _levels(words: Words, program: Program) -> Iterator[str]:
    ladder = program.ladder
    if ladder is None:
        return
    for tier in ladder.tiers:
        yield tier_told(words, tier, ladder, program)
    match ladder.downgrade:
        case Downgrade.NEVER:
            yield words.gettext("A level once reached is kept.")
        case Downgrade.ONE_STEP:
            yield words.gettext("When a level is not reached again, you go down one level.")
        case Downgrade.AS_EARNED:
            yield words.gettext("When a level is not reached again, the level reached counts.")
    if ladder.grace_days:
        yield words.ngettext(
            "A level is kept for {n} more day.",
            "A level is kept for {n} more days.",
            ladder.grace_days,
        )
    yield from access_told(words, program)


def _memberships(words: Words, program: Program) -> Iterator[str]:
    for membership in program.memberships:
        yield membership_told(words, membership, program)


def _returns(words: Words, program: Program) -> Iterator[str]:
    yield words.gettext(
        "What the goods earned is taken back; "
        "what was used already is set off against the next purchases."
    )
    match program.settings.returns:
        case Returns.GIVE_BACK:
            yield words.gettext("What paid for them is given back, with the expiry it had.")
        case Returns.KEEP:
            yield words.gettext("What was used for them is not given back.")


def _end(words: Words, program: Program) -> Iterator[str]:
    yield from ending_told(words, program)
    if program.closing is None and program.valid_until is None:
        yield words.gettext("The program has no end date; changes are announced beforehand.")
    elif program.closing is None and program.valid_until is not None:
        ends = words.gettext("The program ends on {day}.")
        yield sentence(words, ends.format(day=words.day(program.valid_until)))


def _data(words: Words) -> str:
    return words.gettext(
        "We keep your name, your contact, your purchases with their balances, and what you allowed "
        "us, only for this program and only as long as you are a member; you may see, correct or "
        "delete them at any time."
    )
