"""What a printer answers when it is asked how it is.

Source: Epson ESC/POS command reference, DLE EOT n.
"""

from __future__ import annotations

import time

from drivers.escpos_printer.connections import Connection
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Paper, PrinterStatus

_FIXED_BITS, _FIXED = 0b1001_0011, 0b0001_0010  # What tells an answer from other chatter.
_OFFLINE = 0b0000_1000
_COVER_OPEN = 0b0000_0100
_PAPER_LOW = 0b0000_1100
_PAPER_OUT = 0b0110_0000
_CHATTER_BYTES_MAX = 256


def ask(connection: Connection, name: str, timeout_s: float) -> PrinterStatus:
    """Ask for everything we want to know. Raises DeviceFault, SILENT when no answer comes."""
    printer = _answer(connection, 1, name, timeout_s)
    paper = _answer(connection, 4, name, timeout_s)
    offline = bool(printer & _OFFLINE)
    cover_open = offline and bool(_answer(connection, 2, name, timeout_s) & _COVER_OPEN)
    return PrinterStatus(_paper(paper), cover_open=cover_open, offline=offline)


def _answer(connection: Connection, question: int, name: str, timeout_s: float) -> int:
    connection.send(b"\x10\x04" + bytes([question]))
    deadline = time.monotonic() + timeout_s
    heard = 0
    while (left_s := deadline - time.monotonic()) > 0 and heard < _CHATTER_BYTES_MAX:
        answer = connection.receive(left_s)
        for byte in answer:
            if byte & _FIXED_BITS == _FIXED:
                return byte
        heard += len(answer)
    raise DeviceFault(FaultKind.SILENT, name)


def _paper(answer: int) -> Paper:
    if answer & _PAPER_OUT:
        return Paper.OUT
    return Paper.LOW if answer & _PAPER_LOW else Paper.PRESENT
