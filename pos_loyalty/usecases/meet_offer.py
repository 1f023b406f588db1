"""What a member made of an offer: shown to her, taken, declined, or a question answered."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.bodies import OfferMet
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.programs.answers import answered
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.i18n import Words
from pos_loyalty.usecases.act import ActDone, Deed, act
from pos_loyalty.usecases.counter import Counter, SignedIn, program_in_force, store_of, today
from pos_loyalty.usecases.record import Beside, Companion, companion_id, record


@dataclass(frozen=True, slots=True)
class Met:
    """One offer and what became of it. `event` is older than the key: two presses count once."""

    event: EventId
    member: MemberId
    offer: str
    response: Response
    answer: int | None = None


def meet_offer(counter: Counter, who: SignedIn, met: Met) -> None:
    """Write it down, once. Raises NotSetUp or JournalFault."""
    if counter.journal.event(met.event) is not None:
        return
    store = store_of(counter).store
    body = OfferMet(met.member, met.offer, met.response, store, met.answer)
    record(counter, who, met.event, body, Beside(met.member))


def answer_notice(counter: Counter, who: SignedIn, words: Words | None, met: Met) -> ActDone | None:
    """Write her answer down, and what it is worth. None: it is worth nothing.

    Raises NotSetUp, Refused or JournalFault.
    """
    meet_offer(counter, who, met)
    store = store_of(counter)
    program = program_in_force(counter, store, today(counter, store))
    notices = () if program is None else program.notices
    if met.response is not Response.TAKEN or not any(
        one.points for one in notices if one.id == met.offer
    ):
        return None
    event = companion_id(met.event, Companion.TOLD)
    return act(counter, who, words, Deed(event, met.member, answered(met.offer)))
