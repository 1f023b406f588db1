"""What the status bar and its details show."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark, Tone


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device in a word; `name` and `what` are the sentences of its details."""

    word: str  # "Scanner ready"
    tone: Tone = Tone.PLAIN
    key: str = ""  # "F2". Empty: no key belongs to it.


@dataclass(frozen=True, slots=True)
class StatusState:
    """The line to the server and the devices, always in sight."""

    line: Remark  # "Online", or "Offline since 13:51".
    unsent: str  # "All sent", or how many wait, since when, and that they are safe.
    synced: str = ""  # "Last sync 14:06"
    devices: tuple[DeviceState, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailState:
    """One thing of the status bar, in plain sentences."""

    name: str
    state: Remark
    what: str
    remedy: str = ""  # What to do. Empty: nothing.


@dataclass(frozen=True, slots=True)
class DetailsState:
    """All of the status bar, explained."""

    details: tuple[DetailState, ...]
