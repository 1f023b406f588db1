from __future__ import annotations

import sys

import pytest

from workshop.faults import SetUpError
from workshop.system_libraries import missing, tell

ZBAR = {"libzbar.so.0": "libzbar0"}
GL = {"libGL.so.1": "libgl1"}


def test_a_library_that_cannot_be_loaded_is_missing() -> None:
    tables = {"libnowhere.so.9": "libnowhere9", "/nowhere/a.ttc": "fonts-nowhere"}

    assert missing({**tables, sys.executable: "python3"}) == tables


def test_a_library_that_qt_needs_stops_the_set_up_with_the_line_to_run() -> None:
    with pytest.raises(SetUpError, match=r"libGL.*sudo apt-get install libgl1 libzbar0$"):
        tell(GL, ZBAR, apt=True)


def test_a_library_that_is_only_wanted_is_told_and_stops_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell({}, ZBAR, apt=True)

    assert capsys.readouterr().err.endswith("run once: sudo apt-get install libzbar0\n")


def test_a_system_without_apt_is_told_the_names_of_the_libraries(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell({}, ZBAR, apt=False)

    assert "the packages of libzbar.so.0" in capsys.readouterr().err


def test_nothing_is_said_when_nothing_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    tell({}, {}, apt=True)

    assert capsys.readouterr().err == ""
