"""What a member says of her purchase: once for each receipt, worth what the program says."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.ids import EventId
from pos_loyalty.i18n import Words
from pos_loyalty.usecases.act import ActDone, Deed, act
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.record import Companion, companion_id
from pos_loyalty.wire.bodies import read_body

FEEDBACK = "feedback"
SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Rating:
    """Marks from 1 to 5 for the purchase of one receipt, by what was rated."""

    sale: EventId
    scores: tuple[tuple[str, int], ...]


class CannotRate(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The rating is not good. `reason` is no-sale or no-member."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def rate(counter: Counter, who: SignedIn, words: Words | None, rating: Rating) -> ActDone:
    """Write a rating down; a second one of the same receipt answers with the first.

    Raises CannotRate, NotSetUp, Refused or JournalFault, and ValueError for marks outside 1 to 5.
    """
    event = counter.journal.event(rating.sale)
    body = None if event is None else read_body(event.header.kind, event.header.version, event.body)
    if not isinstance(body, Sold):
        raise CannotRate("no-sale")
    if body.member is None:
        raise CannotRate("no-member")
    deed = Deed(
        companion_id(rating.sale, Companion.RATED),
        body.member,
        FEEDBACK,
        of=rating.sale,
        scores=rating.scores,
    )
    return act(counter, who, words, deed)
