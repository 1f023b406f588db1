from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from drivers.opencv_camera import open_camera as open_opencv
from drivers.simulated.camera import open_camera as open_simulated
from pos_loyalty.ports.devices import Camera, DeviceFault, FaultKind, Frame
from tests.fakes.pictures import put


def grey(shade: int) -> MatLike:
    sheet: MatLike = np.full((120, 160), shade, np.uint8)
    return sheet


def shade(frame: Frame | None) -> int:
    assert frame is not None
    return frame.grey[0]


class Rig(Protocol):
    """What stands before the camera."""

    def open(self) -> Camera: ...
    def show(self, shade: int) -> None: ...


class OpencvFolderRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def open(self, **settings: str) -> Camera:
        return open_opencv({"source": str(self.folder), "fps": "1000"} | settings)

    def show(self, shade: int) -> None:
        self.number += 1
        put(grey(shade), self.folder / f"{self.number}.png")


class OpencvVideoRig:
    def __init__(self, folder: Path) -> None:
        self.video = folder / "counter.avi"

    def open(self, **settings: str) -> Camera:
        return open_opencv({"source": str(self.video), "fps": "1000"} | settings)

    def show(self, *shades: int) -> None:
        writer = cv2.VideoWriter(
            str(self.video),
            cv2.VideoWriter.fourcc(*"MJPG"),
            25,
            (160, 120),
        )
        for each in shades:
            writer.write(cv2.cvtColor(grey(each), cv2.COLOR_GRAY2BGR))
        writer.release()


class SimulatedRig(OpencvFolderRig):
    def open(self, **settings: str) -> Camera:
        return open_simulated({"folder": str(self.folder)} | settings)


@pytest.fixture(params=[OpencvFolderRig, OpencvVideoRig, SimulatedRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    made.show(90)
    return made


@pytest.fixture
def camera(rig: Rig) -> Iterator[Camera]:
    opened = rig.open()
    yield opened
    opened.close()


def test_a_picture_arrives_grey_and_whole(camera: Camera) -> None:
    frame = camera.read(5)

    assert frame is not None
    assert (frame.width_px, frame.height_px, len(frame.grey)) == (160, 120, 160 * 120)
    assert abs(frame.grey[0] - 90) <= 2  # JPEG rounds.


def test_what_is_held_before_the_camera_stays_in_view(camera: Camera) -> None:
    first = camera.read(5)

    assert [camera.read(5) for _ in range(3)] == [first] * 3


def test_a_camera_may_be_asked_more_often_than_it_sees(camera: Camera) -> None:
    camera.read(5)

    assert camera.read(0) in {None, camera.read(5)}


def test_closing_twice_is_no_mistake(camera: Camera) -> None:
    camera.close()
    camera.close()


def test_pictures_are_shown_as_a_person_counts_them(tmp_path: Path) -> None:
    rig = OpencvFolderRig(tmp_path)
    for number in range(1, 13):
        rig.show(number * 10)
    camera = rig.open()

    assert [shade(camera.read(5)) for _ in range(14)] == [*range(10, 130, 10), 120, 120]


def test_a_folder_may_wait_for_the_next_picture(tmp_path: Path) -> None:
    rig = OpencvFolderRig(tmp_path)
    camera = rig.open(repeat="wait")
    assert camera.read(0.01) is None
    rig.show(10)
    assert shade(camera.read(5)) == 10
    assert camera.read(0.01) is None

    rig.show(20)

    assert shade(camera.read(5)) == 20


def test_a_folder_may_start_again(tmp_path: Path) -> None:
    rig = OpencvFolderRig(tmp_path)
    rig.show(10)
    rig.show(20)
    camera = rig.open(repeat="loop")

    assert [shade(camera.read(5)) for _ in range(5)] == [10, 20, 10, 20, 10]


@pytest.mark.parametrize(
    ("repeat", "expected"), [("last", [1, 2, 2]), ("loop", [1, 2, 1]), ("wait", [1, 2, None])]
)
def test_a_video_ends_as_the_shop_wishes(
    tmp_path: Path, repeat: str, expected: list[int | None]
) -> None:
    rig = OpencvVideoRig(tmp_path)
    rig.show(100, 200)
    camera = rig.open(repeat=repeat)

    frames = [camera.read(5) for _ in range(3)]

    assert [frame and round(frame.grey[0] / 100) for frame in frames] == expected
    camera.close()


def test_one_picture_is_a_camera_too(tmp_path: Path) -> None:
    put(grey(70), tmp_path / "pass.png")
    camera = open_opencv({"source": str(tmp_path / "pass.png"), "fps": "1000"})

    assert [shade(camera.read(5)) for _ in range(2)] == [70, 70]


def test_files_are_paced_like_a_camera(tmp_path: Path) -> None:
    rig = OpencvFolderRig(tmp_path)
    rig.show(10)
    camera = rig.open(fps="50")
    started = time.monotonic()

    for _ in range(6):
        camera.read(5)

    assert time.monotonic() - started >= 5 / 50


def test_a_damaged_picture_is_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rig = OpencvFolderRig(tmp_path)
    rig.show(10)
    (tmp_path / "2.png").write_bytes(b"no picture")
    (tmp_path / "3.png").write_bytes(b"")
    rig.number = 3
    rig.show(40)
    camera = rig.open()

    with caplog.at_level(logging.WARNING):
        shades = [shade(camera.read(5)) for _ in range(4)]

    assert shades == [10, 10, 10, 40]
    assert len(caplog.records) == 2


def test_the_simulated_camera_looks_at_what_was_put_there_last(tmp_path: Path) -> None:
    rig = SimulatedRig(tmp_path)
    camera = rig.open()
    assert camera.read(5) is None
    rig.show(10)
    assert shade(camera.read(5)) == 10
    put(grey(30), tmp_path / "1.png")
    assert shade(camera.read(5)) == 30
    rig.show(20)
    assert shade(camera.read(5)) == 20

    for picture in tmp_path.iterdir():
        picture.unlink()

    assert camera.read(5) is None


@pytest.mark.parametrize("rig_class", [OpencvFolderRig, SimulatedRig])
def test_a_folder_that_vanished_is_a_camera_that_was_unplugged(
    tmp_path: Path, rig_class: type[OpencvFolderRig]
) -> None:
    folder = tmp_path / "counter"
    folder.mkdir()
    camera = rig_class(folder).open()
    folder.rmdir()

    with pytest.raises(DeviceFault) as fault:
        camera.read(5)

    assert fault.value.kind is FaultKind.GONE


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"source": "63"}, FaultKind.NOT_FOUND),
        ({"source": "no-such-folder"}, FaultKind.NOT_FOUND),
        ({"source": "no-such.png"}, FaultKind.NOT_FOUND),
        ({"source": "pyproject.toml"}, FaultKind.WRONG_SETTING),
        ({"sauce": "0"}, FaultKind.WRONG_SETTING),
        ({"source": "0", "fps": "0"}, FaultKind.WRONG_SETTING),
        ({"source": "0", "repeat": "often"}, FaultKind.WRONG_SETTING),
    ],
)
def test_a_camera_that_cannot_be_opened_says_why(
    settings: Mapping[str, str], kind: FaultKind
) -> None:
    with pytest.raises(DeviceFault) as fault:
        open_opencv(settings)

    assert fault.value.kind is kind


def test_a_simulated_camera_needs_its_folder() -> None:
    with pytest.raises(DeviceFault) as fault:
        open_simulated({"folder": "no-such-folder"})

    assert fault.value.kind is FaultKind.NOT_FOUND
