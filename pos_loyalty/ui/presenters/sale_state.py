"""The sale screen, drawn from its model. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.basket import Line, TenderKind
from pos_loyalty.domain.engine import in_category
from pos_loyalty.domain.money import digits_of
from pos_loyalty.domain.reasons import Multiplied, Outcome
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.entry import Amount, Search, amount_of, meaning
from pos_loyalty.ui.presenters.member_place import member_place, points_word
from pos_loyalty.ui.presenters.sale_model import ClosedSale, Paper, SaleModel
from pos_loyalty.ui.states.basket import BasketState, EntryState, LineState, SuggestionState
from pos_loyalty.ui.states.done import DoneState, Figure
from pos_loyalty.ui.states.member import MemberPlace, NobodyState
from pos_loyalty.ui.states.payment import PaymentState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.states.why import RuleState, WhyState
from pos_loyalty.wording import outcome_name, rule_name, why

NOTES_MAJOR = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
NOTES_SHOWN = 3


def basket_state(desk: Desk, model: SaleModel) -> BasketState:
    """Show the basket and the line for typing."""
    lines = tuple(_line(desk, model, line) for line in model.lines)
    return BasketState(_entry(desk, model), lines, model.current)


def _line(desk: Desk, model: SaleModel, line: Line) -> LineState:
    words, currency = desk.words, desk.store.currency
    notes = []
    if line.quantity != 1:
        price = words.amount(line.price_minor, currency)
        notes.append(f"{words.number(line.quantity)} × {price}")
    notes += _counts_more(desk, model, line)
    discounted = line.discount_minor > 0
    return LineState(
        name=line.name or words.gettext("Amount"),
        amount=words.amount(line.net_minor, currency),
        quantity=words.number(line.quantity),
        note=" · ".join(notes),
        amount_before=words.amount(line.gross_minor, currency) if discounted else "",
        adjustable=bool(line.sku) and line.quantity == line.quantity.to_integral_value(),
    )


def _counts_more(desk: Desk, model: SaleModel, line: Line) -> list[str]:
    if model.offer is None or model.offer.program is None:
        return []
    causes = (reason.cause for reason in model.offer.quote.reasons)
    return [
        desk.words.gettext("counts {by} times").format(by=_factor(desk.words, cause.by))
        for cause in causes
        if isinstance(cause, Multiplied) and in_category(line, cause.category)
    ]


def _factor(words: Words, by: Fraction) -> str:
    return words.number(Decimal(by.numerator) / Decimal(by.denominator))


def _entry(desk: Desk, model: SaleModel) -> EntryState:
    words, currency = desk.words, desk.store.currency
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
        meaning=_typed_remark(desk, model),
        suggestions=tuple(
            SuggestionState(p.name, p.category, words.amount(p.price_minor, currency))
            for p in model.suggestions
        ),
        chosen=model.chosen,
    )


def _typed_remark(desk: Desk, model: SaleModel) -> Remark | None:
    """Say what Enter will do with what is typed."""
    words, currency = desk.words, desk.store.currency
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


def payment_state(desk: Desk, model: SaleModel) -> PaymentState:
    """Show the total, what it brings, and how to pay."""
    words, currency = desk.words, desk.store.currency
    total = words.money(model.total_minor, currency)
    earned, note, tone = _earned(desk, model)
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
        earned=earned,
        earned_note=note,
        earned_tone=tone,
        change=change,
        notes=tuple(words.money(n, currency) for n in banknotes(desk, model)),
        payable=bool(model.lines) and enough and not model.paying,
        busy=model.paying,
        giving=model.giving,
    )


def banknotes(desk: Desk, model: SaleModel) -> tuple[int, ...]:
    """Choose the banknotes somebody may pay this total with, in minor units."""
    unit = 10 ** digits_of(desk.store.currency)
    larger = [note * unit for note in NOTES_MAJOR if note * unit > model.total_minor > 0]
    return tuple(larger[:NOTES_SHOWN])


def _earned(desk: Desk, model: SaleModel) -> tuple[str, str, Tone]:
    words = desk.words
    if model.offer is None or model.offer.program is None or not model.lines:
        return "", "", Tone.PLAIN
    quoted, program = model.offer.quote, model.offer.program
    if model.member is None:
        text = words.gettext("A member would earn {points}")
        return "", text.format(points=words.points(quoted.earned)), Tone.PLAIN
    parts = [
        f"{words.number(reason.earned)} {rule_name(words, reason, program)}"
        for reason in quoted.reasons
        if reason.outcome is Outcome.APPLIED
    ]
    return words.gained(quoted.earned), " · ".join(parts), Tone.GOOD


def place_state(desk: Desk, model: SaleModel, today: date) -> MemberPlace:
    """Show who stands there."""
    if model.looking_up:
        return NobodyState(desk.words.gettext("Looking her up"), "", busy=True)
    program = None if model.offer is None else model.offer.program
    return member_place(desk, model.member, program, today)


def done_state(desk: Desk, closed: ClosedSale) -> DoneState:
    """Show the sale just done."""
    words, currency, done = desk.words, desk.store.currency, closed.done
    total = words.money(done.total_minor, currency)
    by_card = any(tender.kind is TenderKind.CARD for tender in closed.tenders)
    how = words.gettext("{total} by card") if by_card else words.gettext("{total} in cash")
    given = words.money(sum(t.amount_minor for t in closed.tenders), currency)
    return DoneState(
        title=words.gettext("Sale {number} is done").format(number=done.number),
        paid=how.format(total=total),
        receipt=paper_remark(desk, closed.paper),
        change_label=words.gettext("Change from {given}").format(given=given)
        if done.change_minor
        else "",
        change=words.money(done.change_minor, currency) if done.change_minor else "",
        figures=_figures(desk, closed),
        state=_balance_state(desk, closed),
        print_again=""
        if closed.paper in (Paper.PRINTING, Paper.NO_PRINTER)
        else words.gettext("Print again (COPY)"),
    )


def _figures(desk: Desk, closed: ClosedSale) -> tuple[Figure, ...]:
    words, done = desk.words, closed.done
    if done.member is None:
        return ()
    earned = Figure(words.gettext("Earned"), words.gained(done.earned), gained=True)
    if done.before is None:
        return (earned,)
    after = done.before + done.earned
    return (
        Figure(words.gettext("Before"), words.number(done.before)),
        earned,
        Figure(words.gettext("Now"), f"{words.number(after)} {points_word(words, after)}"),
    )


def _balance_state(desk: Desk, closed: ClosedSale) -> Remark | None:
    if closed.done.member is None:
        return None
    if closed.done.before is None:
        return Remark(
            desk.words.gettext("Her balance is not known at this till; these points are added."),
            Tone.WAIT,
        )
    return Remark(desk.words.gettext("Recorded here; the server confirms at the next sync."))


def paper_remark(desk: Desk, paper: Paper) -> Remark:
    """Say where the receipt is."""
    words = desk.words
    match paper:
        case Paper.PRINTING:
            return phrases.receipt_printing(words)
        case Paper.PRINTED:
            return phrases.receipt_printed(words)
        case Paper.WAITS:
            return phrases.receipt_waits(words)
        case Paper.DOUBTFUL:
            text = words.gettext("The printer fell silent. Look whether the receipt is out.")
            return Remark(text, Tone.WAIT)
        case Paper.NO_PRINTER:
            return Remark(words.gettext("No printer is set up: nothing was printed."), Tone.WAIT)


def why_state(desk: Desk, model: SaleModel) -> WhyState:
    """Explain the points of this basket, rule by rule."""
    words = desk.words
    title = words.gettext("Why these points?")
    if model.offer is None or model.offer.program is None:
        return WhyState(title, (), words.gettext("No program is in force today."))
    program = model.offer.program
    rules = tuple(
        RuleState(
            name=rule_name(words, reason, program),
            outcome=f"+{words.number(reason.earned)}"
            if reason.outcome is Outcome.APPLIED
            else outcome_name(words, reason.outcome),
            text=why(words, reason, program),
            applied=reason.outcome is Outcome.APPLIED,
        )
        for reason in model.offer.quote.reasons
    )
    return WhyState(title, rules)
