"""Everything the scripted day needs: a server, two tills, their devices, and the shop itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_loyalty.lab.demo.counter import PAPER_MM, SerialLine, ShownPictures, SwitchedPrinter
from pos_loyalty.lab.demo.devices import Device, keep_devices
from pos_loyalty.lab.demo.pictures import save
from pos_loyalty.lab.demo.processes import HOST, ServerProcess
from pos_loyalty.lab.demo.robot_till import RobotTill
from pos_loyalty.lab.demo.shop import DemoShop, Tell, set_up
from pos_loyalty.lab.drawn_paper import Grey, draw
from pos_loyalty.lab.paper import Slip

TILL_A, TILL_B = "Cassa 1", "Cassa 2"  # As they stand on receipts.


class Album:
    """Where pictures of the day are kept; without a folder none is."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.files: list[Path] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def screen(self, till: RobotTill, name: str) -> None:
        """Keep what a till shows now."""
        if self._folder is not None:
            till.draw(self._next(name))

    def slip(self, slip: Slip, name: str) -> None:
        """Keep what was printed, drawn."""
        if self._folder is not None:
            save(draw(slip), self._next(name))

    def picture(self, picture: Grey, name: str) -> None:
        """Keep a picture."""
        if self._folder is not None:
            save(picture, self._next(name))

    def _next(self, name: str) -> Path:
        if self._folder is None:
            raise ValueError("this album has no folder")
        file = self._folder / f"{len(self.files) + 1:02}-{name}.png"
        self.files.append(file)
        return file


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs while the script does."""

    tell: Tell
    album: Album
    shop: DemoShop
    server: ServerProcess
    scanner: SerialLine
    camera_a: ShownPictures
    camera_b: ShownPictures
    printer: SwitchedPrinter
    a: RobotTill
    b: RobotTill

    @property
    def pids(self) -> tuple[int, ...]:
        """Every process there was."""
        return (*self.server.pids, *self.a.pids, *self.b.pids)


@contextmanager
def set_stage(place: Path, album: Album, tell: Tell) -> Iterator[Stage]:
    """Set up the shop in the empty folder `place`; the tills are not started yet.

    Afterwards nothing of it is left running, however the script ended.
    """
    folder_a, folder_b = place / "till-a", place / "till-b"
    with ExitStack() as stack:
        tell("The server starts, with a database of its own.")
        server = stack.enter_context(ServerProcess(place / "server", place / "server.log"))
        scanner = stack.enter_context(SerialLine())
        printer = stack.enter_context(SwitchedPrinter())
        camera_a, camera_b = ShownPictures(place / "camera-a"), ShownPictures(place / "camera-b")
        server.wait_until_ready()
        shop = set_up(place / "server", server.url, {TILL_A: folder_a, TILL_B: folder_b}, tell)
        write_devices(folder_a, scanner=scanner, camera=camera_a, printer=printer)
        write_devices(folder_b, camera=camera_b)
        a = stack.enter_context(RobotTill(TILL_A, folder_a, place / "till-a.log"))
        b = stack.enter_context(RobotTill(TILL_B, folder_b, place / "till-b.log"))
        yield Stage(tell, album, shop, server, scanner, camera_a, camera_b, printer, a, b)


def write_devices(
    till: Path,
    *,
    camera: ShownPictures,
    scanner: SerialLine | None = None,
    printer: SwitchedPrinter | None = None,
) -> None:
    """Tell a till of its devices, by real drivers."""
    cameras = [Device("opencv", {"source": str(camera.folder), "repeat": "wait"})]
    scanners = [] if scanner is None else [Device("serial", {"port": scanner.port})]
    network = {"transport": "network", "host": HOST, "paper_mm": str(PAPER_MM)}
    printers = [] if printer is None else [Device("escpos", network | {"port": str(printer.port)})]
    keep_devices(till, scanners=scanners, cameras=cameras, printers=printers)
