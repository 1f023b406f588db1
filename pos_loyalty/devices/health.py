"""How a device is, as the status bar shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pos_loyalty.ports.devices import DeviceFault


class DeviceState(Enum):
    """What a person needs to know first."""

    STARTING = "starting"
    READY = "ready"
    FAULT = "fault"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """How one device is, since when, and what is wrong when something is."""

    name: str
    state: DeviceState
    since: datetime
    fault: DeviceFault | None = None


class HealthRecord:
    """The health of one device, told at each change and at each failed try to mend it."""

    def __init__(
        self, name: str, tell: Callable[[DeviceHealth], None], now: Callable[[], datetime]
    ) -> None:
        self._tell = tell
        self._now = now
        self._health = DeviceHealth(name, DeviceState.STARTING, now())

    @property
    def health(self) -> DeviceHealth:
        """How it is at the moment."""
        return self._health

    def becomes(self, state: DeviceState, fault: DeviceFault | None = None) -> None:
        """Note a state and tell it; one that lasts keeps its time."""
        last = self._health
        lasting = last.state is state and _kind(last.fault) is _kind(fault)
        since = last.since if lasting else self._now()
        self._health = DeviceHealth(last.name, state, since, fault)
        self._tell(self._health)


def _kind(fault: DeviceFault | None) -> object:
    return fault.kind if fault else None
