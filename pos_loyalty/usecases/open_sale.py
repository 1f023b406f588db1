"""The sale in progress, kept so that a crash or a restart loses none of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.usecases.counter import Counter

NOTE = "open-sale"


@dataclass(frozen=True, slots=True)
class OpenSale:
    """What is on the counter. It is paid under the id `sale`, so that paying twice is one sale.

    `suggestion` is the one offer made in it; a sale makes no second one.
    """

    sale: EventId
    lines: tuple[Line, ...] = ()
    member: MemberId | None = None
    suggestion: str = ""
    suggestion_answered: bool = False


@cache
def _adapter() -> TypeAdapter[OpenSale]:
    return TypeAdapter(OpenSale)


def new_sale(counter: Counter) -> OpenSale:
    """Begin an empty sale."""
    return OpenSale(EventId(counter.ids.new(counter.clock.now())))


def keep_sale(counter: Counter, sale: OpenSale) -> None:
    """Keep the sale as it stands; an empty one is forgotten."""
    empty = not sale.lines and sale.member is None
    counter.journal.keep_note(NOTE, "" if empty else _adapter().dump_json(sale).decode())


def resume_sale(counter: Counter) -> OpenSale:
    """Take up the sale that a restart interrupted; a new one when none was, or it was paid."""
    note = counter.journal.note(NOTE)
    if not note:
        return new_sale(counter)
    try:
        sale = _adapter().validate_json(note)
    except ValidationError:
        return new_sale(counter)  # Written by a newer version: nothing of it was paid.
    return new_sale(counter) if counter.journal.event(sale.sale) is not None else sale
