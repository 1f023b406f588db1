from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from pos_loyalty.devices.printing import JobReport, JobState
from pos_loyalty.domain.ids import EventId
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.ports.journal import JournalFault, PrintState
from pos_loyalty.terminal.ledger_thread import LedgerThread
from pos_loyalty.terminal.printing import STALE, PrintDesk
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.sell import sell
from pos_loyalty.usecases.slips import print_again
from tests.fakes.clock import FakeClock
from tests.fakes.counter import ROSA, WORDS, a_counter, checkout


@dataclass
class FakeQueue:
    """A printer's queue that keeps what it is given; while `full` it takes nothing."""

    desk: PrintDesk
    jobs: list[str] = field(default_factory=list)
    drawers: int = 0
    full: bool = False

    def print(self, job_id: str, document: PrintDocument) -> None:
        assert document.blocks
        if self.full:
            self.desk.reported(JobReport(job_id, JobState.FAILED))
        else:
            self.jobs.append(job_id)

    def open_drawer(self, job_id: str) -> None:
        self.drawers += 1
        self.desk.reported(JobReport(job_id, JobState.DONE))

    def ends(self, state: JobState) -> None:
        """Tell of the newest job as the printer's thread does."""
        report = JobReport(self.jobs[-1], state)
        thread = threading.Thread(target=self.desk.reported, args=(report,))
        thread.start()
        thread.join(10)
        assert not thread.is_alive()


class JournalOnADisk(MemoryJournal):
    """A journal that marks no slip while its disk is full."""

    full = False

    def mark_slip(self, event_id: EventId, state: PrintState) -> None:
        if self.full:
            raise JournalFault("disk-full")
        super().mark_slip(event_id, state)


@dataclass
class Place:
    """A counter with a print desk."""

    counter: Counter
    journal: JournalOnADisk
    clock: FakeClock
    ledger: LedgerThread
    desk: PrintDesk
    queue: FakeQueue
    told: list[Paper]

    def sell(self) -> EventId:
        return self.ledger.do(lambda: sell(self.counter, ROSA, WORDS, checkout(self.counter)).sale)

    def look(self) -> None:
        self.desk.look()
        self.ledger.do(lambda: None)

    def state(self, sale: EventId) -> PrintState:
        job = self.counter.journal.slip(sale)
        assert job is not None
        return job.state

    def copy(self, sale: EventId) -> None:
        copy = self.ledger.do(lambda: print_again(self.counter, ROSA, WORDS, sale))
        assert copy is not None
        self.desk.copy(copy)
        self.ledger.do(lambda: None)


@pytest.fixture
def place() -> Iterator[Place]:
    clock, ledger, told = FakeClock(), LedgerThread(), list[Paper]()
    journal = JournalOnADisk(a_counter().till.terminal)
    counter = a_counter(journal, clock=clock)
    desk = PrintDesk(ledger, counter, lambda _event_id, paper: told.append(paper))
    queue = FakeQueue(desk)
    desk.use(queue)
    yield Place(counter, journal, clock, ledger, desk, queue, told)
    ledger.shutdown()


def test_a_new_slip_is_given_to_the_printer_once(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.look()

    assert place.queue.jobs == [str(sale)]


def test_that_a_slip_is_being_sent_is_durable_before_a_byte_leaves(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.SENDING)

    assert place.state(sale) is PrintState.SENDING
    assert place.told == [Paper.PRINTING]


@pytest.mark.parametrize(
    ("end", "state", "paper"),
    [
        (JobState.DONE, PrintState.DONE, Paper.PRINTED),
        (JobState.UNKNOWN, PrintState.UNKNOWN, Paper.DOUBTFUL),
        (JobState.FAILED, PrintState.QUEUED, Paper.WAITS),
    ],
)
def test_how_a_slip_ended_is_kept_and_told(
    place: Place, end: JobState, state: PrintState, paper: Paper
) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.SENDING)
    place.queue.ends(end)

    assert place.state(sale) is state
    assert place.told[-1] is paper


def test_a_slip_that_was_not_printed_is_given_again_when_the_printer_is_back(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.FAILED)
    place.look()

    assert place.queue.jobs == [str(sale)] * 2


def test_a_slip_of_unknown_end_is_never_given_again(place: Place) -> None:
    place.sell()
    place.look()
    place.queue.ends(JobState.UNKNOWN)
    place.look()

    assert len(place.queue.jobs) == 1


def test_a_slip_nobody_waits_for_any_more_is_asked_about(place: Place) -> None:
    sale = place.sell()
    place.clock.go_on(STALE + timedelta(seconds=1))
    place.look()

    assert place.queue.jobs == []
    assert place.state(sale) is PrintState.UNKNOWN
    assert place.told == [Paper.DOUBTFUL]


def test_a_full_queue_leaves_the_slip_waiting_and_stops_nobody(place: Place) -> None:
    sale = place.sell()
    place.queue.full = True
    place.look()
    assert place.told == [Paper.WAITS]
    assert place.state(sale) is PrintState.QUEUED

    place.queue.full = False
    place.look()

    assert place.queue.jobs == [str(sale)]


def test_without_a_printer_nothing_ever_waits() -> None:
    ledger, told = LedgerThread(), list[Paper]()
    counter = a_counter()
    desk = PrintDesk(ledger, counter, lambda _event_id, paper: told.append(paper))
    ledger.do(lambda: sell(counter, ROSA, WORDS, checkout(counter)))
    desk.look()
    ledger.shutdown()

    assert told == [Paper.NO_PRINTER]
    assert counter.journal.waiting_slips() == ()


def test_a_copy_ends_the_doubt_about_its_slip_only_when_it_is_on_paper(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.UNKNOWN)
    place.copy(sale)
    place.queue.ends(JobState.SENDING)
    assert place.state(sale) is PrintState.UNKNOWN

    place.queue.ends(JobState.DONE)

    assert place.state(sale) is PrintState.DONE
    assert place.told[-1] is Paper.PRINTED


def test_a_copy_that_was_not_printed_waits_for_the_printer(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.DONE)
    place.copy(sale)
    place.queue.ends(JobState.FAILED)
    assert place.told[-1] is Paper.WAITS
    assert place.state(sale) is PrintState.DONE

    place.look()

    assert place.queue.jobs == [str(sale), f"copy:{sale}", f"copy:{sale}"]


def test_a_second_copy_of_a_receipt_is_printed_too(place: Place) -> None:
    sale = place.sell()
    place.look()
    place.queue.ends(JobState.DONE)
    place.copy(sale)
    place.queue.ends(JobState.DONE)
    place.copy(sale)

    assert place.queue.jobs.count(f"copy:{sale}") == 2


def test_the_drawer_leaves_no_trace_in_the_journal(place: Place) -> None:
    place.desk.open_drawer()

    assert place.queue.drawers == 1
    assert place.told == []


def test_a_state_that_the_disk_does_not_take_is_logged_and_printing_goes_on(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.sell()
    place.look()
    place.journal.full = True
    place.queue.ends(JobState.SENDING)

    assert place.told[-1] is Paper.PRINTING
    assert "a slip's state was not kept" in caplog.text
