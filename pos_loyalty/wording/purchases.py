"""Conditions of the purchase in words: how much, of what, how paid, which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import MinimumAmount, MinimumQuantity, PaidWith, Tax
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import one_of, quantity
from pos_loyalty.wording.selections import counted_in, selection_told
from pos_loyalty.wording.wares import tender


def minimum_amount(words: Words, minimum: MinimumAmount, program: Program) -> str:
    """Say how much must be bought."""
    told = _amount_between(words, minimum, program)
    if minimum.tax is Tax.EXCLUDED:
        told = words.gettext("{condition}, tax not counted").format(condition=told)
    return told


def _amount_between(words: Words, minimum: MinimumAmount, program: Program) -> str:
    amount = words.money(minimum.amount_minor, program.currency)
    lines = selection_told(words, minimum.lines)
    whole = minimum.lines == ALL_LINES
    if minimum.below_minor is None:
        message = (
            words.gettext("when at least {amount} is spent")
            if whole
            else words.gettext("when at least {amount} of {lines} is bought")
        )
        return message.format(amount=amount, lines=lines)
    below = words.money(minimum.below_minor, program.currency)
    if minimum.amount_minor:
        message = (
            words.gettext("when {amount} to less than {below} is spent")
            if whole
            else words.gettext("when {amount} to less than {below} of {lines} is bought")
        )
    else:
        message = (
            words.gettext("when less than {below} is spent")
            if whole
            else words.gettext("when less than {below} of {lines} is bought")
        )
    return message.format(amount=amount, below=below, lines=lines)


def minimum_quantity(words: Words, minimum: MinimumQuantity) -> str:
    """Say how many must be bought."""
    amount = quantity(words, minimum.quantity, counted_in(minimum.lines))
    counted = replace(minimum.lines, units=())
    if counted == ALL_LINES:
        return words.gettext("when buying at least {amount}").format(amount=amount)
    return words.gettext("when buying at least {amount} of {lines}").format(
        amount=amount, lines=selection_told(words, counted)
    )


def paid_with(words: Words, paid: PaidWith) -> str:
    """Say how it is paid."""
    ways = one_of(words, [tender(words, kind) for kind in paid.any_of])
    if paid.partly:
        return words.gettext("when paid in part {with_tender}").format(with_tender=ways)
    return words.gettext("when paid {with_tender}").format(with_tender=ways)


def channels(words: Words, ways: Sequence[Channel]) -> str:
    """Say which way it is bought."""
    return one_of(words, [words.gettext(CHANNELS[way]) for way in ways])


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


CHANNELS = {
    Channel.TILL: _("in the shop"),
    Channel.ONLINE: _("online"),
    Channel.APP: _("in the app"),
    Channel.SOCIAL: _("on social media"),
    Channel.PHONE: _("by phone"),
    Channel.PARTNER: _("at our partners"),
}
