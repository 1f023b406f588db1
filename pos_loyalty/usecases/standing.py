"""What a member has, as far as this till knows: the server's figures plus own events since (I9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pos_loyalty.domain.booking import Posting, lots_of
from pos_loyalty.domain.events import Position
from pos_loyalty.domain.ids import MemberId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord, Standing
from pos_loyalty.usecases.counter import Counter

BEFORE_EVERYTHING = Position(0, 0)


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member at the counter. `record` is None when this till does not know her name."""

    standing: Standing
    record: PersonalRecord | None

    @property
    def member(self) -> MemberId:
        """Her id."""
        return self.standing.member

    @property
    def told(self) -> Confirmed | None:
        """What the server told of her points. None: nothing yet, though she may be known here."""
        confirmed = self.standing.confirmed
        return confirmed if confirmed and confirmed.includes != BEFORE_EVERYTHING else None


def see(counter: Counter, member: MemberId, status: MemberStatus | None = None) -> MemberSeen:
    """Bring together what the server told and what happened here since.

    `status` is what a pass or the compact index says, for a member of whom nothing else is known.
    """
    known = counter.members.find(member)
    confirmed = None if known is None else known.confirmed
    record = None if known is None else known.record
    if confirmed is None and counter.journal.has_enrolled(member):
        # Enrolled here and not yet heard of again: she began with nothing, all she has is pending.
        confirmed = Confirmed(counter.clock.now(), BEFORE_EVERYTHING, ())
        record = counter.journal.record_of(member)
    after = BEFORE_EVERYTHING if confirmed is None else confirmed.includes
    pending = _pending(counter.journal.postings_of(member, after))
    if known is not None:
        status = known.status
    return MemberSeen(Standing(member, status or MemberStatus.ACTIVE, confirmed, pending), record)


def _pending(postings: Sequence[Posting]) -> tuple[tuple[Unit, Lot], ...]:
    by_unit: defaultdict[Unit, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_unit[posting.account.unit].append(posting)
    return tuple((unit, lot) for unit, legs in by_unit.items() for lot in lots_of(legs))
