"""A chance to win: drawn from prizes that this till alone may give, as long as it holds any."""

from __future__ import annotations

from pos_loyalty.domain.bodies import LeaseReturned
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.prizes import PoolLease, draw_prizes, drawn_as
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.record import record


def with_draws(counter: Counter, scored: Scored, program: Program, event: EventId) -> Scored:
    """Make the draws an event gives, before it is written with what they gave.

    Whether it wins follows from the event's id, which is older than the key that pays: whoever
    tries again draws the same. Where the till holds no prizes nothing is drawn.
    """
    pools = [draw.pool for draw in scored.left.draws]
    if not pools:
        return scored
    draws = draw_prizes(event, pools, program, leases_held(counter))
    return drawn_as(draws, scored, program, event)


def leases_held(counter: Counter) -> tuple[PoolLease, ...]:
    """Tell the leases to draw from, as they are left: what the journal gave is gone.

    One of another epoch is void: prizes may have been given that this journal does not know.
    """
    journal = counter.journal
    epoch = journal.head().position.epoch
    return tuple(
        [
            told.lease.without(journal.prizes_given(told.lease.id))
            for told in counter.members.leases()
            if told.epoch == epoch
            and not told.wanted_back
            and not journal.has_returned(told.lease.id)
        ]
    )


def give_leases_back(counter: Counter, who: SignedIn) -> None:
    """Write down that what the server wants back is not drawn from any more. Raises JournalFault.

    The server reads it after all draws of the lease: only then others may get what is left.
    """
    for told in counter.members.leases():
        lease = told.lease.id
        if told.wanted_back and not counter.journal.has_returned(lease):
            event_id = EventId(counter.ids.new(counter.clock.now()))
            record(counter, who, event_id, LeaseReturned(lease))
