"""What a member has, as far as this till knows: the server's figures plus own events since (I9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.bodies import Acted, Body, Sold
from pos_loyalty.domain.booking import Posting, lots_of
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.events import Position
from pos_loyalty.domain.ids import MemberId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord, Standing
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import remember_all
from pos_loyalty.usecases.counter import Counter, program_told, store_of
from pos_loyalty.wire.bodies import read_body

BEFORE_EVERYTHING = Position(0, 0)


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member at the counter. `record` is None when this till does not know her name."""

    standing: Standing
    record: PersonalRecord | None
    past: Past | None = None  # None: only the index knows her here.

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
    past = None if known is None else known.past
    if confirmed is None and counter.journal.has_enrolled(member):
        # Enrolled here and not yet heard of again: she began with nothing, all she has is pending.
        confirmed = Confirmed(counter.clock.now(), BEFORE_EVERYTHING, ())
        record = counter.journal.record_of(member)
        past = NO_PAST
    after = BEFORE_EVERYTHING if confirmed is None else confirmed.includes
    if record is not None:  # What she told here since counts; of a stranger we keep nothing.
        record = counter.journal.record_of(member, after) or record
    pending = _pending(counter.journal.postings_of(member, after))
    if past is not None:
        past = remember_all(past, _since(counter, member, after))
    if known is not None:
        status = known.status
    standing = Standing(member, status or MemberStatus.ACTIVE, confirmed, pending)
    return MemberSeen(standing, record, past)


def _since(
    counter: Counter, member: MemberId, after: Position
) -> Iterator[tuple[Body, date, Program | None]]:
    """Read own events about a member that the server's word does not contain yet."""
    for event in counter.journal.events_of(member, after):
        header = event.header
        body = read_body(header.kind, header.version, event.body)
        if body is None:
            continue  # Of a later version of this program: the server counts it.
        zone = body.zone if isinstance(body, Sold | Acted) else store_of(counter).zone
        yield body, business_day(header.at, zone), _program_of(counter, body)


def _program_of(counter: Counter, body: Body) -> Program | None:
    scored = body.scored if isinstance(body, Sold | Acted) else None
    return None if scored is None else program_told(counter, scored.program)


def _pending(postings: Sequence[Posting]) -> tuple[tuple[Unit, Lot], ...]:
    by_unit: defaultdict[Unit, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_unit[posting.account.unit].append(posting)
    return tuple((unit, lot) for unit, legs in by_unit.items() for lot in lots_of(legs))
