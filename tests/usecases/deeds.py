"""What stands in a journal of deeds that are no purchases, and on their slips."""

from __future__ import annotations

from typing import TypeVar

from pos_loyalty.domain.bodies import Acted, Body
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.wire.bodies import read_body

COLUMNS = 42
B = TypeVar("B", bound=Body)


def events(counter: Counter, kind: type[B]) -> list[B]:
    """Read what the journal holds of one kind, oldest first."""
    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    bodies = (read_body(e.header.kind, e.header.version, e.body) for e in journal.everything())
    return [body for body in bodies if isinstance(body, kind)]


def activities(counter: Counter) -> list[str]:
    return [body.activity for body in events(counter, Acted)]


def slips(counter: Counter) -> list[str]:
    """Read the slips on their way to paper, each as one line of words."""
    documents = (slip.document for slip in slips_to_print(counter))
    return [" ".join(plain_text(document, COLUMNS).split()) for document in documents]
