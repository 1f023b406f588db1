"""A receipt printer at the end of a serial line."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.fakes.pty_line import PtyLine


class SerialPrinter:
    """Answers status questions and keeps the rest, while the line is plugged in."""

    def __init__(self, folder: Path) -> None:
        self.line = PtyLine(folder)
        self.answers = True
        self.unplugged_after_bytes = 1_000_000
        self.received = bytearray()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="serial-printer", daemon=True)

    def start(self) -> None:
        self.line.plug_in()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=10)
        if self.line.plugged:
            self.line.unplug()

    def _serve(self) -> None:
        while not self._stop.is_set():
            for byte in self.line.receive(0.02):
                self.received.append(byte)
                if self.answers and self.received[-3:-1] == b"\x10\x04":
                    self.line.send(b"\x12")
            if len(self.received) > self.unplugged_after_bytes:
                self.line.unplug()
                return
