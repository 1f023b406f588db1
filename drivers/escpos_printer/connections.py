"""The ways bytes get to a printer and back: network, serial line, file."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from serial import Serial, SerialException

from drivers.escpos_printer.settings import Flow, PrinterSettings, Transport
from pos_loyalty.ports.devices import DeviceFault, FaultKind, fault_kind

try:
    from termios import error as TermiosError  # noqa: N812 - an exception, named like one
except ImportError:  # Windows has no termios.
    TermiosError = OSError  # type: ignore[misc,assignment]

_SERIAL_ERRORS = (SerialException, OSError, TermiosError, TypeError)
_ANSWER_BYTES_MAX = 64
_PORTION_BYTES = 1024  # Each has its own time limit: a slow printer is not a dead one.


class Connection(Protocol):
    """An open line to a printer. Everything raises DeviceFault."""

    def send(self, message: bytes) -> None:
        """Send all of it."""

    def receive(self, timeout_s: float) -> bytes:
        """Wait for an answer. Empty when there is none in time."""

    def close(self) -> None:
        """Give the line back; what was sent still arrives."""


def connect(settings: PrinterSettings) -> Connection:
    """Open the line. Raises DeviceFault."""
    match settings.transport:
        case Transport.NETWORK:
            return NetworkConnection(settings)
        case Transport.SERIAL:
            return SerialConnection(settings)
        case Transport.FILE:
            return FileConnection(settings)


class NetworkConnection:
    """A printer on the network, by raw TCP."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._settings = settings
        address = (settings.address, settings.tcp_port)
        try:
            self._socket = socket.create_connection(address, settings.timeout_s)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise _fault(settings, error, FaultKind.NOT_FOUND) from error

    def send(self, message: bytes) -> None:
        """Send all of it."""
        try:
            self._socket.settimeout(self._settings.timeout_s)
            for portion in _portions(message):
                self._socket.sendall(portion)
        except OSError as error:
            raise _fault(self._settings, error, FaultKind.SILENT) from error

    def receive(self, timeout_s: float) -> bytes:
        """Wait for an answer."""
        try:
            self._socket.settimeout(timeout_s)
            answer = self._socket.recv(_ANSWER_BYTES_MAX)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise _fault(self._settings, error, FaultKind.GONE) from error
        if not answer:
            raise DeviceFault(FaultKind.GONE, self._settings.name, "closed by the printer")
        return answer

    def close(self) -> None:
        """Give the line back."""
        with suppress(OSError):  # It may be closed from the far side already.
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()


class SerialConnection:
    """A printer on a serial port, real or by USB."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._settings = settings
        try:
            self._line = Serial(
                settings.address,
                settings.baud,
                write_timeout=settings.timeout_s,
                exclusive=True,
                rtscts=settings.flow is Flow.RTS_CTS,
                xonxoff=settings.flow is Flow.XON_XOFF,
            )
        except _SERIAL_ERRORS as error:
            raise _fault(settings, error, FaultKind.NOT_FOUND) from error
        except ValueError as error:  # A baud rate the system does not know.
            raise DeviceFault(FaultKind.WRONG_SETTING, settings.name, str(error)) from error

    def send(self, message: bytes) -> None:
        """Send all of it."""
        try:
            for portion in _portions(message):
                self._line.write(portion)
        except _SERIAL_ERRORS as error:
            raise _fault(self._settings, error, FaultKind.SILENT) from error

    def receive(self, timeout_s: float) -> bytes:
        """Wait for an answer."""
        try:
            self._line.timeout = timeout_s
            return self._line.read(1)
        except _SERIAL_ERRORS as error:
            raise _fault(self._settings, error, FaultKind.GONE) from error

    def close(self) -> None:
        """Give the line back."""
        with suppress(*_SERIAL_ERRORS):  # An unplugged port complains, and is given back.
            self._line.close()


class FileConnection:
    """A device node such as /dev/usb/lp0, or a plain file that collects slips."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._settings = settings
        # NOCTTY: a terminal line must not become ours, or unplugging it would end the till.
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        if not settings.address.startswith("/dev/"):  # A printer that is off is not made there.
            flags |= os.O_CREAT
        try:
            self._file = os.open(settings.address, flags, 0o600)
        except OSError as error:
            raise _fault(settings, error, FaultKind.NOT_FOUND) from error

    def send(self, message: bytes) -> None:
        """Send all of it."""
        try:
            for portion in _portions(message):
                left = portion
                while left:
                    left = left[os.write(self._file, left) :]
        except OSError as error:
            raise _fault(self._settings, error, FaultKind.GONE) from error

    def receive(self, timeout_s: float) -> bytes:  # noqa: ARG002 - a file never answers
        """Know that a file never answers."""
        return b""

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)


def _portions(message: bytes) -> Iterable[bytes]:
    return (
        message[start : start + _PORTION_BYTES] for start in range(0, len(message), _PORTION_BYTES)
    )


def _fault(settings: PrinterSettings, error: Exception, otherwise: FaultKind) -> DeviceFault:
    kind = fault_kind(error, otherwise) if isinstance(error, OSError) else otherwise
    return DeviceFault(kind, settings.name, str(error))
