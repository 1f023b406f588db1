from __future__ import annotations

from pathlib import Path

import pytest

from pos_loyalty.lab.demo.devices import Device, keep_devices
from pos_loyalty.lab.demo.folder import Facts, NotOurs, held
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.terminal.settings import DeviceSetting, read_settings


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    hers = tmp_path / "photographs.txt"
    hers.write_text("hers")

    with pytest.raises(NotOurs), held(tmp_path, fresh=True):
        pass

    assert hers.read_text() == "hers"


def test_a_shop_that_is_set_up_is_there_again_at_the_next_start(tmp_path: Path) -> None:
    with held(tmp_path / "demo", fresh=False) as folder:
        folder.till.mkdir()
        folder.keep_facts(Facts(port=8320))

    with held(tmp_path / "demo", fresh=False) as folder:
        assert folder.facts() == Facts(port=8320)
        assert folder.till.is_dir()


def test_a_shop_whose_set_up_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    with held(tmp_path / "demo", fresh=False) as folder:
        folder.till.mkdir()

    with held(tmp_path / "demo", fresh=False) as folder:
        assert not folder.till.exists()


def test_a_fresh_start_deletes_the_old_shop(tmp_path: Path) -> None:
    with held(tmp_path / "demo", fresh=False) as folder:
        folder.till.mkdir()
        folder.keep_facts(Facts(port=8320))

    with held(tmp_path / "demo", fresh=True) as folder:
        assert folder.facts() is None
        assert not folder.till.exists()


def test_two_demos_never_run_in_one_folder(tmp_path: Path) -> None:
    with (
        held(tmp_path / "demo", fresh=False),
        pytest.raises(StoreFault),
        held(tmp_path / "demo", fresh=True),
    ):
        pass


def test_devices_are_read_as_they_were_written(tmp_path: Path) -> None:
    scanner = Device("serial", {"port": '/dev/a "strange" port\\1'})
    camera = Device("opencv", {"source": str(tmp_path / "Fotocamera è qui"), "repeat": "wait"})
    printer = Device("simulated", {"folder": str(tmp_path)})

    keep_devices(tmp_path, scanners=[scanner], cameras=[camera], printers=[printer])

    settings = read_settings(tmp_path)
    assert settings.scanners == (as_read(scanner),)
    assert settings.cameras == (as_read(camera),)
    assert settings.printer == as_read(printer)


def as_read(device: Device) -> DeviceSetting:
    return DeviceSetting(driver=device.driver, settings=dict(device.settings))
