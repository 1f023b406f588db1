from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drivers.escpos_printer import open_printer as open_escpos
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
from tests.fakes.printer_rigs import FileRig, SerialRig
from tests.fakes.typesetter import Cv2Typesetter

SLIP = PrintDocument("en", (Text("Thank you"), Columns("Points", "12"), Cut()))
SLIP_TEXT = "Thank you\nPoints" + " " * 40 + "12\n[cut]"


@pytest.fixture
def peer() -> Iterator[PrinterPeer]:
    with PrinterPeer() as listening:
        yield listening


def over_network(peer: PrinterPeer, **settings: str) -> Printer:
    address = {"host": "127.0.0.1", "port": str(peer.port), "timeout_ms": "300"}
    return open_escpos({"transport": "network"} | address | settings, Cv2Typesetter())


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
    fcntl = pytest.importorskip("fcntl")
    held = os.open(rig.printer.line.port, os.O_RDONLY | os.O_NOCTTY)
    fcntl.flock(held, fcntl.LOCK_EX)

    with pytest.raises(DeviceFault) as fault:
        rig.open().print(SLIP)

    os.close(held)
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
