from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.escpos_printer import open_printer as open_escpos
from drivers.simulated.printer import open_printer as open_simulated
from pos_loyalty.devices.health import DeviceHealth, DeviceState
from pos_loyalty.devices.printing import JOBS_MAX, JobReport, JobState, PrintQueue
from pos_loyalty.lab.paper import read_paper
from pos_loyalty.lab.printer_peer import Behaviour, PrinterPeer
from pos_loyalty.ports.devices import (
    DeviceFault,
    FaultKind,
    Printer,
    PrinterStatus,
    PrintOutcome,
)
from pos_loyalty.ports.documents import Cut, PrintDocument, Text
from tests.fakes.told import Told
from tests.fakes.typesetter import Cv2Typesetter

SLIP = PrintDocument("en", (Text("Thank you"), Cut()))


@pytest.fixture
def health() -> Told[DeviceHealth]:
    return Told()


@pytest.fixture
def jobs() -> Told[JobReport]:
    return Told()


@pytest.fixture
def peer() -> Iterator[PrinterPeer]:
    with PrinterPeer() as listening:
        yield listening


@pytest.fixture
def printing(
    peer: PrinterPeer, jobs: Told[JobReport], health: Told[DeviceHealth]
) -> Iterator[PrintQueue]:
    settings = {
        "transport": "network",
        "host": "127.0.0.1",
        "port": str(peer.port),
        "timeout_ms": "200",
    }
    queue = PrintQueue(
        "printer",
        lambda: open_escpos(settings, Cv2Typesetter()),
        on_job=jobs,
        on_health=health,
    )
    yield queue
    assert queue.stop()


def last_states(told: list[JobReport]) -> dict[str, JobState]:
    return {report.job_id: report.state for report in told}


def test_a_slip_is_sending_and_then_done(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport]
) -> None:
    printing.start()

    printing.print("sale-1", SLIP)

    assert jobs.wait_until(lambda told: len(told) == 2) == [
        JobReport("sale-1", JobState.SENDING),
        JobReport("sale-1", JobState.DONE),
    ]
    assert read_paper(peer.wait_for_jobs(1)[0], 80).text == "Thank you\n[cut]"


def test_slips_and_drawer_come_in_the_order_they_were_asked_for(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport]
) -> None:
    printing.print("1", SLIP)
    printing.open_drawer("2")
    printing.print("3", SLIP)

    printing.start()

    jobs.wait_until(lambda told: len(told) == 6)
    papers = [read_paper(job, 80) for job in peer.wait_for_jobs(3)]
    assert [paper.drawer_kicks for paper in papers] == [0, 1, 0]


def test_paper_that_ran_out_fails_the_slip_and_not_the_drawer(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport], health: Told[DeviceHealth]
) -> None:
    peer.behaviour = Behaviour.PAPER_OUT
    printing.start()
    health.wait_until(lambda told: bool(told) and told[-1].state is DeviceState.FAULT)

    printing.print("slip", SLIP)
    printing.open_drawer("drawer")

    told = jobs.wait_until(lambda told: len(told) == 4)
    assert last_states(told) == {"slip": JobState.FAILED, "drawer": JobState.DONE}
    assert told[1].fault is not None
    assert told[1].fault.kind is FaultKind.PAPER_OUT


def test_a_printer_with_new_paper_is_ready_again_by_itself(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport], health: Told[DeviceHealth]
) -> None:
    peer.behaviour = Behaviour.COVER_OPEN
    printing.start()
    health.wait_until(lambda told: bool(told) and told[-1].state is DeviceState.FAULT)

    peer.behaviour = Behaviour.PRINTS

    health.wait_until(lambda told: told[-1].state is DeviceState.READY)
    printing.print("slip", SLIP)
    jobs.wait_until(lambda told: last_states(told) == {"slip": JobState.DONE})


def test_a_slip_nobody_confirmed_is_unknown_and_not_printed_again(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport]
) -> None:
    peer.behaviour = Behaviour.SILENT_AFTER_JOB
    printing.start()

    printing.print("slip", SLIP)

    jobs.wait_until(lambda told: last_states(told) == {"slip": JobState.UNKNOWN})
    assert len(peer.wait_for_jobs(1)) == 1


def test_slips_for_a_printer_that_is_off_fail_and_are_not_printed_late(
    tmp_path: Path, jobs: Told[JobReport], health: Told[DeviceHealth]
) -> None:
    folder = tmp_path / "slips"
    queue = PrintQueue(
        "printer",
        lambda: open_simulated({"folder": str(folder)}, Cv2Typesetter()),
        on_job=jobs,
        on_health=health,
    )
    queue.start()
    health.wait_until(lambda told: bool(told) and told[-1].state is DeviceState.FAULT)
    queue.print("while-off", SLIP)
    jobs.wait_until(lambda told: last_states(told) == {"while-off": JobState.FAILED})

    folder.mkdir()
    health.wait_until(lambda told: told[-1].state is DeviceState.READY)
    queue.print("when-on", SLIP)
    jobs.wait_until(lambda told: last_states(told).get("when-on") is JobState.DONE)

    assert [path.name for path in sorted(folder.glob("*.txt"))] == ["0001.txt"]
    assert queue.stop()


class HeldPrinter:
    """A printer that prints when it is let."""

    def __init__(self) -> None:
        self.printing = threading.Event()
        self.let = threading.Event()
        self.mistake: Exception | None = None

    def status(self) -> PrinterStatus:
        return PrinterStatus()

    def print(self, document: PrintDocument) -> PrintOutcome:
        assert document is SLIP
        self.printing.set()
        self.let.wait(10)
        if self.mistake:
            raise self.mistake
        return PrintOutcome.DONE

    def open_drawer(self) -> None:
        """It has none."""

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def held() -> HeldPrinter:
    return HeldPrinter()


@pytest.fixture
def held_queue(
    held: HeldPrinter, jobs: Told[JobReport], health: Told[DeviceHealth]
) -> Iterator[PrintQueue]:
    def open_held() -> Printer:
        return held

    queue = PrintQueue("printer", open_held, on_job=jobs, on_health=health)
    queue.start()
    queue.print("first", SLIP)
    held.printing.wait(10)
    yield queue
    held.let.set()
    assert queue.stop()


def test_a_full_queue_refuses_a_slip_and_says_so(
    held_queue: PrintQueue, jobs: Told[JobReport]
) -> None:
    for number in range(JOBS_MAX):
        held_queue.print(f"slip-{number}", SLIP)

    held_queue.print("one-too-many", SLIP)

    refused = jobs.values[-1]
    assert (refused.job_id, refused.state) == ("one-too-many", JobState.FAILED)
    assert refused.fault is not None
    assert refused.fault.kind is FaultKind.BUSY


def test_closing_the_till_finishes_the_slip_in_hand_and_fails_the_rest(
    held: HeldPrinter, held_queue: PrintQueue, jobs: Told[JobReport]
) -> None:
    held_queue.print("second", SLIP)
    threading.Timer(0.1, held.let.set).start()

    assert held_queue.stop()
    held_queue.print("third", SLIP)

    final = last_states(jobs.values)
    assert final["first"] is JobState.DONE
    assert final["third"] is JobState.FAILED
    assert final["second"] in {JobState.DONE, JobState.FAILED}


def test_a_driver_that_breaks_over_a_slip_leaves_it_unknown(
    held: HeldPrinter,
    held_queue: PrintQueue,
    jobs: Told[JobReport],
    health: Told[DeviceHealth],
) -> None:
    held.mistake = ZeroDivisionError("in the driver")
    held.let.set()
    jobs.wait_until(lambda told: last_states(told) == {"first": JobState.UNKNOWN})

    held.mistake = None
    health.wait_until(lambda told: DeviceState.FAULT in [each.state for each in told])
    health.wait_until(lambda told: told[-1].state is DeviceState.READY)
    held_queue.print("after", SLIP)

    jobs.wait_until(lambda told: last_states(told).get("after") is JobState.DONE)


def test_every_job_ends_in_one_final_report(
    peer: PrinterPeer, printing: PrintQueue, jobs: Told[JobReport]
) -> None:
    printing.start()
    behaviours = [Behaviour.PRINTS, Behaviour.CLOSES_MID_JOB, Behaviour.PAPER_OUT]
    for number, behaviour in enumerate(behaviours * 3):
        peer.behaviour = behaviour
        printing.print(str(number), SLIP)

    told = jobs.wait_until(
        lambda told: sum(report.state is not JobState.SENDING for report in told) == 9
    )

    final = [report.job_id for report in told if report.state is not JobState.SENDING]
    assert sorted(final) == [str(number) for number in range(9)]


def test_a_fault_is_told_with_the_printers_address(
    jobs: Told[JobReport], health: Told[DeviceHealth]
) -> None:
    def open_nothing() -> Printer:
        raise DeviceFault(FaultKind.NOT_FOUND, "192.0.2.1:9100")

    queue = PrintQueue("printer", open_nothing, on_job=jobs, on_health=health)
    queue.start()

    told = health.wait_until(bool)

    assert told[0].fault is not None
    assert told[0].fault.device == "192.0.2.1:9100"
    assert queue.health.name == "printer"
    assert queue.stop()
