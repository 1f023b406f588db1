"""What was due to a member whom the till did not know: the server adds it, and takes nothing.

Such a till scores as if nothing were known of her, prints that, and says that more may follow.
Whoever keeps her past works it out again from what is known there. What was printed stands (I12,
I13); points, stamps, vouchers and the tier come on top. What takes something off the price does
not: the money was paid. Nor do chances to win: prizes are drawn from what a till holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.bodies import Acted, Body, Sold
from pos_loyalty.domain.booking import Booked, Fact, Outcome, earning, fold
from pos_loyalty.domain.engine.plan import BENEFITS
from pos_loyalty.domain.engine.quoting import score
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.facts import STRANGER, UNKNOWN, Voucher
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.past import Past, facts_of
from pos_loyalty.domain.programs.effects import DrawPrize
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import Refused
from pos_loyalty.domain.scored_sale import basket_of, scored_by, voucher_code
from pos_loyalty.domain.scoring import LEFT_MAX, Earned, Left, Scored

COMPLETED = "completed"  # The code of an event that gave more than was printed.
PROGRAMS_MAX = 64
Scorable = TypeVar("Scorable", bound=Sold | Acted)


def book_in_full(
    fact: Fact, booked: Booked, past: Past, birthday: date | None, program: Program | None
) -> tuple[Body | None, Booked]:
    """Add to what is booked as printed what is due; beside it stands what she is to remember.

    Nothing is added to what is parked or disputed: that waits for a person. The event stays as it
    is in its journal.
    """
    body = fact.body
    if booked.outcome is not Outcome.APPLIED or program is None:
        return body, booked
    if not isinstance(body, Sold | Acted) or body.scored is None:
        return body, booked
    full = complete(body, fact.event_id, fact.at, past, birthday, program)
    had = fold(earning(fact.event_id, body))
    legs = earning(fact.event_id, full)
    more = [replace(leg, points=leg.points - had.get(leg.account, 0)) for leg in legs]
    added = tuple([leg for leg in more if leg.points])
    if not added and _vouchers_of(full) == _vouchers_of(body):
        return full, booked
    return full, replace(booked, code=COMPLETED, postings=(*booked.postings, *added))


def by_stranger(scored: Scored) -> bool:
    """Whether nothing was known of the member where it was scored."""
    return scored.includes is None and scored.facts == STRANGER


def complete(
    body: Scorable,
    event: EventId,
    at: datetime,
    past: Past,
    birthday: date | None,
    program: Program,
) -> Scorable:
    """Work out what a stranger's event gives to the member she is; as it was where she was known.

    Of each unit she gets what was printed, or what is due if that is more. `past` is hers before
    the event. Balances play no part: nothing is redeemed where they are not known.
    """
    scored = body.scored
    if scored is None or not by_stranger(scored):
        return body
    basket = basket_of(body, at, scored.figures)
    known = facts_of(past, program, basket.day, birthday, ())
    known = replace(known, balances=UNKNOWN, lots=UNKNOWN)
    try:
        rules = _rules_left(program, _took_off(basket, program))
        quoted = score(basket, known, rules)
        if quoted.draws:
            rules = _without_draws(rules)
            quoted = score(basket, known, rules)
        due = scored_by(quoted, rules, event)
    except (CurrencyMismatch, Refused):
        return body  # What may not be sold to her was sold: what was printed is all she gets.
    full = replace(
        scored,
        facts=known,
        earned=_larger(scored.earned, due.earned),
        left=_left(scored.left, due.left, event),
    )
    return replace(body, scored=full)


def _vouchers_of(body: Sold | Acted) -> tuple[Voucher, ...]:
    return () if body.scored is None else body.scored.left.vouchers


def _took_off(basket: Basket, program: Program) -> frozenset[str]:
    """Name the rules that took something off when nothing was known of her."""
    printed = score(basket, STRANGER, program)
    return frozenset(one.rule for one in printed.reasons if one.discount_minor)


@lru_cache(maxsize=PROGRAMS_MAX)
def _rules_left(program: Program, took_off: frozenset[str]) -> Program:
    """Leave out what cannot be given later: draws, and discounts other than those she had."""
    return replace(
        program,
        rules=tuple(
            [
                rule
                for rule in program.rules
                if rule.id in took_off or not isinstance(rule.then, (*BENEFITS, DrawPrize))
            ]
        ),
    )


@lru_cache(maxsize=PROGRAMS_MAX)
def _without_draws(program: Program) -> Program:
    """Leave out cards that end in a draw: the stamp that fills one is given at a till."""
    goals = [goal for goal in program.goals if not isinstance(goal.then, DrawPrize)]
    return replace(program, goals=tuple(goals))


def _larger(printed: Iterable[Earned], due: Iterable[Earned]) -> tuple[Earned, ...]:
    """Choose the larger lot of each unit; the days of one that was printed stay as they are."""
    lots = {one.unit: one for one in printed}
    for one in due:
        had = lots.setdefault(one.unit, one)
        if one.points > had.points:
            lots[one.unit] = replace(had, points=one.points, line_points=one.line_points)
    return tuple(lots.values())


def _left(printed: Left, due: Left, event: EventId) -> Left:
    capped = {
        name: max(printed.capped.get(name, 0), due.capped.get(name, 0))
        for name in {**printed.capped, **due.capped}
    }
    return Left(
        uses=tuple(sorted({*printed.uses, *due.uses})),
        capped=capped,
        carried=due.carried,
        goals=due.goals,  # Printed were none: it was not known where they stood.
        tier=due.tier or printed.tier,
        vouchers=_more_vouchers(printed, due, event),
        draws=printed.draws,
    )


def _more_vouchers(printed: Left, due: Left, event: EventId) -> tuple[Voucher, ...]:
    """Add the vouchers that are due to those she holds; what she won stands behind the others."""
    won = sum([draw.reward is not None for draw in printed.draws])
    issued = printed.vouchers[: len(printed.vouchers) - won]
    lacking = Counter(map(_promise, due.vouchers)) - Counter(map(_promise, issued))
    added = [
        Voucher(voucher_code(event, number), *promise)
        for number, promise in enumerate(lacking.elements(), len(printed.vouchers))
    ]
    return (*printed.vouchers, *added)[:LEFT_MAX]


def _promise(voucher: Voucher) -> tuple[str, date | None, date | None]:
    return voucher.reward, voucher.first, voucher.last
