"""What an event records of its scoring, and what its slip tells of the member's points."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pos_loyalty.domain.bodies import Acted, Sold
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Standing
from pos_loyalty.domain.past import NO_PAST
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import remember
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.points import Points
from pos_loyalty.usecases.chance import with_draws
from pos_loyalty.usecases.counter import Counter, SignedIn, program_told
from pos_loyalty.usecases.facts import figures_of
from pos_loyalty.usecases.quote import Offer


def scored_of(counter: Counter, event: EventId, offered: Offer) -> Scored | None:
    """Write down how an event was scored. None: nobody's, or by no program."""
    seen, program, facts = offered.asked.seen, offered.program, offered.facts
    if seen is None or program is None or facts is None:
        return None
    return replace(
        with_draws(counter, scored_by(offered.quote, program, event), program, event),
        facts=facts,
        includes=None if seen.told is None else seen.told.includes,
        figures=figures_of(counter, program),
    )


def program_of(counter: Counter, scored: Scored | None) -> Program | None:
    """Find the program an event was scored by. None: by none, or this till was never told of it."""
    return None if scored is None else program_told(counter, scored.program)


def points_told(event: EventId, body: Sold | Acted, offered: Offer) -> Points | None:
    """Gather what the slip says of points. None: no member, or no program to speak of."""
    seen, program = offered.asked.seen, offered.program
    if seen is None or program is None:
        return None
    unit, on = program.unit, business_day(offered.at, body.zone)
    after = _after(seen.standing, event, body.scored)
    expiring = after.expiring(unit, on)
    next_expiry = None
    if expiring is not None and expiring.expires_on is not None:
        next_expiry = (expiring.points, expiring.expires_on)
    membership = None
    if isinstance(body, Sold):
        past = seen.past or NO_PAST
        bought = remember(past, body, on, program).membership
        membership = None if bought == past.membership else bought
    return Points(
        program=program,
        before=seen.standing.balance(unit, on),
        pending=after.pending_points(unit),
        as_of=None if seen.told is None else seen.told.as_of,
        expiring=next_expiry,
        vouchers=() if body.scored is None else body.scored.left.vouchers,
        draws=() if body.scored is None else body.scored.left.draws,
        membership=membership,
    )


def _after(standing: Standing, event: EventId, scored: Scored | None) -> Standing:
    """Her standing once the event is written."""
    earned = () if scored is None else scored.earned
    lots = [(one.unit, Lot(event, one.points, one.expires_on, one.usable_on)) for one in earned]
    return replace(standing, pending=(*standing.pending, *lots))


def letterhead_of(counter: Counter, store: StoreTold, who: SignedIn, at: datetime) -> Letterhead:
    """Write the head of a slip made at the instant `at`."""
    return Letterhead(store.name, store.address, counter.till.till, who.name, at, store.zone)
