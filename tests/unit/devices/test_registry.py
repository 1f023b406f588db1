from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pos_loyalty.devices.registry import Drivers, installed_drivers
from pos_loyalty.ports.devices import (
    CAMERAS,
    DECODERS,
    PRINTERS,
    SCANNERS,
    DeviceFault,
    FaultKind,
    PrinterStatus,
)
from tests.fakes.typesetter import Cv2Typesetter

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


@pytest.fixture(scope="module")
def drivers() -> Drivers:
    """Every driver that the project declares."""
    groups = tomllib.loads(PROJECT.read_text())["project"]["entry-points"]
    return Drivers(
        tuple(
            EntryPoint(name, value, group)
            for group, entries in groups.items()
            for name, value in entries.items()
        )
    )


def test_our_drivers_are_declared_by_name(drivers: Drivers) -> None:
    assert drivers.names(SCANNERS) == ("serial", "simulated")
    assert drivers.names(CAMERAS) == ("opencv", "simulated")
    assert drivers.names(DECODERS) == ("zbar", "zxing")
    assert drivers.names(PRINTERS) == ("escpos", "simulated")


def test_every_declared_driver_can_be_loaded(drivers: Drivers) -> None:
    assert all(callable(entry.load()) for entry in drivers.entries)


def test_a_driver_is_opened_with_its_settings(drivers: Drivers, tmp_path: Path) -> None:
    scanner = drivers.open_scanner("simulated", {"folder": str(tmp_path)})
    camera = drivers.open_camera("simulated", {"folder": str(tmp_path)})
    printer = drivers.open_printer("simulated", {"folder": str(tmp_path)}, Cv2Typesetter())

    assert scanner.read(0) is None
    assert camera.read(0.1) is None
    assert printer.status().trouble is None
    assert drivers.open_decoder("zxing").steps() == 4


def test_an_unknown_driver_is_answered_with_what_is_installed(drivers: Drivers) -> None:
    with pytest.raises(DeviceFault) as fault:
        drivers.open_scanner("bluetooth", {})

    assert fault.value.kind is FaultKind.WRONG_SETTING
    assert fault.value.device == "bluetooth"
    assert fault.value.detail == ("no scanner driver of this name; installed: serial, simulated")


def test_a_till_without_any_driver_says_so() -> None:
    with pytest.raises(DeviceFault, match="installed: none"):
        Drivers(()).open_decoder("zxing")


def test_a_driver_whose_library_is_not_installed_says_which() -> None:
    drivers = Drivers((EntryPoint("odd", "no_such_library.driver:open_printer", PRINTERS),))

    with pytest.raises(DeviceFault) as fault:
        drivers.open_printer("odd", {}, Cv2Typesetter())

    assert fault.value.kind is FaultKind.MISSING_LIBRARY
    assert "no_such_library" in fault.value.detail


def test_a_printer_that_can_tell_nothing_has_no_trouble() -> None:
    assert PrinterStatus().trouble is None
    assert PrinterStatus(offline=True).trouble is FaultKind.OFFLINE


def test_what_is_declared_is_what_is_installed(drivers: Drivers) -> None:
    installed = installed_drivers()

    for group in (SCANNERS, CAMERAS, DECODERS, PRINTERS):
        assert set(drivers.names(group)) <= set(installed.names(group))
