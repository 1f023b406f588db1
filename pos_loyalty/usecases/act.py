"""What a member does that is no purchase, or what comes due for her: scored, written, printed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.bodies import Acted
from pos_loyalty.domain.facts import Unknown
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Scored
from pos_loyalty.i18n import Words
from pos_loyalty.receipts.activity import ActivitySlip, activity_slip
from pos_loyalty.receipts.stored import write_slip
from pos_loyalty.usecases.counter import Counter, SignedIn, store_of
from pos_loyalty.usecases.quote import Asked, Offer, offer_to_record
from pos_loyalty.usecases.record import Beside, record
from pos_loyalty.usecases.scored import letterhead_of, points_told, program_of, scored_of
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wire.bodies import read_body


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a member did. `event` is older than the key: two presses are one deed."""

    event: EventId
    member: MemberId
    activity: str  # The event's name in the program: feedback, joined, told-birthday …
    of: EventId | None = None  # The sale it is about.
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ActDone:
    """A deed durably written, and what it gave."""

    event: EventId
    program: Program | None
    scored: Scored | None

    @property
    def earned(self) -> int:
        """Points of the main unit."""
        if self.scored is None or self.program is None:
            return 0
        return self.scored.points(self.program.unit)


def act(counter: Counter, who: SignedIn, words: Words | None, deed: Deed) -> ActDone:
    """Write a deed down with what it gives; what it gives is printed.

    `words` are the slip's language; None: she wants no paper. The same `deed.event` again answers
    with what was written.

    Raises NotSetUp, Refused, or JournalFault when the disk does not take it.
    """
    made = _made(counter, deed.event)
    if made is not None:
        return made
    offered = _offered(counter, see(counter, deed.member), deed)
    return _write(counter, who, words, deed, offered)


def act_if_due(counter: Counter, who: SignedIn, words: Words | None, deed: Deed) -> ActDone | None:
    """Write down what has come due for a member. None: nothing has, and nothing is written.

    What asks for a fact that nobody knows at this till is not due (I13). Raises as `act`.
    """
    made = _made(counter, deed.event)
    if made is not None:
        return made
    offered = _offered(counter, see(counter, deed.member), deed)
    return _write(counter, who, words, deed, offered) if gives_something(offered) else None


def speaks_of(program: Program, event: str) -> bool:
    """Whether a rule or a goal of the program works on such an event."""
    return any(rule.on == event for rule in program.rules) or any(
        goal.reach.on == event for goal in program.goals
    )


def gives_something(offered: Offer) -> bool:
    """Whether an event would change what a member has: points, vouchers, stamps."""
    quoted, facts = offered.quote, offered.facts
    if quoted.lots or quoted.vouchers_issued or quoted.draws:
        return True
    known = None if facts is None else facts.goals
    had = {} if known is None or isinstance(known, Unknown) else known
    return any(had.get(goal, 0) != stands for goal, stands in quoted.goals_after.items())


def _made(counter: Counter, event_id: EventId) -> ActDone | None:
    event = counter.journal.event(event_id)
    if event is None:
        return None
    body = read_body(event.header.kind, event.header.version, event.body)
    if isinstance(body, Acted):
        return ActDone(event_id, program_of(counter, body.scored), body.scored)
    return None  # The journal takes no second event of this id.


def _offered(counter: Counter, seen: MemberSeen, deed: Deed) -> Offer:
    return offer_to_record(counter, Asked((), seen, event=deed.activity))


def _write(
    counter: Counter, who: SignedIn, words: Words | None, deed: Deed, offered: Offer
) -> ActDone:
    store = store_of(counter)
    body = Acted(
        member=deed.member,
        activity=deed.activity,
        store=store.store,
        zone=store.zone,
        currency=store.currency,
        scored=scored_of(counter, deed.event, offered),
        of=deed.of,
        scores=deed.scores,
    )
    slip = None
    points = points_told(deed.event, body, offered)
    if words is not None and points is not None and gives_something(offered):
        letterhead = letterhead_of(counter, store, who, offered.at)
        told = ActivitySlip(deed.activity, offered.quote, points)
        slip = write_slip(activity_slip(words, letterhead, told))
    record(counter, who, deed.event, body, Beside(deed.member, slip=slip), offered.at)
    return ActDone(deed.event, offered.program, body.scored)
