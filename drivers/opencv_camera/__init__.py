"""Cameras by OpenCV: a device, a video file, a picture or a folder of pictures."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.opencv_camera.settings import camera_settings
from pos_loyalty.ports.devices import Camera, DeviceFault, FaultKind


def open_camera(settings: Mapping[str, str]) -> Camera:
    """Open `source`, with `width`, `height`, `fps` and `repeat` (last, wait or loop)."""
    wanted = camera_settings(settings)

    import cv2  # Late, as the modules below: OpenCV takes a tenth of a second to load.

    from drivers.opencv_camera.live import LiveCamera, VideoFile
    from drivers.opencv_camera.pictures import PICTURE_ENDINGS, PictureFolder

    cv2.setNumThreads(1)  # More make the till's own threads wait, and decode no faster.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # We say it in our words.
    if isinstance(wanted.source, int):
        return LiveCamera(wanted.source, wanted)
    if wanted.source.is_dir() or wanted.source.suffix.lower() in PICTURE_ENDINGS:
        if not wanted.source.exists():
            raise DeviceFault(FaultKind.NOT_FOUND, wanted.name)
        return PictureFolder(wanted, wanted.source)
    if not wanted.source.is_file():
        raise DeviceFault(FaultKind.NOT_FOUND, wanted.name)
    return VideoFile(wanted)
