"""The slip of what moves points without a purchase: joining, a birthday, a rating, an answer."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Align, Block, Cut, Gap, PrintDocument, Text
from pos_loyalty.receipts.letterhead import Letterhead, head
from pos_loyalty.receipts.points import Points, answer_told, member_blocks
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.wares import event as event_told


@dataclass(frozen=True, slots=True)
class ActivitySlip:
    """What happened, by its name in the program, and what it gave."""

    activity: str
    quote: Quote
    points: Points


def activity_slip(words: Words, letterhead: Letterhead, slip: ActivitySlip) -> PrintDocument:
    """Lay out the slip: what it is for, before, given, after."""
    blocks: tuple[Block, ...] = (
        *head(words, letterhead, ""),
        Text(_title(words, slip.activity), bold=True, align=Align.CENTRE),
        *member_blocks(words, letterhead, slip.quote, slip.points),
        Gap(),
        Text(words.gettext("Thank you")),
        Cut(),
    )
    return PrintDocument(words.language, blocks)


def _title(words: Words, activity: str) -> str:
    if activity == "recognised":
        return words.gettext("For you today")
    return answer_told(words, activity) or capital(event_told(words, activity))
