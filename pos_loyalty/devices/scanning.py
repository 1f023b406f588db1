"""Scanners and cameras that hand over what they read."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence

from pos_loyalty.devices.agreement import Agreement
from pos_loyalty.devices.cascade import Cascade
from pos_loyalty.devices.health import DeviceHealth
from pos_loyalty.devices.repeats import Repeats
from pos_loyalty.devices.supervisor import DeviceThread
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.devices import Camera, Decoder, DeviceFault, FaultKind, Frame, Scanner

_READ_S = 0.2
_WAITING_MAX = 8


def scanner_thread(
    name: str,
    open_scanner: Callable[[], Scanner],
    *,
    on_scan: Callable[[Scan], None],
    on_health: Callable[[DeviceHealth], None],
) -> DeviceThread[Scanner]:
    """Make the thread of a scanner, or of a camera that is used as one; it is not started."""

    def work(scanner: Scanner) -> None:
        scan = scanner.read(_READ_S)
        if scan is not None:
            on_scan(scan)

    return DeviceThread(name, open_scanner, work, on_health=on_health)


class CameraScanner:
    """A camera with its decoders: a scanner like the others.

    `on_frame` gets every picture, for the camera pane; `sure` says of a code whether it proves
    itself (see Agreement).
    """

    def __init__(
        self,
        camera: Camera,
        decoders: Sequence[Decoder],
        *,
        sure: Callable[[Scan], bool],
        on_frame: Callable[[Frame], None],
    ) -> None:
        self._camera = camera
        self._cascade = Cascade(decoders)
        self._agreement = Agreement(sure)
        self._repeats = Repeats()
        self._on_frame = on_frame
        self._waiting: deque[Scan] = deque(maxlen=_WAITING_MAX)

    def read(self, timeout_s: float) -> Scan | None:
        """Wait for the next scan; a code held in view is one."""
        deadline = time.monotonic() + timeout_s
        while not self._waiting:
            left_s = deadline - time.monotonic()
            frame = self._camera.read(max(0.0, left_s))
            if frame is not None:
                self._look(frame)
            if left_s <= 0:
                break
        return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        """Give the camera back."""
        self._camera.close()

    def _look(self, frame: Frame) -> None:
        self._on_frame(frame)
        for scan in self._agreement.see(self._cascade.look(frame)):
            if self._repeats.is_new(scan.text, time.monotonic()):
                self._waiting.append(scan)


def open_decoders(
    openers: Sequence[Callable[[], Decoder]], on_missing: Callable[[DeviceFault], None]
) -> tuple[Decoder, ...]:
    """Open those decoders that are installed; the others are told and done without.

    Raises DeviceFault when there is none at all.
    """
    found: list[Decoder] = []
    missing = DeviceFault(FaultKind.WRONG_SETTING, "decoders", "none is chosen")
    for opener in openers:
        try:
            found.append(opener())
        except DeviceFault as fault:
            missing = fault
            on_missing(fault)
    if not found:
        raise missing
    return tuple(found)
