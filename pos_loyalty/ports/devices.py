"""The devices of a counter, and what a driver may do: block and raise.

A driver starts no thread, retries nothing, knows no settings file and no screen. The supervisor in
`pos_loyalty.devices` opens it by its entry point, gives it a thread, and reopens it after a fault.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.documents import PrintDocument, Typesetter

SCANNERS = "pos_loyalty.scanners"  # Entry point groups; each entry is one of the factories below.
CAMERAS = "pos_loyalty.cameras"
DECODERS = "pos_loyalty.decoders"
PRINTERS = "pos_loyalty.printers"


class FaultKind(Enum):
    """Why a device does not work, as far as it can be told."""

    NOT_FOUND = "not-found"
    BUSY = "busy"  # Another program holds it.
    NOT_ALLOWED = "not-allowed"  # The operating system refuses this user.
    GONE = "gone"  # It was there, and was unplugged or switched off.
    SILENT = "silent"  # The line is open, but it does not answer.
    OFFLINE = "offline"  # A printer says so, and not why.
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    MISSING_LIBRARY = "missing-library"
    WRONG_SETTING = "wrong-setting"
    BROKEN_DRIVER = "broken-driver"  # A mistake in our own code; the log has it.


class DeviceFault(Exception):  # noqa: N818 - "fault" is the word of the trade
    """A device is not there or stopped working.

    `device` is the address a person knows it by (a port, a host, a folder); `detail` is the
    system's own words.
    """

    def __init__(self, kind: FaultKind, device: str, detail: str = "") -> None:
        super().__init__(f"{device}: {kind.value} {detail}".rstrip())
        self.kind = kind
        self.device = device
        self.detail = detail


def fault_kind(error: OSError, otherwise: FaultKind) -> FaultKind:
    """Tell what the system's refusal means for a device; `otherwise` when it says nothing."""
    return _KIND_BY_ERRNO.get(error.errno or 0, otherwise)


_KIND_BY_ERRNO = {
    errno.ENOENT: FaultKind.NOT_FOUND,
    errno.ENODEV: FaultKind.NOT_FOUND,
    errno.ENXIO: FaultKind.NOT_FOUND,
    errno.EHOSTUNREACH: FaultKind.NOT_FOUND,
    errno.ENETUNREACH: FaultKind.NOT_FOUND,
    errno.ECONNREFUSED: FaultKind.NOT_FOUND,
    errno.EACCES: FaultKind.NOT_ALLOWED,
    errno.EPERM: FaultKind.NOT_ALLOWED,
    errno.EAGAIN: FaultKind.BUSY,
    errno.EBUSY: FaultKind.BUSY,
    errno.EIO: FaultKind.GONE,
    errno.EPIPE: FaultKind.GONE,
    errno.ECONNRESET: FaultKind.GONE,
}


class Scanner(Protocol):
    """A barcode scanner. Used from one thread, which it may block."""

    def read(self, timeout_s: float) -> Scan | None:
        """Wait for the next scan. None when `timeout_s` passes without one.

        Raises DeviceFault when the scanner is gone.
        """

    def close(self) -> None:
        """Give the device back. May be called twice."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One grey picture: `height_px` rows of `width_px` bytes, 0 is black."""

    width_px: int
    height_px: int
    grey: bytes


class Camera(Protocol):
    """A source of pictures. Used from one thread, which it may block."""

    def read(self, timeout_s: float) -> Frame | None:
        """Wait for the next picture. None when there is none in time.

        Raises DeviceFault when the camera is gone.
        """

    def close(self) -> None:
        """Give the device back. May be called twice."""


class Decoder(Protocol):
    """Finds codes in pictures. Used from one thread."""

    def steps(self) -> int:
        """How many efforts it knows, from cheap to dear."""

    def decode(self, frame: Frame, step: int) -> tuple[Scan, ...]:
        """Look for codes with effort `step` (0 is the cheapest).

        The same frame may be tried with several efforts.
        """


class Paper(Enum):
    """What a printer says of its paper."""

    PRESENT = "present"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"  # It cannot tell, or does not answer.


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer says of itself before and after a job."""

    paper: Paper = Paper.UNKNOWN
    cover_open: bool = False
    offline: bool = False

    @property
    def trouble(self) -> FaultKind | None:
        """Why no slip may be sent now; None when one may."""
        if self.cover_open:
            return FaultKind.COVER_OPEN
        if self.paper is Paper.OUT:
            return FaultKind.PAPER_OUT
        return FaultKind.OFFLINE if self.offline else None


class PrintOutcome(Enum):
    """How a job ended, as far as anyone can know."""

    DONE = "done"
    UNKNOWN = "unknown"  # Sent, but the printer fell silent: reprinted only on a person's word.


class Printer(Protocol):
    """A receipt printer. Used from one thread, which it may block."""

    def status(self) -> PrinterStatus:
        """Ask the printer. Raises DeviceFault when it is not there."""

    def print(self, document: PrintDocument) -> PrintOutcome:
        """Print one slip. Raises DeviceFault when *nothing* of it was sent."""

    def open_drawer(self) -> None:
        """Kick the cash drawer. Raises DeviceFault."""

    def close(self) -> None:
        """Give the device back. May be called twice."""


class OpenScanner(Protocol):
    """The entry point of a scanner driver."""

    def __call__(self, settings: Mapping[str, str]) -> Scanner:
        """Open the scanner. Raises DeviceFault."""


class OpenCamera(Protocol):
    """The entry point of a camera driver."""

    def __call__(self, settings: Mapping[str, str]) -> Camera:
        """Open the camera. Raises DeviceFault."""


class OpenDecoder(Protocol):
    """The entry point of a decoder driver."""

    def __call__(self) -> Decoder:
        """Load the decoder. Raises DeviceFault where its library is not installed."""


class OpenPrinter(Protocol):
    """The entry point of a printer driver."""

    def __call__(self, settings: Mapping[str, str], typesetter: Typesetter) -> Printer:
        """Make ready to print; the line is opened per job. Raises DeviceFault(WRONG_SETTING)."""
