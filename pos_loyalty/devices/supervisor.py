"""A device on a thread of its own, opened again whenever it fails."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar

from pos_loyalty.devices.backoff import retry_after_s
from pos_loyalty.devices.health import DeviceHealth, DeviceState, HealthRecord
from pos_loyalty.ports.devices import DeviceFault, FaultKind

_log = logging.getLogger(__name__)


class Closeable(Protocol):
    """What every device can do."""

    def close(self) -> None:
        """Give the device back."""


D = TypeVar("D", bound=Closeable)


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


class DeviceThread(Generic[D]):
    """One device and its thread.

    `open_device` opens it, `check` tells what is wrong with it all the same, and `work` does one
    step with it, of half a second at most; all block and raise DeviceFault as they like.
    `on_health` and whatever `work` calls run on this thread: they hand a value over and return.
    """

    def __init__(
        self,
        name: str,
        open_device: Callable[[], D],
        work: Callable[[D], None],
        *,
        on_health: Callable[[DeviceHealth], None],
        check: Callable[[D], DeviceFault | None] = lambda _: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._open = open_device
        self._work = work
        self._check = check
        self._jitter = jitter
        self._record = HealthRecord(name, on_health, utc_now)
        self._stopping = threading.Event()
        self._hurried = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device {name}", daemon=True)

    @property
    def health(self) -> DeviceHealth:
        """How the device is at the moment. May be asked from any thread."""
        return self._record.health

    def start(self) -> None:
        """Open the device, and keep it open."""
        self._thread.start()

    def hurry(self) -> None:
        """Try again now if it is waiting to."""
        self._hurried.set()

    def report(self, fault: DeviceFault | None) -> None:
        """Tell how the device is while it stays open; for `work`, on the device's own thread."""
        state = DeviceState.FAULT if fault else DeviceState.READY
        if fault or self._record.health.state is not state:
            self._record.becomes(state, fault)

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Give the device back. False when its driver does not return in time."""
        self._stopping.set()
        self._hurried.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._hurried.clear()
            worked = self._use()
            failures = 0 if worked else failures + 1
            if not self._stopping.is_set():
                self._hurried.wait(retry_after_s(failures, self._jitter()))
        self._record.becomes(DeviceState.STOPPED)

    def _use(self) -> bool:
        """Use the device until it fails or we stop. Tell whether it did anything."""
        worked = False
        name = self._record.health.name
        try:
            device = self._open()
            try:
                self.report(self._check(device))
                while not self._stopping.is_set():
                    self._work(device)
                    worked = True
            finally:
                device.close()
        except DeviceFault as fault:
            self._record.becomes(DeviceState.FAULT, fault)
        except Exception as bug:  # noqa: BLE001 - recorded, told, restarted: the day goes on
            _log.exception("driver broke: %s", name)
            broken = DeviceFault(FaultKind.BROKEN_DRIVER, name, repr(bug))
            self._record.becomes(DeviceState.FAULT, broken)
        return worked
