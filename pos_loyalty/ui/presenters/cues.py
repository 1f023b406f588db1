"""What the cashier should know of a member at a glance: birthday, second visit, gifts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos_loyalty.domain.calendar import in_year
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.programs.moments import Reader
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.greet import Greeting
from pos_loyalty.wording.figures import ordinal
from pos_loyalty.wording.titles import reward_name, tier_name

BIRTHDAY_DAYS = 3  # Before and after it somebody is congratulated.
AWAY_DAYS = 30
EARLY_VISITS = (1, 2)  # Behind the first and the second most people are lost.


def chips(teller: Teller, model: SaleModel, today: date) -> tuple[Remark, ...]:
    """Tell what matters now, the most pressing first."""
    words, greeting = teller.words, model.greeting
    if greeting is None:
        return ()
    if greeting.program is None:
        return (Remark(words.gettext("No program is in force today"), Tone.WAIT),)
    told = (
        *_ending(words, greeting.program, today),
        *_birthday(words, greeting.facts, today),
        *_visits(words, greeting.facts, today),
        *_gifts(words, greeting, greeting.program),
        *_climbed(words, model, greeting.program),
        *_messages(words, model, greeting, greeting.program),
    )
    return tuple(dict.fromkeys(told))


def _ending(words: Words, program: Program, today: date) -> Iterator[Remark]:
    closing = program.closing
    if closing is None or program.earns_on(today):
        return
    told = words.gettext("The program has ended: rewards until {day}")
    yield Remark(told.format(day=words.day(closing.redeem_until, today)), Tone.WAIT)


def _birthday(words: Words, facts: MemberFacts, today: date) -> Iterator[Remark]:
    born = facts.birthday
    if not isinstance(born, date):
        return
    years = (today.year - 1, today.year, today.year + 1)
    days = min(((in_year(born, year) - today).days for year in years), key=abs)
    if abs(days) > BIRTHDAY_DAYS:
        return
    if days > 0:
        told = words.ngettext("Birthday in {n} day", "Birthday in {n} days", days)
    elif days < 0:
        told = words.ngettext("Birthday {n} day ago", "Birthday {n} days ago", -days)
    else:
        told = words.gettext("Birthday today")
    yield Remark(told, Tone.WAIT)


def _visits(words: Words, facts: MemberFacts, today: date) -> Iterator[Remark]:
    if facts.visits in EARLY_VISITS:
        told = words.gettext("{nth} visit: glad to see her again")
        yield Remark(told.format(nth=ordinal(words, facts.visits + 1)), Tone.NEWS)
    last = facts.last_purchase_on
    if isinstance(last, date) and (today - last).days >= AWAY_DAYS:
        away = (today - last).days
        yield Remark(words.ngettext("Away for {n} day", "Away for {n} days", away), Tone.NEWS)


def _gifts(words: Words, greeting: Greeting, program: Program) -> Iterator[Remark]:
    """Tell what she gets with her purchase today."""
    quoted = greeting.quote
    for lot in quoted.lots:
        told = phrases.gained(words, program, lot.unit, lot.points)
        yield Remark(words.gettext("With her purchase: {gift}").format(gift=told), Tone.GOOD)
    for voucher in quoted.vouchers_issued:
        told = reward_name(words, program, voucher.reward)
        yield Remark(words.gettext("With her purchase: {gift}").format(gift=told), Tone.GOOD)


def _climbed(words: Words, model: SaleModel, program: Program) -> Iterator[Remark]:
    """Tell that this very purchase lifts her."""
    offered = model.offer
    if not model.quoted or offered is None or offered.facts is None:
        return
    reached = offered.quote.tier_after
    if reached is not None and reached != offered.facts.tier and model.lines:
        told = words.gettext("This purchase makes her {tier}")
        yield Remark(told.format(tier=tier_name(words, program, reached)), Tone.GOOD)


def _messages(
    words: Words, model: SaleModel, greeting: Greeting, program: Program
) -> Iterator[Remark]:
    """Tell what the program says to the cashier, on recognition and of this basket, and news."""
    said, notices = list(greeting.quote.messages), {notice.id for notice in program.notices}
    if model.quoted and model.offer is not None and model.lines:
        said += model.offer.quote.messages
    for one in said:
        if one.to is Reader.CASHIER or one.id in notices:
            yield Remark(in_language(one.text, words.language), Tone.NEWS)
