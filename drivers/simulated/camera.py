"""A camera that looks at whatever picture is last in its folder."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from drivers.simulated.folder import files_in, folder_setting, gone
from pos_loyalty.ports.devices import Camera, Frame

_BETWEEN_S = 0.04
_ENDINGS = frozenset({".png", ".jpg", ".jpeg"})


def open_camera(settings: Mapping[str, str]) -> Camera:
    """Open the camera that has the last picture of `folder` in view, 25 times a second.

    Put a picture there and it is in view; replace it, and that one is; empty: nothing to see.
    A picture is written under another ending and renamed: else half of it may be seen.
    """
    return FolderCamera(folder_setting(settings))


class FolderCamera:
    """One folder to look at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next_at = time.monotonic()
        self._seen: tuple[Path, int, int] | None = None
        self._frame: Frame | None = None

    def read(self, timeout_s: float) -> Frame | None:
        """Wait for the next picture."""
        left_s = self._next_at - time.monotonic()
        time.sleep(max(0.0, min(left_s, timeout_s)))
        if left_s > timeout_s:
            return None
        self._next_at = time.monotonic() + _BETWEEN_S
        self._look()
        return self._frame

    def close(self) -> None:
        """Nothing is held."""

    def _look(self) -> None:
        pictures = files_in(self._folder, _ENDINGS)
        if not pictures:
            self._seen = self._frame = None
            return
        try:
            there = pictures[-1].stat()
            seen = (pictures[-1], there.st_mtime_ns, there.st_size)
            if seen != self._seen:
                raw = np.frombuffer(pictures[-1].read_bytes(), np.uint8)
                self._seen, self._frame = seen, _frame(raw)
        except OSError as error:
            raise gone(self._folder, error) from error


def _frame(raw: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Frame | None:
    picture = cv2.imdecode(raw, cv2.IMREAD_GRAYSCALE) if raw.size else None
    if picture is None:
        return None
    height_px, width_px = picture.shape
    return Frame(width_px, height_px, picture.tobytes())
