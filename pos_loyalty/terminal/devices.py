"""The devices of this till, from its settings to running threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from logging import getLogger
from typing import Protocol

from pos_loyalty.devices.health import DeviceHealth, DeviceState
from pos_loyalty.devices.printing import JobReport, PrintQueue
from pos_loyalty.devices.registry import Drivers, installed_drivers
from pos_loyalty.devices.scanning import CameraScanner, open_decoders, scanner_thread
from pos_loyalty.domain.credentials import PASS_PREFIX
from pos_loyalty.domain.gtin import has_check_digit
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.devices import DeviceFault, Frame, Scanner
from pos_loyalty.ports.documents import Typesetter
from pos_loyalty.terminal.settings import DeviceSetting, Settings
from pos_loyalty.ui.presenters.status import DeviceCondition, DeviceRole

log = getLogger(__name__)

DECODERS = ("zxing", "zbar")  # The quicker first; zbar finds some that it misses.


class Running(Protocol):
    """A device thread."""

    def start(self) -> None:
        """Begin."""

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears what devices say; each is called on the device's thread."""

    scanned: Callable[[Scan], None]
    frame: Callable[[Frame], None]
    health: Callable[[DeviceCondition], None]
    job: Callable[[JobReport], None]


@dataclass(slots=True)
class Devices:
    """The running devices of a till."""

    threads: list[Running] = field(default_factory=list)
    printer: PrintQueue | None = None

    def start(self) -> None:
        """Open them all."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Give them all back."""
        for thread in self.threads:
            thread.stop()


def devices_of(settings: Settings, typesetter: Typesetter, ears: Ears) -> Devices:
    """Make the device threads that the settings ask for; none is started yet."""
    drivers = installed_drivers()
    devices = Devices()
    for setting in settings.scanners:
        devices.threads.append(_scanner(drivers, setting, ears))
    for setting in settings.cameras:
        devices.threads.append(_camera(drivers, setting, ears))
    if settings.printer is not None:
        devices.printer = _printer(drivers, settings.printer, typesetter, ears)
        devices.threads.append(devices.printer)
    return devices


def _scanner(drivers: Drivers, setting: DeviceSetting, ears: Ears) -> Running:
    return scanner_thread(
        setting.name or setting.driver,
        lambda: drivers.open_scanner(setting.driver, setting.settings),
        on_scan=ears.scanned,
        on_health=partial(_told, ears, DeviceRole.SCANNER),
    )


def _camera(drivers: Drivers, setting: DeviceSetting, ears: Ears) -> Running:
    def open_camera() -> Scanner:
        camera = drivers.open_camera(setting.driver, setting.settings)
        openers = [partial(drivers.open_decoder, name) for name in DECODERS]
        decoders = open_decoders(openers, _missing)
        return CameraScanner(camera, decoders, sure=proves_itself, on_frame=ears.frame)

    return scanner_thread(
        setting.name or setting.driver,
        open_camera,
        on_scan=ears.scanned,
        on_health=partial(_told, ears, DeviceRole.CAMERA),
    )


def _printer(
    drivers: Drivers, setting: DeviceSetting, typesetter: Typesetter, ears: Ears
) -> PrintQueue:
    return PrintQueue(
        setting.name or setting.driver,
        lambda: drivers.open_printer(setting.driver, setting.settings, typesetter),
        on_job=ears.job,
        on_health=partial(_told, ears, DeviceRole.PRINTER),
    )


def proves_itself(scan: Scan) -> bool:
    """Whether a code read once may be believed: it is signed, or its check digit holds."""
    return scan.text.startswith(PASS_PREFIX) or has_check_digit(scan.text)


def _missing(fault: DeviceFault) -> None:
    log.warning("a decoder is missing", extra={"decoder": fault.device, "detail": fault.detail})


def _told(ears: Ears, role: DeviceRole, health: DeviceHealth) -> None:
    fault = health.fault
    if fault is not None:
        facts = {"device": health.name, "fault": fault.kind.value, "address": fault.device}
        log.info("a device has a fault", extra=facts)
    ears.health(
        DeviceCondition(
            role=role,
            name=health.name,
            ready=health.state is DeviceState.READY,
            fault=None if fault is None else fault.kind,
            address="" if fault is None else fault.device,
        )
    )
