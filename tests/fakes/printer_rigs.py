"""Printers as the shop sees them, each with its paper and its plug."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from drivers.escpos_printer import open_printer as open_escpos
from drivers.simulated.printer import open_printer as open_simulated
from pos_loyalty.lab.paper import read_paper
from pos_loyalty.lab.printer_peer import PrinterPeer
from pos_loyalty.ports.devices import Printer
from tests.fakes.serial_printer import SerialPrinter
from tests.fakes.typesetter import Cv2Typesetter


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
        return slips_in(self._paper(), count)

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
        return slips_in(read_paper(self.file.read_bytes(), 80).text, count)

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


def slips_in(text: str, count: int) -> list[str]:
    found = [slip.strip() + "\n[cut]" for slip in text.split("[cut]")[:-1]]
    assert len(found) == count
    return found
