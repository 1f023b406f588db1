"""What stands on the demo's counter: a scanner on a serial line, a camera, a printer."""

from __future__ import annotations

import os
import time
import tty
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from pos_loyalty.lab.demo.pictures import draw_pass, save
from pos_loyalty.lab.drawn_paper import Grey
from pos_loyalty.lab.paper import Slip, Words, read_paper
from pos_loyalty.lab.printer_peer import PrinterPeer

PAPER_MM = 80
END_OF_SCAN = b"\r"
PRINT_S = 30.0
LOOK_EVERY_S = 0.03


class SerialLine:
    """The far end of a serial scanner's line, made of a pseudo-terminal."""

    def __init__(self) -> None:
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.port = os.ttyname(self._near)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._near)
        os.close(self._far)

    def scan(self, code: str) -> None:
        """Send what a scanner sends that read `code`."""
        left = code.encode() + END_OF_SCAN
        while left:
            left = left[os.write(self._far, left) :]


class ShownPictures:
    """A folder that a camera looks at; each picture has a later name than the one before."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._count = 0

    def show_pass(self, pass_text: str) -> Path:
        """Show a pass as a phone does."""
        file = self._next()
        draw_pass(pass_text, file)
        return file

    def show(self, picture: Grey) -> Path:
        """Show any picture."""
        file = self._next()
        save(picture, file)
        return file

    def _next(self) -> Path:
        self._count += 1
        return self.folder / f"{self._count:04}.png"


class SwitchedPrinter:
    """A network printer with a switch. It remembers what it printed over every switching off."""

    def __init__(self) -> None:
        self._power = ExitStack()
        self._peer: PrinterPeer | None = None
        self._jobs: tuple[bytes, ...] = ()
        self._port = 0

    def __enter__(self) -> Self:
        self.switch_on()
        return self

    def __exit__(self, *_: object) -> None:
        self.switch_off()

    @property
    def port(self) -> int:
        """Where it is found on 127.0.0.1; the same after switching it off and on."""
        return self._port

    def switch_on(self) -> None:
        """Let it be found."""
        self._peer = self._power.enter_context(PrinterPeer(port=self._port))
        self._port = self._peer.port

    def switch_off(self) -> None:
        """Let nobody find it."""
        self._power.close()
        self._jobs, self._peer = self._all_jobs(), None

    def slips(self) -> tuple[Slip, ...]:
        """Tell what is on paper, oldest first; kicks of the drawer print nothing."""
        read = (read_paper(job, PAPER_MM) for job in self._all_jobs())
        return tuple(slip for slip in read if any(isinstance(p, Words) for p in slip.printed))

    def wait_for_slip(self, wanted: Callable[[Slip], bool], count: int) -> tuple[Slip, ...]:
        """Wait until so many slips of a kind are on paper. Raises TimeoutError."""
        deadline = time.monotonic() + PRINT_S
        while len(found := tuple(slip for slip in self.slips() if wanted(slip))) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(found)} slips were printed in {PRINT_S:.0f} s")
            time.sleep(LOOK_EVERY_S)
        return found

    def _all_jobs(self) -> tuple[bytes, ...]:
        return self._jobs + (() if self._peer is None else self._peer.jobs)
