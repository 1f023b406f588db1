from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from drivers.escpos_printer import open_printer as open_escpos
from drivers.simulated.printer import open_printer as open_simulated
from pos_loyalty.lab.paper import read_paper
from pos_loyalty.lab.printer_peer import Behaviour, PrinterPeer
from pos_loyalty.ports.devices import (
    DeviceFault,
    FaultKind,
    Paper,
    Printer,
    PrinterStatus,
    PrintOutcome,
)
from pos_loyalty.ports.documents import Columns, Cut, PrintDocument, Text
from tests.fakes.serial_printer import SerialPrinter
from tests.fakes.typesetter import Cv2Typesetter

SLIP = PrintDocument("en", (Text("Thank you"), Columns("Points", "12"), Cut()))
NEXT_SLIP = PrintDocument("en", (Text("Good bye"), Cut()))
SLIP_TEXT = "Thank you\nPoints" + " " * 40 + "12\n[cut]"


class Rig(Protocol):
    """A printer as the shop sees it: its paper, its plug."""

    def open(self) -> Printer: ...
    def slips(self, count: int) -> list[str]: ...
    def drawer_kicks(self) -> int: ...
    def switch_off(self) -> None: ...


class NetworkRig:
    def __init__(self, _: Path) -> None:
        self.peer = PrinterPeer()
        self.peer.__enter__()

    def open(self, **settings: str) -> Printer:
        address = {"host": "127.0.0.1", "port": str(self.peer.port), "timeout_ms": "1000"}
        return open_escpos({"transport": "network"} | address | settings, Cv2Typesetter())

    def slips(self, count: int) -> list[str]:
        return [read_paper(job, 80).text for job in self.peer.wait_for_jobs(count)]

    def drawer_kicks(self) -> int:
        return read_paper(b"".join(self.peer.wait_for_jobs(1)), 80).drawer_kicks

    def switch_off(self) -> None:
        self.peer.__exit__()

    def clean(self) -> None:
        self.peer.__exit__()


class SerialRig:
    def __init__(self, folder: Path) -> None:
        self.printer = SerialPrinter(folder)
        self.printer.start()
        self.plugged = True

    def open(self, **settings: str) -> Printer:
        where = {"device": str(self.printer.line.port), "timeout_ms": "1000"}
        return open_escpos({"transport": "serial"} | where | settings, Cv2Typesetter())

    def _paper(self) -> str:
        self.switch_off()
        return read_paper(bytes(self.printer.received), 80).text

    def slips(self, count: int) -> list[str]:
        return _slips_in(self._paper(), count)

    def drawer_kicks(self) -> int:
        return self._paper().count("[drawer]")

    def switch_off(self) -> None:
        if self.plugged:
            self.printer.stop()
        self.plugged = False

    clean = switch_off


class FileRig:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "usb" / "lp0"
        self.file.parent.mkdir()

    def open(self, **settings: str) -> Printer:
        return open_escpos(
            {"transport": "file", "path": str(self.file)} | settings, Cv2Typesetter()
        )

    def slips(self, count: int) -> list[str]:
        return _slips_in(read_paper(self.file.read_bytes(), 80).text, count)

    def drawer_kicks(self) -> int:
        return read_paper(self.file.read_bytes(), 80).drawer_kicks

    def switch_off(self) -> None:
        self.file.unlink(missing_ok=True)
        self.file.parent.rmdir()

    def clean(self) -> None:
        """Nothing runs."""


class SimulatedRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "slips"
        self.folder.mkdir()

    def open(self, **settings: str) -> Printer:
        return open_simulated({"folder": str(self.folder)} | settings, Cv2Typesetter())

    def slips(self, count: int) -> list[str]:
        found = sorted(self.folder.glob("0*.txt"))
        assert len(found) == count
        return [path.read_text().strip() for path in found]

    def drawer_kicks(self) -> int:
        return len((self.folder / "drawer.txt").read_text().splitlines())

    def switch_off(self) -> None:
        for left in self.folder.iterdir():
            left.unlink()
        self.folder.rmdir()

    def clean(self) -> None:
        """Nothing runs."""


def _slips_in(text: str, count: int) -> list[str]:
    found = [slip.strip() + "\n[cut]" for slip in text.split("[cut]")[:-1]]
    assert len(found) == count
    return found


@pytest.fixture(params=[NetworkRig, SerialRig, FileRig, SimulatedRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = request.param(tmp_path)
    yield made
    made.clean()


@pytest.fixture
def printer(rig: Rig) -> Printer:
    return rig.open()


@pytest.fixture
def peer() -> Iterator[PrinterPeer]:
    with PrinterPeer() as listening:
        yield listening


def over_network(peer: PrinterPeer, **settings: str) -> Printer:
    address = {"host": "127.0.0.1", "port": str(peer.port), "timeout_ms": "300"}
    return open_escpos({"transport": "network"} | address | settings, Cv2Typesetter())


def test_a_slip_prints_whole(rig: Rig, printer: Printer) -> None:
    assert printer.print(SLIP) is PrintOutcome.DONE
    assert rig.slips(1) == [SLIP_TEXT]


def test_slips_print_in_order(rig: Rig, printer: Printer) -> None:
    printer.print(SLIP)
    printer.print(NEXT_SLIP)

    assert rig.slips(2) == [SLIP_TEXT, "Good bye\n[cut]"]


def test_the_drawer_opens_on_its_own(rig: Rig, printer: Printer) -> None:
    printer.open_drawer()

    assert rig.drawer_kicks() == 1


def test_a_printer_that_works_is_ready(printer: Printer) -> None:
    assert printer.status().trouble is None


def test_a_printer_that_is_switched_off_is_a_fault_before_anything_is_sent(
    rig: Rig, printer: Printer
) -> None:
    rig.switch_off()

    for attempt in (lambda: printer.print(SLIP), printer.open_drawer, printer.status):
        with pytest.raises(DeviceFault) as fault:
            attempt()
        assert fault.value.kind in {FaultKind.NOT_FOUND, FaultKind.GONE}


def test_closing_twice_is_no_mistake(printer: Printer) -> None:
    printer.close()
    printer.close()


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (Behaviour.PAPER_OUT, FaultKind.PAPER_OUT),
        (Behaviour.COVER_OPEN, FaultKind.COVER_OPEN),
        (Behaviour.SILENT, FaultKind.SILENT),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing(
    peer: PrinterPeer, behaviour: Behaviour, kind: FaultKind
) -> None:
    peer.behaviour = behaviour

    with pytest.raises(DeviceFault) as fault:
        over_network(peer).print(SLIP)

    assert fault.value.kind is kind
    assert peer.jobs == ()


@pytest.mark.parametrize(
    "behaviour", [Behaviour.CLOSES_MID_JOB, Behaviour.SILENT_AFTER_JOB, Behaviour.RUNS_OUT]
)
def test_a_slip_nobody_confirmed_may_or_may_not_be_on_paper(
    peer: PrinterPeer, behaviour: Behaviour
) -> None:
    peer.behaviour = behaviour

    assert over_network(peer).print(SLIP) is PrintOutcome.UNKNOWN


def test_a_printer_low_on_paper_still_prints_and_says_so(peer: PrinterPeer) -> None:
    peer.behaviour = Behaviour.PAPER_LOW
    printer = over_network(peer)

    assert printer.status() == PrinterStatus(Paper.LOW)
    assert printer.print(SLIP) is PrintOutcome.DONE


def test_an_open_cover_is_named(peer: PrinterPeer) -> None:
    peer.behaviour = Behaviour.COVER_OPEN

    assert over_network(peer).status() == PrinterStatus(
        Paper.PRESENT, cover_open=True, offline=True
    )


def test_the_drawer_opens_without_paper(peer: PrinterPeer) -> None:
    peer.behaviour = Behaviour.PAPER_OUT

    over_network(peer).open_drawer()

    assert read_paper(peer.wait_for_jobs(1)[0], 80).drawer_kicks == 1


def test_a_printer_that_never_answers_prints_when_the_shop_says_so(peer: PrinterPeer) -> None:
    peer.behaviour = Behaviour.SILENT
    printer = over_network(peer, status="no")

    assert printer.print(SLIP) is PrintOutcome.DONE
    assert printer.status() == PrinterStatus()
    assert read_paper(peer.wait_for_jobs(1)[0], 80).text == SLIP_TEXT


def test_a_printer_switched_on_again_prints_again(tmp_path: Path) -> None:
    rig = FileRig(tmp_path)
    printer = rig.open()
    rig.switch_off()
    with pytest.raises(DeviceFault):
        printer.print(SLIP)

    rig.file.parent.mkdir()

    assert printer.print(SLIP) is PrintOutcome.DONE


def test_a_long_slip_of_real_type_arrives_whole(peer: PrinterPeer) -> None:
    slip = PrintDocument("zh-CN", tuple(Text(f"第 {number} 行") for number in range(40)))

    assert over_network(peer).print(slip) is PrintOutcome.DONE
    assert read_paper(peer.wait_for_jobs(1)[0], 80).text.count("[picture 576×30]") == 40


def test_a_serial_printer_in_use_by_another_program_is_busy(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    with rig.printer.line.port.open("rb", buffering=0) as held:
        fcntl = pytest.importorskip("fcntl")
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(DeviceFault) as fault:
            rig.open().print(SLIP)

    assert fault.value.kind is FaultKind.BUSY
    rig.clean()


def test_a_silent_serial_printer_gets_nothing(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.printer.answers = False

    with pytest.raises(DeviceFault) as fault:
        rig.open(timeout_ms="100").print(SLIP)

    assert fault.value.kind is FaultKind.SILENT
    rig.clean()


def test_a_serial_printer_unplugged_mid_job_leaves_its_slip_unknown(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.printer.unplugged_after_bytes = 20
    slip = PrintDocument("en", (Text("milk " * 2000),))

    assert rig.open().print(slip) is PrintOutcome.UNKNOWN
    rig.clean()


def test_a_device_that_is_not_plugged_in_is_not_made_a_file() -> None:
    node = Path("/dev/no-such-printer")
    printer = open_escpos({"transport": "file", "path": str(node)}, Cv2Typesetter())

    with pytest.raises(DeviceFault) as fault:
        printer.print(SLIP)

    assert fault.value.kind is FaultKind.NOT_FOUND
    assert not node.exists()


def test_a_device_that_takes_no_more_leaves_its_slip_unknown() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    printer = open_escpos({"transport": "file", "path": str(full)}, Cv2Typesetter())

    assert printer.print(SLIP) is PrintOutcome.UNKNOWN


def test_a_port_where_nothing_listens_is_no_printer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {"transport": "network", "host": "127.0.0.1", "port": str(port)}

    with pytest.raises(DeviceFault) as fault:
        open_escpos(settings, Cv2Typesetter()).print(SLIP)

    assert fault.value.kind is FaultKind.NOT_FOUND
    assert fault.value.device == f"127.0.0.1:{port}"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"transport": "pigeon", "path": "x"},
        {"transport": "network"},
        {"transport": "network", "host": "x", "path": "y"},
        {"transport": "network", "host": "x", "port": "none"},
        {"transport": "file", "path": "x", "paper_mm": "100"},
        {"transport": "file", "path": "x", "profile": "TM-UNKNOWN"},
        {"transport": "file", "path": "x", "profile": "OCD-300"},
        {"transport": "file", "path": "x", "qr": "maybe"},
        {"transport": "serial", "device": "x", "flow": "river"},
    ],
)
def test_a_wrong_setting_of_a_printer_is_named(settings: Mapping[str, str]) -> None:
    with pytest.raises(DeviceFault) as fault:
        open_escpos(settings, Cv2Typesetter())

    assert fault.value.kind is FaultKind.WRONG_SETTING
    assert fault.value.detail


def test_the_settings_choose_paper_and_pictures(tmp_path: Path) -> None:
    rig = FileRig(tmp_path)

    rig.open(paper_mm="58", text="raster", qr="raster").print(SLIP)

    slip = read_paper(rig.file.read_bytes(), 58)
    assert slip.text == "[picture 384×30]\n[picture 384×30]\n[cut]"


def test_the_simulated_printer_keeps_the_document_beside_the_text(tmp_path: Path) -> None:
    rig = SimulatedRig(tmp_path)

    rig.open().print(SLIP)

    kept = json.loads((rig.folder / "0001.json").read_text())
    assert kept["blocks"][1] == {
        "left": "Points",
        "right": "12",
        "bold": False,
        "large": False,
        "type": "columns",
    }


def test_the_simulated_printer_can_run_out_of_paper(tmp_path: Path) -> None:
    rig = SimulatedRig(tmp_path)
    printer = rig.open()
    (rig.folder / "paper-out").touch()

    with pytest.raises(DeviceFault) as fault:
        printer.print(SLIP)

    assert fault.value.kind is FaultKind.PAPER_OUT
    assert printer.status().trouble is FaultKind.PAPER_OUT


@pytest.mark.parametrize("settings", [{}, {"folder": ".", "paper_mm": "9"}])
def test_a_wrong_setting_of_a_simulated_printer_is_named(settings: Mapping[str, str]) -> None:
    with pytest.raises(DeviceFault) as fault:
        open_simulated(settings, Cv2Typesetter())

    assert fault.value.kind is FaultKind.WRONG_SETTING
