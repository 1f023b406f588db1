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
COPIES_MAX = 50  # Of those that wait for the printer; older ones are dropped.
NOTED = {
    JobState.SENDING: PrintState.SENDING,
    JobState.DONE: PrintState.DONE,
    JobState.UNKNOWN: PrintState.UNKNOWN,
    JobState.FAILED: PrintState.QUEUED,  # Nothing of it was sent: it may be given again as it is.
}
NOTED_OF_COPY = {JobState.DONE: PrintState.DONE, JobState.UNKNOWN: PrintState.UNKNOWN}
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
        self._copies: dict[str, Printable] = {}  # Not on paper yet, oldest first.

    def use(self, queue: Queue) -> None:
        """Print on this printer from now on."""
        self._queue = queue

    def look(self) -> None:
        """Print what waits in the journal. May be called from any thread."""
        self._ledger.submit(self._give)

    def copy(self, copy: Printable) -> None:
        """Print a copy when its turn comes; with its printer away it waits like any slip."""
        if self._queue is None:
            self._tell(copy.event_id, Paper.NO_PRINTER)
            return
        with self._lock:
            self._copies[COPY + str(copy.event_id)] = copy
            for oldest in tuple(self._copies)[:-COPIES_MAX]:
                del self._copies[oldest]
        self._tell(copy.event_id, Paper.PRINTING)
        self.look()

    def open_drawer(self) -> None:
        """Kick the cash drawer at the printer, if there is one."""
        if self._queue is not None:
            self._queue.open_drawer(DRAWER)

    def _give(self) -> None:
        queue = self._queue
        for slip in slips_to_print(self._counter):
            if queue is None:
                # Nothing ever waits for a printer that no setting names.
                mark_slip(self._counter, slip.event_id, PrintState.DONE)
                self._tell(slip.event_id, Paper.NO_PRINTER)
            elif self._take(str(slip.event_id)):
                self._give_slip(queue, slip)
        with self._lock:
            copies = tuple(self._copies.items())
        for job_id, copy in copies:
            if queue is not None and self._take(job_id):
                queue.print(job_id, copy.document)

    def _give_slip(self, queue: Queue, slip: Printable) -> None:
        if self._stale(slip.event_id):
            mark_slip(self._counter, slip.event_id, PrintState.UNKNOWN)
            self._tell(slip.event_id, Paper.DOUBTFUL)
        else:
            queue.print(str(slip.event_id), slip.document)

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
        if report.job_id.startswith(DRAWER):
            return
        event_id = EventId(UUID(report.job_id.removeprefix(COPY)))
        noted = NOTED_OF_COPY if report.job_id.startswith(COPY) else NOTED
        state = noted.get(report.state)
        if state is not None:
            self._note(event_id, state)
        if report.state is not JobState.SENDING:
            self._end(report)
        self._tell(event_id, SHOWN[report.state])

    def _note(self, event_id: EventId, state: PrintState) -> None:
        try:
            self._ledger.do(lambda: mark_slip(self._counter, event_id, state))
        except JournalFault as fault:
            log.warning("a slip's state was not kept", extra={"reason": fault.reason})

    def _end(self, report: JobReport) -> None:
        """Let a job that was certainly not printed be given again, and a copy that was, go."""
        with self._lock:
            if report.state is JobState.FAILED or report.job_id in self._copies:
                self._given.discard(report.job_id)
            if report.state is not JobState.FAILED:
                self._copies.pop(report.job_id, None)
