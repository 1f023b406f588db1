from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.serial_scanner import open_scanner as open_serial
from drivers.simulated.camera import open_camera
from drivers.zxing_decoder import open_decoder
from pos_loyalty.devices.health import DeviceHealth, DeviceState
from pos_loyalty.devices.scanning import CameraScanner, open_decoders, scanner_thread
from pos_loyalty.devices.supervisor import DeviceThread
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.ports.devices import Decoder, DeviceFault, FaultKind, Frame, Scanner
from tests.fakes.pictures import picture_of, put
from tests.fakes.pty_line import PtyLine
from tests.fakes.told import Told

Started = Callable[[DeviceThread[Scanner]], None]


@pytest.fixture
def health() -> Told[DeviceHealth]:
    return Told()


@pytest.fixture
def started() -> Iterator[Started]:
    """Starts threads, and stops them with the test."""
    running: list[DeviceThread[Scanner]] = []

    def start(thread: DeviceThread[Scanner]) -> None:
        running.append(thread)
        thread.start()

    yield start
    assert all(thread.stop() for thread in running)


def test_a_scanner_that_was_unplugged_mid_scan_is_found_again(
    tmp_path: Path, started: Started, health: Told[DeviceHealth]
) -> None:
    line = PtyLine(tmp_path)
    line.plug_in()
    scans: Told[Scan] = Told()
    thread = scanner_thread(
        "scanner",
        lambda: open_serial({"port": str(line.port)}),
        on_scan=scans,
        on_health=health,
    )
    started(thread)
    health.wait_until(lambda told: bool(told) and told[-1].state is DeviceState.READY)
    line.send(b"CARD-1\rCARD-")
    scans.wait_until(lambda came: len(came) == 1)
    line.unplug()
    health.wait_until(lambda told: told[-1].state is DeviceState.FAULT)

    line.plug_in()
    health.wait_until(lambda told: told[-1].state is DeviceState.READY)
    line.send(b"CARD-2\r")

    assert scans.wait_until(lambda came: len(came) == 2) == [Scan("CARD-1"), Scan("CARD-2")]
    line.unplug()


def test_a_pass_held_before_the_camera_is_one_scan(
    tmp_path: Path, started: Started, health: Told[DeviceHealth]
) -> None:
    scans: Told[Scan] = Told()
    frames: Told[Frame] = Told()
    started(camera_thread(tmp_path, frames, scans, health))
    put(picture_of("LY1:FIRST"), tmp_path / "1.png")
    scans.wait_until(lambda came: len(came) == 1)
    many = len(frames.values) + 10
    frames.wait_until(lambda came: len(came) >= many)

    put(picture_of("LY1:SECOND"), tmp_path / "2.png")

    assert scans.wait_until(lambda came: len(came) == 2) == [
        Scan("LY1:FIRST", Symbology.QR),
        Scan("LY1:SECOND", Symbology.QR),
    ]


def camera_thread(
    folder: Path, frames: Told[Frame], scans: Told[Scan], health: Told[DeviceHealth]
) -> DeviceThread[Scanner]:
    def open_scanner() -> Scanner:
        return CameraScanner(
            open_camera({"folder": str(folder)}),
            [open_decoder()],
            sure=lambda _: False,
            on_frame=frames,
        )

    return scanner_thread("camera", open_scanner, on_scan=scans, on_health=health)


def test_an_empty_counter_is_no_scan(tmp_path: Path) -> None:
    camera = CameraScanner(
        open_camera({"folder": str(tmp_path)}),
        [open_decoder()],
        sure=lambda _: True,
        on_frame=lambda _: None,
    )

    assert camera.read(0.05) is None
    camera.close()


def missing() -> Decoder:
    raise DeviceFault(FaultKind.MISSING_LIBRARY, "libzbar0")


def test_a_till_without_one_decoder_uses_the_other_and_says_so() -> None:
    told: Told[DeviceFault] = Told()

    decoders = open_decoders([missing, open_decoder], told)

    assert len(decoders) == 1
    assert [fault.device for fault in told.values] == ["libzbar0"]


@pytest.mark.parametrize("openers", [[], [missing]])
def test_a_till_without_any_decoder_cannot_use_a_camera(
    openers: list[Callable[[], Decoder]],
) -> None:
    with pytest.raises(DeviceFault):
        open_decoders(openers, lambda _: None)
