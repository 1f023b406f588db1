from __future__ import annotations

from pathlib import Path

import pytest

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.terminal.settings import FILE, Settings, read_settings

GOOD = """
[[scanners]]
driver = "serial"
settings = { usb = "0c2e:0b61" }
[printer]
name = "By the till"
driver = "escpos"
[screen]
language = "zh-Hans"
dark = true
scale_percent = 150
"""
WRONG = [
    ("prnter = 1", "prnter", "unknown word 'prnter'", "scanners, cameras, printer, screen"),
    ("[printer]\nname = 'x'", "printer.driver", "nothing", "it must be there"),
    (
        "[[scanners]]\ndriver = 'serial'\nport = 'x'",
        "scanners[0].port",
        "unknown word 'port'",
        "name, driver, settings",
    ),
    (
        "[[scanners]]\ndriver = 'serial'\nsettings = { baud = 9600 }",
        "scanners[0].settings.baud",
        "9600",
        "Input should be a valid string",
    ),
    (
        "[screen]\nscale_percent = 300",
        "screen.scale_percent",
        "300",
        "Input should be less than or equal to 200",
    ),
    ("[screen]\nlanguage = 'xx'", "screen.language", "'xx'", "en, it, ru, bg, zh-Hans"),
]


def write(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_a_till_has_the_devices_of_its_file(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, GOOD))

    assert [one.settings for one in settings.scanners] == [{"usb": "0c2e:0b61"}]
    assert settings.printer is not None
    assert settings.printer.name == "By the till"
    assert (settings.screen.language, settings.screen.scale_percent) == ("zh-Hans", 150)


@pytest.mark.parametrize(("text", "path", "found", "allowed"), WRONG)
def test_a_wrong_setting_is_told_with_file_path_found_and_allowed(
    tmp_path: Path, text: str, path: str, found: str, allowed: str
) -> None:
    with pytest.raises(WrongDocument) as refused:
        read_settings(write(tmp_path, text))

    wrong = refused.value
    assert wrong.file == str(tmp_path / FILE)
    assert (wrong.path, wrong.found, wrong.allowed) == (path, found, allowed)


@pytest.mark.parametrize("raw", [b"printer = [", b"\xff\xfe"])
def test_a_file_that_is_no_toml_says_so(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE).write_bytes(raw)

    with pytest.raises(WrongDocument) as refused:
        read_settings(tmp_path)

    assert refused.value.allowed == "TOML in UTF-8"
