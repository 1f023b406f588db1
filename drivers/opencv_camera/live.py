"""A camera that is plugged in, and a video that stands for one."""

from __future__ import annotations

import os
import sys

import cv2

from drivers.opencv_camera.pictures import Grey, Pace, frame_of
from drivers.opencv_camera.settings import CameraSettings, Repeat
from pos_loyalty.ports.devices import DeviceFault, FaultKind, Frame


class LiveCamera:
    """One open camera. The system paces it; a read lasts as long as the next picture takes."""

    def __init__(self, index: int, settings: CameraSettings) -> None:
        self._name = settings.name
        self._capture = cv2.VideoCapture(index)
        if not self._capture.isOpened():
            raise _not_opened(index, self._name)
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width_px)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height_px)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # The newest picture, not the oldest kept.

    def read(self, timeout_s: float) -> Frame | None:  # noqa: ARG002 - the camera sets the pace
        """Wait for the next picture; a dead camera is known after the system's own time limit."""
        there, picture = self._capture.read()
        if not there:
            raise DeviceFault(FaultKind.GONE, self._name)
        return frame_of(picture)

    def close(self) -> None:
        """Give the camera back."""
        self._capture.release()


class VideoFile:
    """A video file played at the pace of the settings."""

    def __init__(self, settings: CameraSettings) -> None:
        self._name = settings.name
        self._repeat = settings.repeat
        self._pace = Pace(settings.fps)
        self._last: Frame | None = None
        self._capture = cv2.VideoCapture(self._name)
        if not self._capture.isOpened():
            raise DeviceFault(FaultKind.WRONG_SETTING, self._name, "neither video nor picture")

    def read(self, timeout_s: float) -> Frame | None:
        """Wait for the next picture."""
        if not self._pace.wait(timeout_s):
            return None
        picture = self._next()
        if picture is None and self._repeat is Repeat.LOOP:
            self._capture.release()
            self._capture = cv2.VideoCapture(self._name)
            picture = self._next()
        if picture is not None:
            self._last = frame_of(picture)
        elif self._repeat is Repeat.WAIT:
            return None
        return self._last

    def close(self) -> None:
        """Give the file back."""
        self._capture.release()

    def _next(self) -> Grey | None:
        there, picture = self._capture.read()
        return picture if there else None


def _not_opened(index: int, name: str) -> DeviceFault:
    """Tell why, where the system lets us ask: OpenCV only says that it failed."""
    if not sys.platform.startswith("linux"):
        return DeviceFault(FaultKind.NOT_FOUND, name)
    node = f"/dev/video{index}"
    if not os.path.exists(node):  # noqa: PTH110 - a device node, no file of ours
        return DeviceFault(FaultKind.NOT_FOUND, name, f"no {node}")
    if not os.access(node, os.R_OK | os.W_OK):
        return DeviceFault(FaultKind.NOT_ALLOWED, name, node)
    return DeviceFault(FaultKind.BUSY, name, node)
