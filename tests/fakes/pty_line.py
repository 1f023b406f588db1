"""A serial line made of a pseudo-terminal, with a plug that can be pulled."""

from __future__ import annotations

import os
import select
import tty
from pathlib import Path


class PtyLine:
    """The far end of a serial line; `port` is where the till finds it, under one lasting name."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "ttyACM0"
        self._far = -1
        self._near = -1

    def plug_in(self) -> None:
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.port.symlink_to(os.ttyname(self._near))

    def unplug(self) -> None:
        """Pull the plug: the line hangs up and the port's name is gone."""
        self.port.unlink()
        os.close(self._near)
        os.close(self._far)
        self._far = -1

    @property
    def plugged(self) -> bool:
        return self._far >= 0

    def send(self, raw: bytes) -> None:
        while raw:
            raw = raw[os.write(self._far, raw) :]

    def receive(self, timeout_s: float) -> bytes:
        """What the till sent; empty when nothing came in time or the line is closed."""
        ready, _, _ = select.select([self._far], [], [], timeout_s)
        return os.read(self._far, 4096) if ready else b""
