"""From a basket's quote to what the event records of it, and back to the basket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.bodies import Acted, Sold
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.programs.effects import Earn
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import LEFT_MAX, Earned, Left, PrizeDraw, ProgramVersion, Scored

VOUCHER_LETTERS = 14
NUMBER_BITS = LEFT_MAX.bit_length()  # An event issues at most LEFT_MAX vouchers.


def basket_of(body: Sold | Acted, at: datetime, figures: Mapping[str, int]) -> Basket:
    """Lay the basket of an event out again, in the store's own time."""
    local = at.astimezone(ZoneInfo(body.zone))
    if isinstance(body, Acted):
        return Basket(local, body.store, body.currency, (), event=body.activity, figures=figures)
    return Basket(
        local,
        body.store,
        body.currency,
        body.lines,
        channel=body.channel,
        tenders=body.tenders,
        codes=body.codes,
        figures=figures,
    )


def scored_by(quote: Quote, program: Program, event: EventId) -> Scored:
    """Write down what a quote gives: lots, and what changes in the member's past.

    The standing it was worked out from is added by whoever knows it.
    """
    earned = tuple(
        [
            Earned(
                program.account_unit(lot.unit),
                lot.points,
                lot.expires_on,
                lot.usable_on,
                lot.line_points,
            )
            for lot in quote.lots
        ]
    )
    version = ProgramVersion(program.id, program.version)
    return Scored(version, earned=earned, left=_left(quote, program, event))


def _left(quote: Quote, program: Program, event: EventId) -> Left:
    applied = {
        one.rule for one in quote.reasons if one.outcome in (Outcome.APPLIED, Outcome.CAPPED)
    }
    limited = {rule.id for rule in program.rules if rule.limits}
    return Left(
        uses=tuple(sorted(rule for rule in applied & limited if _gave(rule, quote))),
        capped=_under_caps(quote, program),
        carried={u: rest for u, rest in quote.carried.items() if u in _carrying(program)},
        goals=quote.goals_after,
        tier=quote.tier_after,
        vouchers=tuple(
            [
                Voucher(voucher_code(event, number), one.reward, one.first, one.last)
                for number, one in enumerate(quote.vouchers_issued)
            ]
        ),
        draws=tuple([PrizeDraw(pool) for pool in quote.draws]),  # None of them is made yet.
    )


def _gave(rule: str, quote: Quote) -> bool:
    """Whether a rule did something: one that a limit took away did not."""
    reason = next(one for one in quote.reasons if one.rule == rule)
    return reason.outcome is Outcome.APPLIED or reason.earned > 0


def _under_caps(quote: Quote, program: Program) -> dict[str, int]:
    given: dict[str, int] = {}
    for cap in program.caps:
        points = [
            one.earned
            for one in quote.reasons
            if one.unit == cap.unit and (not cap.rules or one.rule in cap.rules)
        ]
        if sum(points):
            given[cap.id] = sum(points)
    return given


def _carrying(program: Program) -> set[str]:
    """Name the units of which a remainder is carried to the next receipt."""
    effects = [rule.then for rule in program.rules]
    return {effect.unit for effect in effects if isinstance(effect, Earn) and effect.carry}


def voucher_code(event: EventId, number: int) -> str:
    """Name a voucher after the event that issued it: no till makes another's code.

    Base 36 of the event's random half and the voucher's number, capitals and digits.
    """
    value = (event.int & ((1 << 62) - 1)) << NUMBER_BITS | number
    letters = ""
    while len(letters) < VOUCHER_LETTERS:
        value, digit = divmod(value, 36)
        letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + letters
    return letters


def same_score(printed: Scored, again: Scored) -> str:
    """Compare what was printed with what comes out again; empty when it is the same."""
    if {one.unit: one.points for one in printed.earned} != {
        one.unit: one.points for one in again.earned
    }:
        return "points_differ"
    if printed.earned != again.earned:
        return "lots_differ"
    if printed.left != again.left:
        return "effects_differ"
    return ""
