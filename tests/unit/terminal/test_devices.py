from __future__ import annotations

from pathlib import Path

import pytest

from pos_loyalty.devices.printing import JobReport, JobState
from pos_loyalty.domain.credentials import PASS_PREFIX
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.devices import FaultKind, Frame
from pos_loyalty.ports.documents import PrintDocument, Text
from pos_loyalty.terminal.devices import Devices, Ears, devices_of, proves_itself
from pos_loyalty.terminal.settings import DeviceSetting, Settings
from pos_loyalty.ui.presenters.status import DeviceCondition, DeviceRole
from tests.fakes.told import Told
from tests.fakes.typesetter import Cv2Typesetter

SLIP = PrintDocument("en", (Text("hello"),))


def a_device(folder: Path, name: str = "") -> DeviceSetting:
    folder.mkdir(exist_ok=True)
    return DeviceSetting(name=name, driver="simulated", settings={"folder": str(folder)})


class Heard:
    """What the devices of a till said."""

    def __init__(self) -> None:
        self.scans: Told[Scan] = Told()
        self.frames: Told[Frame] = Told()
        self.health: Told[DeviceCondition] = Told()
        self.jobs: Told[JobReport] = Told()

    def devices(self, settings: Settings) -> Devices:
        ears = Ears(self.scans, self.frames, self.health, self.jobs)
        return devices_of(settings, Cv2Typesetter(), ears)


def test_the_devices_of_the_settings_work(tmp_path: Path) -> None:
    heard = Heard()
    scanner = a_device(tmp_path / "scanner", "By the door")
    devices = heard.devices(Settings(scanners=(scanner,), printer=a_device(tmp_path / "printer")))
    devices.start()
    (tmp_path / "scanner" / "1.txt").write_text("2900000012346", encoding="utf-8")
    heard.scans.wait_until(bool)
    assert devices.printer is not None
    devices.printer.print("slip", SLIP)
    heard.jobs.wait_until(lambda jobs: jobs[-1:] == [JobReport("slip", JobState.DONE)])
    devices.stop()

    assert [scan.text for scan in heard.scans.values] == ["2900000012346"]
    ready = {(one.role, one.name) for one in heard.health.values if one.ready}
    assert ready == {(DeviceRole.SCANNER, "By the door"), (DeviceRole.PRINTER, "simulated")}


def test_a_device_that_is_not_there_is_told_and_stops_nobody(tmp_path: Path) -> None:
    heard = Heard()
    gone = DeviceSetting(driver="simulated", settings={"folder": str(tmp_path / "nowhere")})
    devices = heard.devices(Settings(scanners=(gone,)))
    devices.start()
    told = heard.health.wait_until(lambda values: any(one.fault for one in values))
    devices.stop()

    assert told[-1].fault is FaultKind.NOT_FOUND


def test_a_driver_that_nobody_has_is_a_wrong_setting(tmp_path: Path) -> None:
    heard = Heard()
    devices = heard.devices(Settings(scanners=(DeviceSetting(driver="nobodys"),)))
    devices.start()
    told = heard.health.wait_until(lambda values: any(one.fault for one in values))
    devices.stop()

    assert told[-1].fault in (FaultKind.WRONG_SETTING, FaultKind.NOT_FOUND)
    assert list(tmp_path.iterdir()) == []


def test_a_till_needs_no_devices() -> None:
    devices = Heard().devices(Settings())
    devices.start()
    devices.stop()

    assert devices.printer is None


@pytest.mark.parametrize(
    ("text", "sure"), [(PASS_PREFIX + "ABC", True), ("4006381333931", True), ("HELLO", False)]
)
def test_a_code_read_once_is_believed_when_it_proves_itself(text: str, *, sure: bool) -> None:
    assert proves_itself(Scan(text)) is sure
