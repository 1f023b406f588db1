"""What a rule or reward still asks for, each in a sentence of its own."""

from __future__ import annotations

from decimal import Decimal

from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.deeds import OnVisit, Spent
from pos_loyalty.domain.programs.effects import Earn, Effect, Multiply
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import MinimumAmount, MinimumQuantity
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.i18n import Words
from pos_loyalty.wording.conditions import counts_when
from pos_loyalty.wording.figures import quantity, sentence
from pos_loyalty.wording.limits import span_of
from pos_loyalty.wording.selections import selection_told
from pos_loyalty.wording.units import unit_amount
from pos_loyalty.wording.wares import plain

UNKNOWN = "unknown"  # The value of what is not known at this till.


def missing_told(words: Words, missing: Missing, program: Program) -> str:
    """Say what is missing, or which fact is not known here, in one sentence."""
    return sentence(words, missing_short(words, missing, program))


def missing_short(words: Words, missing: Missing, program: Program) -> str:
    """Say what is missing in a few words: small letters, no full stop."""
    if missing.value == UNKNOWN:
        return _unknown(words, missing.word)
    if missing.condition is not None:
        told = _of_condition(words, missing, missing.condition, program)
        return told or counts_when(words, missing.condition, program)
    return _of_word(words, missing, program)


def missing_of_rule(words: Words, missing: Missing, effect: Effect, program: Program) -> str:
    """Say what a rule still asks for, where its own lines belong into the sentence."""
    lines = effect.lines if isinstance(effect, Earn | Multiply) else getattr(effect, "lines", None)
    chosen = lines if isinstance(lines, Selection) else ALL_LINES
    if missing.condition is None and missing.value != UNKNOWN:
        match missing.word:
            case "lines":
                return sentence(words, _no_lines(words, chosen))
            case "quantity":
                return sentence(words, _quantity_more(words, str(missing.value), chosen))
            case "amount_minor":
                amount = words.money(int(missing.value), program.currency)
                return sentence(words, _amount_more(words, amount, chosen))
            case _:
                pass
    return missing_told(words, missing, program)


def _of_condition(words: Words, missing: Missing, condition: Condition, program: Program) -> str:
    """Say how much more a condition asks for; empty where it is better said as it stands."""
    told = ""
    match condition, missing.word:
        case MinimumAmount(lines=lines), "amount_minor":
            amount = words.money(int(missing.value), program.currency)
            told = _amount_more(words, amount, lines)
        case MinimumQuantity(lines=lines), "quantity":
            told = _quantity_more(words, str(missing.value), lines)
        case Spent(), "spend_minor":
            amount = words.money(int(missing.value), program.currency)
            told = _amount_more(words, amount, ALL_LINES)
        case OnVisit(), "visits" if int(missing.value) > 0:
            told = words.ngettext(
                "{n} more visit and it counts", "{n} more visits and it counts", int(missing.value)
            )
        case _:
            pass
    return told


def _of_word(words: Words, missing: Missing, program: Program) -> str:
    """Say what is missing where no condition of the document says it."""
    value = missing.value
    match missing.word:
        case "member":
            told = words.gettext("counts for members only: scan the card")
        case "amount_minor":
            amount = words.money(int(value), program.currency)
            told = _amount_more(words, amount, ALL_LINES)
        case "quantity":
            told = _quantity_more(words, str(value), ALL_LINES)
        case "lines":
            told = _no_lines(words, ALL_LINES)
        case "stamps":
            told = words.ngettext("{n} more to go", "{n} more to go", int(value))
        case "limit":
            told = _limit_reached(words, str(value))
        case _:
            told = _of_reward(words, missing, program)
    return told


def _of_reward(words: Words, missing: Missing, program: Program) -> str:
    """Say what a reward is missing."""
    value = missing.value
    if missing.word == "usable":
        return words.gettext(USABLE.get(str(value), USABLE["next_receipt"]))
    if (missing.word, value) in ENDED:
        return words.gettext(ENDED[missing.word, value])
    unit = "points" if missing.word == "points" else missing.word
    if program.unit_named(unit) is not None or unit == "points":
        if program.unit_named(unit) is None:
            unit = program.main_unit.id
        return words.gettext("{points} missing").format(
            points=unit_amount(words, program, unit, int(value))
        )
    return words.gettext("something is missing: {what}").format(what=f"{missing.word} {value}")


def _amount_more(words: Words, amount: str, lines: Selection) -> str:
    if lines == ALL_LINES:
        return words.gettext("{amount} more and it counts").format(amount=amount)
    return words.gettext("{amount} more of {lines} and it counts").format(
        amount=amount, lines=selection_told(words, lines)
    )


def _quantity_more(words: Words, value: str, lines: Selection) -> str:
    amount = Decimal(value)
    if lines == ALL_LINES or lines.units:
        told = quantity(words, amount, lines.units)
        return words.gettext("{amount} more and it counts").format(amount=told)
    return words.gettext("{number} more: {lines}").format(
        number=words.number(amount), lines=selection_told(words, lines)
    )


def _no_lines(words: Words, lines: Selection) -> str:
    if lines == ALL_LINES:
        return words.gettext("nothing it counts for is left in the basket")
    return words.gettext("in the basket there is none of this: {lines}").format(
        lines=selection_told(words, lines)
    )


def _limit_reached(words: Words, per: str) -> str:
    spans = {one.value: one for one in Per}
    if per not in spans:
        return words.gettext("it was had as often as it may be")
    return words.gettext("it was had as often as it may be {span}").format(
        span=span_of(words, spans[per])
    )


def _unknown(words: Words, fact: str) -> str:
    return words.gettext("not known at this till: {fact}").format(fact=fact_name(words, fact))


def fact_name(words: Words, fact: str) -> str:
    """Name a fact of the member as inside a sentence."""
    return words.gettext(FACTS[fact]) if fact in FACTS else plain(words, fact)


def own_limits(limits: tuple[Limit, ...], per: str) -> tuple[Limit, ...]:
    """Choose the limit that was reached; all where none fits."""
    return tuple(limit for limit in limits if limit.per.value == per) or limits


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


USABLE = {
    "next_receipt": _("usable from the next receipt"),
    "next_day": _("usable from tomorrow"),
    "after_days": _("usable in a few days"),
    "on_delivery": _("usable once the order is handed over"),
}
ENDED: dict[tuple[str, int | str], str] = {
    ("dates", "closed"): _("the program has ended: there are only rewards left"),
    ("redeemed", "either"): _("on one receipt points are either earned or redeemed"),
    ("stock", "none"): _("out of stock"),
}
FACTS = {
    "activity": _("what the member did besides buying"),
    "attributes": _("the member's particulars"),
    "balance": _("the balance"),
    "balances": _("the balance"),
    "birthday": _("the birthday"),
    "favourite_category": _("which category is the favourite"),
    "figures": _("the figure for all members"),
    "goals": _("the stamps collected so far"),
    "history": _("earlier purchases"),
    "joined_on": _("the day of joining"),
    "last_purchase_on": _("the last purchase"),
    "membership": _("the paid membership"),
    "offers": _("earlier offers"),
    "segments": _("the member's groups"),
    "tier": _("the level"),
    "usage": _("how often it was had already"),
    "vouchers": _("the member's vouchers"),
    "visits": _("the number of visits"),
}
