"""The sale just done, drawn. Pure."""

from __future__ import annotations

from pos_loyalty.domain.basket import TenderKind
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.sale_model import ClosedSale, Paper
from pos_loyalty.ui.states.done import DoneState, Figure
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.sell import SaleDone
from pos_loyalty.wording.prizes import draws_told
from pos_loyalty.wording.titles import tier_name
from pos_loyalty.wording.units import unit_amount, units_earned


def done_state(teller: Teller, closed: ClosedSale) -> DoneState:
    """Show the sale just done."""
    words, currency, done = teller.words, teller.store.currency, closed.done
    total = words.money(done.total_minor, currency)
    by_card = any(tender.kind == TenderKind.CARD for tender in closed.tenders)
    how = words.gettext("{total} by card") if by_card else words.gettext("{total} in cash")
    given = words.money(sum(t.amount_minor for t in closed.tenders), currency)
    rateable = done.scored is not None and closed.rated is None
    return DoneState(
        title=words.gettext("Sale {number} is done").format(number=done.number),
        paid=how.format(total=total),
        receipt=paper_remark(teller, closed.paper),
        change_label=words.gettext("Change from {given}").format(given=given)
        if done.change_minor
        else "",
        change=words.money(done.change_minor, currency) if done.change_minor else "",
        figures=_figures(words, done),
        also=_also(words, done),
        state=_balance_state(teller, closed),
        print_again=""
        if closed.paper in (Paper.PRINTING, Paper.NO_PRINTER)
        else words.gettext("Print again (COPY)"),
        rate=words.gettext("How was it?") if rateable else "",
        rating=rateable and closed.rating,
        rated=_rated(words, closed),
    )


def _figures(words: Words, done: SaleDone) -> tuple[Figure, ...]:
    program = done.program
    if done.member is None or program is None or done.scored is None:
        return ()
    if not units_earned(program):
        return ()
    main = program.main_unit.id
    told = phrases.gained(words, program, main, done.earned)
    earned = Figure(words.gettext("Earned"), told, gained=True)
    if done.before is None:
        return (earned,)
    after = done.before + done.earned
    return (
        Figure(words.gettext("Before"), unit_amount(words, program, main, done.before)),
        earned,
        Figure(words.gettext("Now"), unit_amount(words, program, main, after)),
    )


def _also(words: Words, done: SaleDone) -> str:
    """Say what else she got: other units, a tier, vouchers."""
    program, scored = done.program, done.scored
    if program is None or scored is None:
        return ""
    return " · ".join((*_others(words, program, scored), *_reached(words, program, scored)))


def _others(words: Words, program: Program, scored: Scored) -> list[str]:
    told = [(unit.id, scored.points(program.account_unit(unit.id))) for unit in program.units[1:]]
    return [phrases.gained(words, program, unit, points) for unit, points in told if points]


def _reached(words: Words, program: Program, scored: Scored) -> list[str]:
    reached = []
    if scored.left.tier is not None and scored.left.tier != scored.facts.tier:
        name = tier_name(words, program, scored.left.tier)
        reached.append(words.gettext("level {tier} reached").format(tier=name))
    reached += draws_told(words, program, scored.left.draws)
    vouchers = len(scored.left.vouchers)
    if vouchers:
        reached.append(words.ngettext("{n} voucher", "{n} vouchers", vouchers))
    return reached


def _balance_state(teller: Teller, closed: ClosedSale) -> Remark | None:
    if closed.done.member is None:
        return None
    if closed.done.scored is None:
        return Remark(
            teller.words.gettext("No program is in force: nothing was earned."), Tone.WAIT
        )
    if closed.done.before is None:
        return Remark(
            teller.words.gettext("Her balance is not known at this till; these points are added."),
            Tone.WAIT,
        )
    return Remark(teller.words.gettext("Recorded here; the server confirms at the next sync."))


def _rated(words: Words, closed: ClosedSale) -> Remark | None:
    """Thank her for her mark."""
    rated = closed.rated
    if rated is None:
        return None
    if rated.program is None or not rated.earned:
        return Remark(words.gettext("Rated, thank you."), Tone.GOOD)
    points = unit_amount(words, rated.program, rated.program.main_unit.id, rated.earned)
    return Remark(words.gettext("Rated, thank you: +{points}").format(points=points), Tone.GOOD)


def paper_remark(teller: Teller, paper: Paper) -> Remark:
    """Say where the receipt is."""
    words = teller.words
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
