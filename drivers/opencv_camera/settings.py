"""What a shop may say of its camera."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pos_loyalty.ports.devices import DeviceFault, FaultKind

_KEYS = {"source", "width", "height", "fps", "repeat"}


class Repeat(Enum):
    """What follows the last picture of a file or folder."""

    LAST = "last"  # It stays in view.
    WAIT = "wait"  # Nothing, until there is another.
    LOOP = "loop"  # The first again.


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """Where pictures come from.

    `source` is a camera's number, or a video, a picture or a folder of pictures; `width_px` and
    `height_px` are asked of a real camera, `fps` paces files.
    """

    source: int | Path
    width_px: int = 1280
    height_px: int = 720
    fps: int = 15
    repeat: Repeat = Repeat.LAST

    @property
    def name(self) -> str:
        """The address a person knows the camera by."""
        return f"camera {self.source}" if isinstance(self.source, int) else str(self.source)


def camera_settings(settings: Mapping[str, str]) -> CameraSettings:
    """Read the settings. Raises DeviceFault(WRONG_SETTING) naming the first wrong one."""
    source = settings.get("source", "0")
    unknown = sorted(set(settings) - _KEYS)
    if unknown:
        raise DeviceFault(FaultKind.WRONG_SETTING, source, f"unknown setting {unknown[0]!r}")
    repeat = settings.get("repeat", "last")
    if repeat not in {choice.value for choice in Repeat}:
        raise DeviceFault(
            FaultKind.WRONG_SETTING, source, f"repeat is last, wait or loop, not {repeat!r}"
        )
    return CameraSettings(
        source=int(source) if re.fullmatch(r"[0-9]{1,3}", source) else Path(source),
        width_px=_number(settings, "width", 1280),
        height_px=_number(settings, "height", 720),
        fps=_number(settings, "fps", 15),
        repeat=Repeat(repeat),
    )


def _number(settings: Mapping[str, str], key: str, default: int) -> int:
    written = settings.get(key, str(default))
    if not re.fullmatch(r"[1-9][0-9]{0,3}", written):
        what = f"{key} is a whole number of at most 4 digits, not {written!r}"
        raise DeviceFault(FaultKind.WRONG_SETTING, settings.get("source", "0"), what)
    return int(written)
