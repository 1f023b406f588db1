"""A folder of pictures, or one picture, shown like a camera's."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike

from drivers.opencv_camera.settings import CameraSettings, Repeat
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Frame, fault_kind

Grey = MatLike

PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})

_PICTURE_BYTES_MAX = 32 * 1024 * 1024
_log = logging.getLogger(__name__)


class Pace:
    """Lets one picture through every so often, as a camera does."""

    def __init__(self, fps: int) -> None:
        self._between_s = 1 / fps
        self._next_at = time.monotonic()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the next turn. False when it is later than `timeout_s` from now."""
        left_s = self._next_at - time.monotonic()
        if left_s > timeout_s:
            time.sleep(timeout_s)
            return False
        time.sleep(max(0.0, left_s))
        self._next_at = time.monotonic() + self._between_s
        return True


class PictureFolder:
    """Pictures in the order a person counts their names; those that come later come next.

    A picture is written under another ending and renamed: else half of it may be seen.
    """

    def __init__(self, settings: CameraSettings, place: Path) -> None:
        self._name = settings.name
        self._place = place
        self._repeat = settings.repeat
        self._pace = Pace(settings.fps)
        self._shown: Path | None = None
        self._last: Frame | None = None

    def read(self, timeout_s: float) -> Frame | None:
        """Wait for the next picture."""
        if not self._pace.wait(timeout_s):
            return None
        found = self._pictures()
        later = [path for path in found if self._is_later(path)]
        if not later and self._repeat is Repeat.LOOP:
            later = found
        if not later:
            return self._last if self._repeat is Repeat.LAST else None
        self._shown = later[0]
        self._last = self._picture(later[0]) or self._last
        return self._last

    def close(self) -> None:
        """Nothing is held."""

    def _is_later(self, path: Path) -> bool:
        return self._shown is None or _natural(path) > _natural(self._shown)

    def _pictures(self) -> list[Path]:
        if self._place.is_file():
            return [self._place]
        try:
            found = [p for p in self._place.iterdir() if p.suffix.lower() in PICTURE_ENDINGS]
        except OSError as error:
            raise DeviceFault(FaultKind.GONE, self._name, str(error)) from error
        return sorted(found, key=_natural)

    def _picture(self, path: Path) -> Frame | None:
        try:
            with path.open("rb") as file:
                raw = file.read(_PICTURE_BYTES_MAX)
        except OSError as error:
            kind = fault_kind(error, FaultKind.GONE)
            raise DeviceFault(kind, self._name, str(error)) from error
        picture = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_GRAYSCALE) if raw else None
        if picture is None:
            _log.warning("picture unreadable: %s", path)
            return None
        return frame_of(picture)


def frame_of(picture: Grey) -> Frame:
    """Make a grey frame of a picture with one channel or three (BGR)."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)  # noqa: PLR2004 - rows and columns
    height_px, width_px = grey.shape
    return Frame(width_px, height_px, grey.tobytes())


def _natural(path: Path) -> tuple[tuple[int, str], ...]:
    parts = re.findall(r"[0-9]+|[^0-9]+", path.name)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
