from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from drivers.serial_scanner import open_scanner as open_serial
from drivers.simulated.scanner import open_scanner as open_simulated
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Scanner
from tests.fakes.pty_line import PtyLine


class Rig(Protocol):
    """A scanner's far side: what the cashier's hand does to it."""

    def open(self) -> Scanner: ...
    def scan(self, text: str) -> None: ...
    def unplug(self) -> None: ...
    def plug_in(self) -> None: ...


class SerialRig:
    def __init__(self, folder: Path) -> None:
        self.line = PtyLine(folder)
        self.settings: Mapping[str, str] = {"port": str(self.line.port)}

    def open(self) -> Scanner:
        return open_serial(self.settings)

    def scan(self, text: str) -> None:
        # A kernel line buffer is 4 KB: a long scan flows while it is read, as on a real line.
        threading.Thread(target=self.line.send, args=(text.encode() + b"\r",), daemon=True).start()

    def unplug(self) -> None:
        self.line.unplug()

    def plug_in(self) -> None:
        self.line.plug_in()


class FolderRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "scans"
        self.number = 0

    def open(self) -> Scanner:
        return open_simulated({"folder": str(self.folder)})

    def scan(self, text: str) -> None:
        self.number += 1
        draft = self.folder / f"{self.number}.draft"
        draft.write_bytes(text.encode() + b"\n")
        draft.rename(draft.with_suffix(".txt"))

    def unplug(self) -> None:
        for left in self.folder.iterdir():
            left.unlink()
        self.folder.rmdir()

    def plug_in(self) -> None:
        self.folder.mkdir()


@pytest.fixture(params=[SerialRig, FolderRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    made.plug_in()
    return made


@pytest.fixture
def scanner(rig: Rig) -> Iterator[Scanner]:
    opened = rig.open()
    yield opened
    opened.close()


def test_a_scan_arrives_as_it_was_read(rig: Rig, scanner: Scanner) -> None:
    rig.scan("4006381333931")

    assert scanner.read(5) == Scan("4006381333931")


def test_scans_arrive_in_the_order_of_scanning(rig: Rig, scanner: Scanner) -> None:
    for number in range(1, 12):
        rig.scan(f"CARD-{number}")
        assert scanner.read(5) == Scan(f"CARD-{number}")


def test_an_aim_identifier_becomes_the_symbology(rig: Rig, scanner: Scanner) -> None:
    rig.scan("]C1801812345678901234567\x1d99X")

    assert scanner.read(5) == Scan("801812345678901234567\x1d99X", Symbology.CODE128, gs1=True)


def test_text_in_any_script_arrives(rig: Rig, scanner: Scanner) -> None:
    rig.scan("Карта 5 €")

    assert scanner.read(5) == Scan("Карта 5 €")


def test_control_characters_are_left_for_the_resolver(rig: Rig, scanner: Scanner) -> None:
    rig.scan("CA\x1bRD\x07")

    assert scanner.read(5) == Scan("CA\x1bRD\x07")


def test_an_endless_scan_is_cut_so_that_it_is_refused(rig: Rig, scanner: Scanner) -> None:
    rig.scan("9" * 10_000)

    assert scanner.read(10) == Scan("9" * 4096)


def test_nothing_scanned_is_nothing_read(scanner: Scanner) -> None:
    assert scanner.read(0.02) is None
    assert scanner.read(0) is None


def test_an_unplugged_scanner_says_so(rig: Rig, scanner: Scanner) -> None:
    rig.unplug()

    with pytest.raises(DeviceFault) as fault:
        scanner.read(5)
    assert fault.value.kind is FaultKind.GONE


def test_a_scanner_that_is_not_there_cannot_be_opened(rig: Rig) -> None:
    rig.unplug()

    with pytest.raises(DeviceFault) as fault:
        rig.open()
    assert fault.value.kind is FaultKind.NOT_FOUND


def test_a_scanner_plugged_in_again_works_again(rig: Rig, scanner: Scanner) -> None:
    rig.unplug()
    with pytest.raises(DeviceFault):
        scanner.read(5)
    scanner.close()
    rig.plug_in()

    again = rig.open()
    rig.scan("CARD")

    assert again.read(5) == Scan("CARD")
    again.close()


def test_closing_twice_is_no_mistake(rig: Rig, scanner: Scanner) -> None:
    rig.unplug()

    scanner.close()
    scanner.close()


def test_half_a_scan_before_unplugging_is_never_taken_for_a_card(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.plug_in()
    scanner = rig.open()
    rig.line.send(b"40063813")
    rig.unplug()
    with pytest.raises(DeviceFault):
        scanner.read(5)
    scanner.close()
    rig.plug_in()

    again = rig.open()
    rig.scan("4006381333931")

    assert again.read(5) == Scan("4006381333931")
    again.close()


def test_a_serial_scanner_without_terminator_is_read_after_a_pause(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.plug_in()
    scanner = rig.open()
    rig.line.send(b"CARD-1")

    assert scanner.read(5) == Scan("CARD-1")
    scanner.close()


def test_a_serial_scanner_that_another_program_holds_is_busy(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.plug_in()
    holder = rig.open()

    with pytest.raises(DeviceFault) as fault:
        rig.open()

    assert fault.value.kind is FaultKind.BUSY
    holder.close()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"port": "x", "bauds": "9600"},
        {"port": "x", "baud": "fast"},
        {"usb": "scanner"},
        {"port": "x", "silence_ms": "-1"},
    ],
)
def test_a_wrong_setting_of_a_serial_scanner_is_named(settings: dict[str, str]) -> None:
    with pytest.raises(DeviceFault) as fault:
        open_serial(settings)

    assert fault.value.kind is FaultKind.WRONG_SETTING
    assert fault.value.detail


def test_a_usb_scanner_that_is_not_plugged_in_is_not_found() -> None:
    with pytest.raises(DeviceFault) as fault:
        open_serial({"usb": "0c2e:0b61", "usb_serial": "no-such-serial"})

    assert fault.value.kind is FaultKind.NOT_FOUND
    assert fault.value.device == "USB 0c2e:0b61 no-such-serial"


@pytest.mark.parametrize("settings", [{}, {"folder": "x", "port": "1"}])
def test_a_wrong_setting_of_a_simulated_scanner_is_named(settings: dict[str, str]) -> None:
    with pytest.raises(DeviceFault) as fault:
        open_simulated(settings)

    assert fault.value.kind is FaultKind.WRONG_SETTING
