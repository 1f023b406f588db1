from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drivers.simulated.printer import open_printer as open_simulated
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Printer, PrintOutcome
from pos_loyalty.ports.documents import Columns, Cut, PrintDocument, Text
from tests.fakes.printer_rigs import FileRig, NetworkRig, Rig, SerialRig, SimulatedRig
from tests.fakes.typesetter import Cv2Typesetter

SLIP = PrintDocument("en", (Text("Thank you"), Columns("Points", "12"), Cut()))
NEXT_SLIP = PrintDocument("en", (Text("Good bye"), Cut()))
SLIP_TEXT = "Thank you\nPoints" + " " * 40 + "12\n[cut]"


@pytest.fixture(params=[NetworkRig, SerialRig, FileRig, SimulatedRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = request.param(tmp_path)
    yield made
    made.clean()


@pytest.fixture
def printer(rig: Rig) -> Printer:
    return rig.open()


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
