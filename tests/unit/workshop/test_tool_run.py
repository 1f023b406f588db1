from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.tool_run import start_python

PATIENCE_S = 30.0


def wait_until(happened: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


def has_ended(process_id: int) -> bool:
    """Tell whether a process is gone, or dead and not yet buried."""
    status = Path(f"/proc/{process_id}/stat")
    return not status.exists() or status.read_text("utf-8").rsplit(")", 1)[1].split()[0] == "Z"


def test_what_a_tool_said_is_kept_with_how_it_ended(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd()); sys.exit(3)"

    outcome = start_python(("-c", code), tmp_path).wait(60)

    assert outcome.output == str(tmp_path)
    assert not outcome.good


def test_a_tool_that_ends_well_is_good(tmp_path: Path) -> None:
    run = start_python(("-c", "import os; print(os.environ['WORD'])"), tmp_path, {"WORD": "till"})

    assert run.wait(60).output == "till"
    assert run.process.returncode == 0


def test_a_tool_that_does_not_end_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    child = "import time; print('ready', flush=True); time.sleep(600)"
    code = (
        "import subprocess, sys, pathlib\n"
        f"child = subprocess.Popen((sys.executable, '-c', {child!r}), stdout=-1)\n"
        "child.stdout.readline()\n"
        "pathlib.Path('born').write_text(str(child.pid))\n"
        "pathlib.Path('born').rename('child')\n"
        "child.wait()"
    )
    run = start_python(("-c", code), tmp_path)
    wait_until((tmp_path / "child").exists)

    outcome = run.wait(0)

    assert not outcome.good
    assert outcome.output == "Stopped: no end after 0 s."
    child_id = int((tmp_path / "child").read_text("utf-8"))
    wait_until(lambda: has_ended(child_id))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_tool_that_crashes_says_by_which_signal(tmp_path: Path) -> None:
    outcome = start_python(("-c", "import os; os.abort()"), tmp_path).wait(60)

    assert outcome.output.endswith("Ended by SIGABRT.")
