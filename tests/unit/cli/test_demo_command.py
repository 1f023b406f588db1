from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos_loyalty.cli.demo import has_display

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_window_is_opened_where_somebody_can_see_it(
    environment: dict[str, str], platform: str, *, seen: bool
) -> None:
    assert has_display(environment, platform) is seen


def test_a_process_of_the_demo_ends_with_the_pipe_that_whoever_started_it_holds() -> None:
    waiting = (
        "from pos_loyalty.cli.lifeline import end_when_stdin_ends; import time;"
        "end_when_stdin_ends(); print('began', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        (sys.executable, "-c", waiting),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline() == b"began\n"

    child.stdin.close()

    assert child.wait(20) == -signal.SIGTERM
    child.stdout.close()


def test_a_folder_of_somebody_elses_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "hers.txt").touch()

    done = subprocess.run(
        (sys.executable, "-m", "pos_loyalty", "demo", "--script", "smoke", "--data", str(tmp_path)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Choose an empty folder" in done.stderr
    assert "Traceback" not in done.stderr
