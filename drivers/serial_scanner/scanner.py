"""A barcode scanner on a serial port, real or by USB."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress

from serial import Serial, SerialException
from serial.tools import list_ports

from drivers.serial_scanner.framing import SCAN_BYTES_MAX, Framing
from drivers.serial_scanner.settings import ScannerSettings
from pos_loyalty.domain.scans import Scan, read_aim
from pos_loyalty.ports.devices import DeviceFault, FaultKind, fault_kind

try:
    from termios import error as TermiosError  # noqa: N812 - an exception, named like one
except ImportError:  # Windows has no termios.
    TermiosError = OSError  # type: ignore[misc,assignment]

# What pyserial lets through when the plug is pulled; termios.error is no OSError.
_LINE_ERRORS = (SerialException, OSError, TermiosError, TypeError)
_POLL_S = 0.1
_WAITING_MAX = 16  # Scans nobody took; the oldest gives way.


class SerialScanner:
    """One open port. `is_open` of pyserial is never asked: it stays true after unplugging."""

    def __init__(self, line: Serial, settings: ScannerSettings) -> None:
        self._line = line
        self._name = settings.name
        self._silence_s = settings.silence_ms / 1000
        self._framing = Framing()
        self._heard_at = 0.0
        self._waiting: deque[bytes] = deque(maxlen=_WAITING_MAX)

    def read(self, timeout_s: float) -> Scan | None:
        """Wait for the next scan."""
        deadline = time.monotonic() + timeout_s
        while not self._waiting:
            left_s = deadline - time.monotonic()
            self._listen(max(0.0, min(left_s, _POLL_S)))
            if left_s <= 0:
                break
        return read_aim(_text(self._waiting.popleft())) if self._waiting else None

    def close(self) -> None:
        """Give the port back."""
        with suppress(*_LINE_ERRORS):  # An unplugged port complains; it is given back all the same.
            self._line.close()

    def _listen(self, patience_s: float) -> None:
        """Take what comes within `patience_s`, or know that silence has lasted long enough."""
        quiet_s = self._heard_at + self._silence_s - time.monotonic()
        try:
            self._line.timeout = min(patience_s, max(0.0, quiet_s)) if self._held else patience_s
            received = self._line.read(1)
            if received:
                received += self._line.read(min(self._line.in_waiting, SCAN_BYTES_MAX))
        except _LINE_ERRORS as error:
            raise DeviceFault(FaultKind.GONE, self._name, str(error)) from error
        if received:
            self._heard_at = time.monotonic()
            self._framing, complete = self._framing.feed(received)
        elif self._held and time.monotonic() - self._heard_at >= self._silence_s:
            self._framing, complete = self._framing.silence()
        else:
            complete = ()
        self._waiting.extend(complete)

    @property
    def _held(self) -> bool:
        return bool(self._framing.held)


def open_port(settings: ScannerSettings) -> SerialScanner:
    """Open the port for us alone. Raises DeviceFault."""
    port = settings.port or _usb_port(settings)
    try:
        line = Serial(port, settings.baud, timeout=_POLL_S, exclusive=True)
    except _LINE_ERRORS as error:
        raise _refused(settings.name, error) from error
    except ValueError as error:  # A baud rate the system does not know.
        raise DeviceFault(FaultKind.WRONG_SETTING, settings.name, str(error)) from error
    return SerialScanner(line, settings)


def _usb_port(settings: ScannerSettings) -> str:
    for found in list_ports.comports():
        same_model = (found.vid, found.pid) == settings.usb
        if same_model and settings.usb_serial in {"", found.serial_number}:
            return found.device
    raise DeviceFault(FaultKind.NOT_FOUND, settings.name)


def _refused(name: str, error: Exception) -> DeviceFault:
    words = str(error)
    kind = FaultKind.NOT_FOUND
    if isinstance(error, OSError):
        kind = fault_kind(error, FaultKind.NOT_FOUND)
    if "PermissionError(13" in words:  # Windows, without errno: another program holds the port.
        kind = FaultKind.BUSY
    return DeviceFault(kind, name, words)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:  # The commonest of the others; every byte means something in it.
        return raw.decode("latin-1")
