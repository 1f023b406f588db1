"""Slips on their way to the printer."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pos_loyalty.devices.health import DeviceHealth
from pos_loyalty.devices.supervisor import DeviceThread
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Printer, PrintOutcome
from pos_loyalty.ports.documents import PrintDocument

JOBS_MAX = 50

_WAIT_S = 0.2
_CHECK_EVERY_S = 15.0
_CHECK_TROUBLE_EVERY_S = 1.0  # Somebody is putting paper in.

# With these the line is open: the drawer may still be kicked, and each slip finds out for itself.
_WITHIN_REACH = frozenset(
    {FaultKind.PAPER_OUT, FaultKind.COVER_OPEN, FaultKind.OFFLINE, FaultKind.SILENT}
)


class JobState(Enum):
    """Where a slip is. All but SENDING are final."""

    SENDING = "sending"
    DONE = "done"
    UNKNOWN = "unknown"  # Perhaps printed: printed again only on a person's word.
    FAILED = "failed"  # Certainly not printed: may be given again as it is.


@dataclass(frozen=True, slots=True)
class JobReport:
    """What became of one job."""

    job_id: str
    state: JobState
    fault: DeviceFault | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    job_id: str
    document: PrintDocument | None  # None: only the drawer.


class PrintQueue:
    """One printer, its thread, and the slips that wait for it.

    Every job ends in exactly one final report, on the printer's thread or, when it is not even
    taken, on the caller's. While the printer has a fault, slips fail and nothing is printed
    late: the cashier decides whether the slip is still wanted.
    """

    def __init__(
        self,
        name: str,
        open_printer: Callable[[], Printer],
        *,
        on_job: Callable[[JobReport], None],
        on_health: Callable[[DeviceHealth], None],
    ) -> None:
        self._name = name
        self._on_job = on_job
        self._on_health = on_health
        self._jobs: queue.Queue[_Job] = queue.Queue(JOBS_MAX)
        self._check_at = 0.0
        self._taking = threading.Lock()
        self._closed = False
        self._thread = DeviceThread(
            name, open_printer, self._work, on_health=self._told, check=self._check
        )

    @property
    def health(self) -> DeviceHealth:
        """How the printer is at the moment. May be asked from any thread."""
        return self._thread.health

    def start(self) -> None:
        """Find the printer, and print what comes."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Finish the slip in hand; the waiting ones fail. False when the driver hangs."""
        with self._taking:
            self._closed = True
        ended = self._thread.stop(timeout_s)
        self._fail_waiting(DeviceFault(FaultKind.GONE, self._name, "the till is closing"))
        return ended

    def print(self, job_id: str, document: PrintDocument) -> None:
        """Print a slip when its turn comes. May be called from any thread."""
        self._take(_Job(job_id, document))

    def open_drawer(self, job_id: str) -> None:
        """Kick the drawer when its turn comes. May be called from any thread."""
        self._take(_Job(job_id, None))

    def _take(self, job: _Job) -> None:
        refused = ""
        with self._taking:
            try:
                if self._closed:
                    refused = "the till is closing"
                else:
                    self._jobs.put_nowait(job)
            except queue.Full:
                refused = f"{JOBS_MAX} slips are waiting"
        if refused:
            fault = DeviceFault(FaultKind.BUSY, self._name, refused)
            self._on_job(JobReport(job.job_id, JobState.FAILED, fault))
        self._thread.hurry()

    def _work(self, printer: Printer) -> None:
        try:
            job = self._jobs.get(timeout=_WAIT_S)
        except queue.Empty:
            if time.monotonic() >= self._check_at:
                self._thread.report(self._check(printer))
            return
        self._on_job(JobReport(job.job_id, JobState.SENDING))
        state, why = JobState.UNKNOWN, None
        try:
            state = _do(printer, job)
        except DeviceFault as fault:
            state, why = JobState.FAILED, fault
            if fault.kind not in _WITHIN_REACH:
                raise
        finally:  # Also when the driver breaks: then nobody knows.
            self._on_job(JobReport(job.job_id, state, why))
        if state is not JobState.DONE:
            self._thread.report(self._check(printer))

    def _check(self, printer: Printer) -> DeviceFault | None:
        try:
            trouble = printer.status().trouble
            fault = DeviceFault(trouble, self._name) if trouble else None
        except DeviceFault as error:
            if error.kind not in _WITHIN_REACH:
                raise
            fault = error
        again_s = _CHECK_TROUBLE_EVERY_S if fault else _CHECK_EVERY_S
        self._check_at = time.monotonic() + again_s
        return fault

    def _told(self, health: DeviceHealth) -> None:
        if health.fault and health.fault.kind not in _WITHIN_REACH:
            self._fail_waiting(health.fault)
        self._on_health(health)

    def _fail_waiting(self, fault: DeviceFault) -> None:
        for _ in range(JOBS_MAX):
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            self._on_job(JobReport(job.job_id, JobState.FAILED, fault))


def _do(printer: Printer, job: _Job) -> JobState:
    if job.document is None:
        printer.open_drawer()
        return JobState.DONE
    done = printer.print(job.document) is PrintOutcome.DONE
    return JobState.DONE if done else JobState.UNKNOWN
