"""The basket and the line for typing, drawn from the sale. Pure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.engine.choosing import selected
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.programs.effects import Multiply
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.i18n import Words
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.entry import Amount, Search, amount_of, meaning
from pos_loyalty.ui.presenters.hints import hint
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.basket import BasketState, EntryState, LineState, SuggestionState
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.quote import Offer
from pos_loyalty.wording.reasons import suggestion_told


def basket_state(teller: Teller, model: SaleModel) -> BasketState:
    """Show the basket and the line for typing."""
    offered = model.offer if model.quoted else None
    factors = _factors(offered)
    taken = () if offered is None else offered.quote.lines
    lines = tuple(
        [
            _line(teller, line, taken[index].discount_minor if taken else 0, factors.get(index, ()))
            for index, line in enumerate(model.lines)
        ]
    )
    return BasketState(
        _entry(teller, model),
        lines,
        model.current,
        hint=None if offered is None else hint(teller.words, offered),
        proposal=_proposal(teller.words, model),
    )


def _line(teller: Teller, line: Line, off_minor: int, factors: tuple[Fraction, ...]) -> LineState:
    """Show a line; `off_minor` is what the program takes off it."""
    words, currency = teller.words, teller.store.currency
    notes = []
    if line.quantity != 1:
        price = words.amount(line.price_minor, currency)
        notes.append(f"{words.number(line.quantity)} × {price}")
    notes += [words.gettext("counts {by} times").format(by=_factor(words, by)) for by in factors]
    reduced = line.discount_minor + off_minor > 0
    return LineState(
        name=line.name or words.gettext("Amount"),
        amount=words.amount(line.net_minor - off_minor, currency),
        quantity=words.number(line.quantity),
        note=" · ".join(notes),
        amount_before=words.amount(line.gross_minor, currency) if reduced else "",
        adjustable=bool(line.sku) and line.quantity == line.quantity.to_integral_value(),
    )


def _factors(offered: Offer | None) -> dict[int, tuple[Fraction, ...]]:
    """Tell by what each line counts more, where a rule multiplies some lines only."""
    if offered is None or offered.program is None:
        return {}
    quoted = offered.teaser or offered.quote
    applied = {one.rule for one in quoted.reasons if one.outcome is Outcome.APPLIED}
    chosen = None if offered.facts is None else offered.facts.favourite_category
    favourite = chosen if isinstance(chosen, str) else ""
    factors: dict[int, tuple[Fraction, ...]] = {}
    for rule in offered.program.rules:
        then = rule.then
        if isinstance(then, Multiply) and rule.id in applied and then.lines != ALL_LINES:
            for index in selected(then.lines, offered.asked.lines, favourite):
                factors[index] = (*factors.get(index, ()), then.by)
    return factors


def _factor(words: Words, by: Fraction) -> str:
    return words.number(Decimal(by.numerator) / Decimal(by.denominator))


def _proposal(words: Words, model: SaleModel) -> QuestionState | None:
    """Show the one suggestion of this sale while it still fits the basket."""
    if model.offer is None or model.offer.program is None or model.sale.suggestion_answered:
        return None
    proposed = model.offer.quote.suggestion
    if proposed is None or proposed.id != model.sale.suggestion:
        return None
    return QuestionState(
        suggestion_told(words, proposed, model.offer.program),
        words.gettext("She takes it"),
        words.gettext("Not now"),
    )


def _entry(teller: Teller, model: SaleModel) -> EntryState:
    words, currency = teller.words, teller.store.currency
    if model.giving:
        wrong = model.typed and amount_of(model.typed, currency) is None
        return EntryState(
            label=words.gettext("Cash given"),
            hint=words.gettext("Type what she gives"),
            text=model.typed,
            meaning=Remark(words.gettext("That is no amount."), Tone.WAIT) if wrong else None,
        )
    return EntryState(
        label=words.gettext("Amount, product or number"),
        hint=words.gettext("Type an amount, or scan"),
        text=model.typed,
        meaning=_typed_remark(teller, model),
        suggestions=tuple(
            SuggestionState(p.name, p.category, words.amount(p.price_minor, currency))
            for p in model.suggestions
        ),
        chosen=model.chosen,
    )


def _typed_remark(teller: Teller, model: SaleModel) -> Remark | None:
    """Say what Enter will do with what is typed."""
    words, currency = teller.words, teller.store.currency
    match meaning(model.typed, currency):
        case Amount(amount_minor) if model.member is not None and not model.lines:
            text = words.gettext("Enter takes {amount} in cash; + only adds it")
            return Remark(text.format(amount=words.money(amount_minor, currency)))
        case Amount():
            return Remark(words.gettext("Enter puts it into the basket"))
        case Search() if model.suggestions:
            return Remark(words.gettext("Enter puts it into the basket"))
        case Search() if model.searched:
            return Remark(words.gettext("No product has this name"), Tone.WAIT)
        case _:
            return None
