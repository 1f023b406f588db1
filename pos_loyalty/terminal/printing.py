"""Slips from the journal to the printer, and what became of them back into the journal."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from logging import getLogger
from typing import Protocol
from uuid import UUID

from pos_loyalty.devices.printing import JobReport, JobState
from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.ports.journal import JournalFault, PrintState
from pos_loyalty.terminal.ledger_thread import LedgerThread
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.slips import Printable, mark_slip, slips_to_print

log = getLogger(__name__)

STALE = timedelta(minutes=10)  # Nobody waits for an older slip: it is asked about, not printed.
COPY, DRAWER = "copy:", "drawer:"
NOTED = {
    JobState.SENDING: PrintState.SENDING,
    JobState.DONE: PrintState.DONE,
    JobState.UNKNOWN: PrintState.UNKNOWN,
    JobState.FAILED: PrintState.QUEUED,  # Nothing of it was sent: it may be given again as it is.
}
SHOWN = {
    JobState.SENDING: Paper.PRINTING,
    JobState.DONE: Paper.PRINTED,
    JobState.UNKNOWN: Paper.DOUBTFUL,
    JobState.FAILED: Paper.WAITS,
}


class Queue(Protocol):
    """The printer's queue."""

    def print(self, job_id: str, document: PrintDocument) -> None:
        """Print a slip when its turn comes."""

    def open_drawer(self, job_id: str) -> None:
        """Kick the drawer when its turn comes."""


class PrintDesk:
    """Gives every new slip to the printer once, and writes down how it ended.

    `tell` hears of each step; it may be called from any thread.
    """

    def __init__(
        self, ledger: LedgerThread, counter: Counter, tell: Callable[[EventId, Paper], None]
    ) -> None:
        self._ledger = ledger
        self._counter = counter
        self._tell = tell
        self._queue: Queue | None = None
        self._lock = threading.Lock()
        self._given: set[str] = set()

    def use(self, queue: Queue) -> None:
        """Print on this printer from now on."""
        self._queue = queue

    def look(self) -> None:
        """Print what waits in the journal. May be called from any thread."""
        self._ledger.submit(self._give)

    def copy(self, copy: Printable) -> None:
        """Print a copy; what becomes of it changes nothing in the journal."""
        if self._queue is not None:
            self._queue.print(COPY + str(copy.event_id), copy.document)

    def open_drawer(self) -> None:
        """Kick the cash drawer at the printer, if there is one."""
        if self._queue is not None:
            self._queue.open_drawer(DRAWER)

    def _give(self) -> None:
        for slip in slips_to_print(self._counter):
            job_id = str(slip.event_id)
            if self._queue is None:
                self._tell(slip.event_id, Paper.NO_PRINTER)
            elif self._take(job_id):
                if self._stale(slip.event_id):
                    mark_slip(self._counter, slip.event_id, PrintState.UNKNOWN)
                    self._tell(slip.event_id, Paper.DOUBTFUL)
                else:
                    self._queue.print(job_id, slip.document)

    def _take(self, job_id: str) -> bool:
        with self._lock:
            if job_id in self._given:
                return False
            self._given.add(job_id)
            return True

    def _stale(self, event_id: EventId) -> bool:
        event = self._counter.journal.event(event_id)
        return event is not None and self._counter.clock.now() - event.header.at > STALE

    def reported(self, report: JobReport) -> None:
        """Hear from the printer how a job goes; SENDING is durable before a byte leaves."""
        if report.job_id.startswith((COPY, DRAWER)):
            return
        event_id = EventId(UUID(report.job_id))
        if report.state is JobState.FAILED:
            with self._lock:
                self._given.discard(report.job_id)
        try:
            # Not waited for when the ledger thread itself handed the job over and was refused.
            done = self._ledger.submit(mark_slip, self._counter, event_id, NOTED[report.state])
            if not threading.current_thread().name.startswith("ledger"):
                done.result()
        except JournalFault as fault:
            log.warning("a slip's state was not kept", extra={"reason": fault.reason})
        self._tell(event_id, SHOWN[report.state])
