"""Slips on their way to paper: stored with their event, printed after it, never twice unasked."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.bodies import Body, Reprinted, Sold, member_of
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import EventId
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.ports.journal import PrintJob, PrintState
from pos_loyalty.receipts.stored import as_copy, read_slip, with_name
from pos_loyalty.usecases.counter import Counter, SignedIn
from pos_loyalty.usecases.record import record
from pos_loyalty.usecases.standing import see
from pos_loyalty.wire.bodies import read_body


@dataclass(frozen=True, slots=True)
class Printable:
    """A slip ready for the printer."""

    event_id: EventId
    document: PrintDocument


@dataclass(frozen=True, slots=True)
class DoubtfulSlip:
    """A slip that may or may not be on paper: only a person can tell.

    `number` is the receipt's; empty for other slips.
    """

    event_id: EventId
    number: str


def slips_to_print(counter: Counter) -> tuple[Printable, ...]:
    """Read the slips of which nothing was sent yet, oldest first."""
    waiting = counter.journal.waiting_slips()
    return tuple(_printable(counter, job) for job in waiting if job.state is PrintState.QUEUED)


def doubtful_slips(counter: Counter) -> tuple[DoubtfulSlip, ...]:
    """Read the slips that were being printed when the till or the printer stopped."""
    waiting = counter.journal.waiting_slips()
    return tuple(
        DoubtfulSlip(job.event_id, _number(counter, job.event_id))
        for job in waiting
        if job.state in (PrintState.SENDING, PrintState.UNKNOWN)
    )


def mark_slip(counter: Counter, event_id: EventId, state: PrintState) -> None:
    """Note where a slip is."""
    counter.journal.mark_slip(event_id, state)


def print_again(
    counter: Counter, who: SignedIn, words: Words, event_id: EventId
) -> Printable | None:
    """Make a copy, marked as one, and write down that it was made. None: there is no such slip."""
    job = counter.journal.slip(event_id)
    if job is None:
        return None
    copy_id = EventId(counter.ids.new(counter.clock.now()))
    record(counter, who, copy_id, Reprinted(event_id))
    printable = _printable(counter, job)
    return Printable(event_id, as_copy(printable.document, words.gettext("COPY")))


def last_receipt(counter: Counter) -> EventId | None:
    """Find the newest sale. None before the first."""
    event = counter.journal.last_of_kind(Kind.SALE.value)
    return None if event is None else event.header.event_id


def _printable(counter: Counter, job: PrintJob) -> Printable:
    return Printable(job.event_id, with_name(read_slip(job.slip), _name(counter, job.event_id)))


def _name(counter: Counter, event_id: EventId) -> str:
    member = member_of(_body(counter, event_id))
    seen = None if member is None else see(counter, member)
    return "" if seen is None or seen.record is None else seen.record.name


def _number(counter: Counter, event_id: EventId) -> str:
    body = _body(counter, event_id)
    return body.number if isinstance(body, Sold) else ""


def _body(counter: Counter, event_id: EventId) -> Body | None:
    event = counter.journal.event(event_id)
    if event is None:
        return None
    return read_body(event.header.kind, event.header.version, event.body)
