"""What is to be known of a replay's results beside the figures, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos_loyalty.domain.programs.schemes import Aim
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.lab.replay.worth import VALUE_OF_UNIT
from pos_loyalty.wording.figures import factor, money, share
from pos_loyalty.wording.missing import fact_name
from pos_loyalty.wording.refusals import refusal_name
from pos_loyalty.wording.titles import part_name, reward_name
from pos_loyalty.wording.units import unit_name

if TYPE_CHECKING:
    from pos_loyalty.i18n import Words
    from pos_loyalty.lab.replay.results import ProgramResult, Progress, Results, Undecided

DECIMALS = 4


def remarks(words: Words, results: Results) -> Iterator[str]:
    """Say how the figures came about, and what they leave out."""
    crowd = results.crowd
    if not crowd.receipts + crowd.events:
        yield words.gettext("There are no receipts.")
    if crowd.skipped:
        yield words.ngettext(
            "{n} receipt could not be accepted and is left out.",
            "{n} receipts could not be accepted and are left out.",
            crowd.skipped,
        )
    if crowd.nameless:
        yield words.ngettext(
            "{n} receipt is a member's, but does not tell whose: nobody is followed from it on.",
            "{n} receipts are members', but do not tell whose: nobody is followed from them on.",
            crowd.nameless,
        )
    for one in results.programs:
        name = in_language(one.program.name, words.language)
        for sentence in _of_program(words, one, results):
            yield words.gettext("{label}: {text}").format(label=name, text=sentence)


def _of_program(words: Words, one: ProgramResult, results: Results) -> Iterator[str]:
    crowd = results.crowd
    every = crowd.receipts + crowd.events
    if every and not one.receipts_in_force:
        yield words.gettext(
            "The program is not in force on any receipt's day, or not there: nothing came of it. "
            "With --any-day it is tried all the same."
        )
    elif one.receipts_in_force < every:
        yield words.ngettext(
            "It is not in force for {n} receipt.",
            "It is not in force for {n} receipts.",
            every - one.receipts_in_force,
        )
    yield from _values(words, one, crowd.currency)
    for waits in one.undecided:
        yield _undecided(words, waits, one)
    for refusal in one.refused:
        told = words.ngettext(
            "{n} wish was refused ({{what}}): {{why}}.",
            "{n} wishes were refused ({{what}}): {{why}}.",
            refusal.count,
        )
        what = refusal.what or "–"
        if one.program.reward(what) is not None:
            what = reward_name(words, one.program, what)
        yield told.format(why=refusal_name(words, refusal.code), what=what)
    yield from _costs(words, one)
    if one.progress is not None:
        yield _progress(words, one.progress, crowd.currency)


def _values(words: Words, one: ProgramResult, currency: str) -> Iterator[str]:
    for unit in one.units:
        name = unit_name(words, one.program, unit.id)
        if unit.members_unknown and (unit.earned or unit.redeemed):
            told = words.ngettext(
                "The balance ({{unit}}) of {n} member was not told: she cannot redeem, and what is "
                "outstanding is what she gained meanwhile.",
                "The balance ({{unit}}) of {n} members was not told: they cannot redeem, and what "
                "is outstanding is what they gained meanwhile.",
                unit.members_unknown,
            )
            yield told.format(unit=name)
        if unit.point_minor is None:
            if unit.earned:
                yield words.gettext(
                    "What {unit} are worth is not told: they cost nothing here."
                ).format(unit=name)
        elif unit.valued_by != VALUE_OF_UNIT:
            from decimal import Decimal

            value = Decimal(unit.point_minor.numerator) / Decimal(unit.point_minor.denominator)
            yield words.gettext("{unit} are valued at {amount} each, as in “{reward}”.").format(
                unit=name,
                amount=money(words, round(value, DECIMALS).normalize(), currency),
                reward=reward_name(words, one.program, unit.valued_by),
            )


def _undecided(words: Words, waits: Undecided, one: ProgramResult) -> str:
    count = words.ngettext("{n} receipt", "{n} receipts", waits.receipts)
    rules = words.listed(tuple(part_name(words, rule, one.program) for rule in waits.rules))
    return words.gettext("Not decided for {receipts}: {rules}. Not told: {fact}.").format(
        receipts=count, rules=rules, fact=fact_name(words, waits.fact)
    )


def _costs(words: Words, one: ProgramResult) -> Iterator[str]:
    if one.at_sale_price:
        yield words.ngettext(
            "On {n} receipt a reward or gift costs its sale price: no other cost is told.",
            "On {n} receipts rewards or gifts cost their sale price: no other cost is told.",
            one.at_sale_price,
        )
    if one.untold_gifts:
        yield words.ngettext(
            "{n} gift has no price on any receipt: it costs nothing here.",
            "{n} gifts have no price on any receipt: they cost nothing here.",
            one.untold_gifts,
        )
    for present in (*one.vouchers, *one.draws):
        if present.minor is None:
            yield words.gettext(
                "What “{name}” is worth is not told: it costs nothing here."
            ).format(name=part_name(words, present.id, one.program))


def _progress(words: Words, progress: Progress, currency: str) -> str:
    metric = words.gettext(AIMS[progress.metric])
    match progress.metric:
        case Aim.SECOND_VISIT_RATE | Aim.MEMBER_SHARE:
            found = share(words, round(progress.found, DECIMALS))
        case Aim.AVERAGE_RECEIPT:
            found = money(words, int(progress.found), currency)
        case _:
            found = factor(words, progress.found)
    return words.gettext("Goal: {metric} is {found}, {share} of the way.").format(
        metric=metric, found=found, share=share(words, round(progress.share, 2))
    )


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


AIMS = {
    Aim.SECOND_VISIT_RATE: _("the share of members who came again"),
    Aim.VISITS_PER_MEMBER: _("visits of each member"),
    Aim.MEMBER_SHARE: _("the share of receipts with a member"),
    Aim.AVERAGE_RECEIPT: _("the average receipt"),
    Aim.ACTIVE_MEMBERS: _("the number of members who came"),
}
