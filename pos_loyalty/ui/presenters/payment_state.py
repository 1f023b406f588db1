"""The total, what it brings, and the keys to pay, drawn from the sale. Pure."""

from __future__ import annotations

from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.facts import Unknown
from pos_loyalty.domain.money import digits_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.entry import amount_of
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.payment import PaymentState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.quote import Offer
from pos_loyalty.wording.reasons import rule_name
from pos_loyalty.wording.units import unit_amount, units_earned

NOTES_MAJOR = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
NOTES_SHOWN = 3


def payment_state(teller: Teller, model: SaleModel) -> PaymentState:
    """Show the total, what it brings, and how to pay."""
    words, currency = teller.words, teller.store.currency
    total = words.money(model.total_minor, currency)
    earned, note, tone = _earned(teller, model)
    change = None
    given = amount_of(model.typed, currency) if model.giving else None
    if given is not None:
        change = phrases.change_line(
            words, given_minor=given, total_minor=model.total_minor, currency=currency
        )
    told = model.giving and bool(model.typed)
    enough = not told or (given is not None and given >= model.total_minor)
    return PaymentState(
        total=total,
        cash=phrases.cash_key(words, total),
        saved=_saved(teller, model),
        earned=earned,
        earned_note=note,
        earned_tone=tone,
        change=change,
        notes=tuple(words.money(n, currency) for n in banknotes(teller, model)),
        payable=bool(model.lines) and enough and not model.paying,
        busy=model.paying,
        giving=model.giving,
    )


def banknotes(teller: Teller, model: SaleModel) -> tuple[int, ...]:
    """Choose the banknotes somebody may pay this total with, in minor units."""
    unit = 10 ** digits_of(teller.store.currency)
    larger = [note * unit for note in NOTES_MAJOR if note * unit > model.total_minor > 0]
    return tuple(larger[:NOTES_SHOWN])


def _saved(teller: Teller, model: SaleModel) -> str:
    """Say what the program takes off by itself, and by which rules."""
    words, offered = teller.words, model.offer
    if not model.quoted or offered is None or offered.program is None:
        return ""
    if not offered.quote.discount_minor:
        return ""
    rules = [
        rule_name(words, reason, offered.program)
        for reason in offered.quote.reasons
        if reason.discount_minor
    ]
    less = words.money(offered.quote.discount_minor, teller.store.currency)
    told = words.gettext("{amount} saved").format(amount=less)
    return " · ".join((told, *rules))


def _earned(teller: Teller, model: SaleModel) -> tuple[str, str, Tone]:
    """Say what is earned, the main unit large, and by which rules; or what a member would have."""
    words, offered = teller.words, model.offer
    if offered is None or offered.program is None or not model.lines or not model.quoted:
        return "", "", Tone.PLAIN
    program = offered.program
    if model.member is None:
        return "", _teaser(teller, offered, program), Tone.PLAIN
    quoted = offered.quote
    shown = [unit.id for unit in units_earned(program)]
    gained = [unit for unit in shown if quoted.points(unit)] or shown[:1]
    if not gained or not program.earns_on(offered.at.astimezone(teller.zone).date()):
        return "", "", Tone.PLAIN
    main, others = gained[0], gained[1:]
    parts = [phrases.gained(words, program, unit, quoted.points(unit)) for unit in others]
    if offered.facts is not None and isinstance(offered.facts.balances, Unknown):
        parts.append(words.gettext("anything more follows"))
    parts += _rules(words, quoted, main, program)
    return phrases.gained(words, program, main, quoted.points(main)), " · ".join(parts), Tone.GOOD


def _rules(words: Words, quoted: Quote, unit: str, program: Program) -> list[str]:
    """Tell how much of a unit each rule gives."""
    return [
        f"{words.number(reason.earned)} {rule_name(words, reason, program)}"
        for reason in quoted.reasons
        if reason.earned and reason.unit == unit
    ]


def _teaser(teller: Teller, offered: Offer, program: Program) -> str:
    """Say what a member would earn and save."""
    words, teased = teller.words, offered.teaser
    if teased is None:
        return ""
    units = [unit_amount(words, program, unit, n) for unit, n in teased.earned.items() if n]
    if teased.discount_minor:
        saved = words.money(teased.discount_minor, teller.store.currency)
        if not units:
            return words.gettext("A member would save {amount}").format(amount=saved)
        return words.gettext("A member would earn {points} and save {amount}").format(
            points=words.listed(tuple(units)), amount=saved
        )
    if not units:
        return ""
    return words.gettext("A member would earn {points}").format(points=words.listed(tuple(units)))
