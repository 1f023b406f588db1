"""A clone's first minutes, on a small project of its own that needs no line to be installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "pos-loyalty"
version = "0"
[tool.hatch]
"""
# Builds an editable wheel. It waits while a file `gate` is there, so that a test can come between.
BACKEND = """
import pathlib, time, zipfile

METADATA = "Metadata-Version: 2.1\\nName: pos-loyalty\\nVersion: 0\\n"
WHEEL = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    pathlib.Path("building").touch()
    while pathlib.Path("gate").exists():
        time.sleep(0.01)
    name, info = "pos_loyalty-0-py3-none-any.whl", "pos_loyalty-0.dist-info/"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as wheel:
        wheel.writestr("pos_loyalty.pth", str(pathlib.Path.cwd()))
        wheel.writestr(info + "METADATA", METADATA)
        wheel.writestr(info + "WHEEL", WHEEL)
        wheel.writestr(info + "RECORD", "")
    return name

def get_requires_for_build_editable(config_settings=None):
    return []
"""
UNREACHABLE = "alembic==1.0 --hash=sha256:" + "0" * 64


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "a clone with spaces"
    (root / "pos_loyalty").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", root)
    shutil.copytree(ROOT / "workshop", root / "workshop")
    (root / "requirements.lock").touch()
    (root / "pyproject.toml").write_text(PROJECT, "utf-8")
    (root / "backend.py").write_text(BACKEND, "utf-8")
    (root / "pos_loyalty" / "__init__.py").touch()
    (root / "pos_loyalty" / "__main__.py").write_text("import sys; print(sys.argv[1:])", "utf-8")
    return root


def start(clone: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        (sys.executable, clone / "run.py", *arguments),
        cwd=clone.parent,
        env=os.environ | {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    said, complained = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said.strip(), complained.strip()


def wait_for(path: Path) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not path.exists():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


def test_a_clone_in_a_folder_with_spaces_is_set_up_once_and_runs_from_elsewhere(
    clone: Path,
) -> None:
    first = outcome(start(clone, "demo", "--json"))
    second = outcome(start(clone, "demo", "two words"))

    assert first[:2] == (0, "['demo', '--json']")
    assert "Making " in first[2]
    assert second == (0, "['demo', 'two words']", "")


def test_a_set_up_that_was_killed_is_begun_anew_at_the_next_start(clone: Path) -> None:
    (clone / "gate").touch()
    killed = start(clone, "demo")
    wait_for(clone / "building")
    killed.send_signal(signal.SIGKILL)
    (clone / "gate").unlink()
    killed.communicate(timeout=PATIENCE_S)

    code, said, complained = outcome(start(clone, "demo"))

    assert (code, said) == (0, "['demo']")
    assert "Making " in complained


def test_of_two_first_starts_the_second_waits_for_the_first(clone: Path) -> None:
    (clone / "gate").touch()
    first = start(clone, "first")
    wait_for(clone / "building")
    second = start(clone, "second")
    assert second.stderr is not None
    waiting = second.stderr.readline()
    (clone / "gate").unlink()

    assert "waiting for it" in waiting
    assert outcome(first)[:2] == (0, "['first']")
    assert outcome(second) == (0, "['second']", "")


def test_a_clone_that_was_moved_mends_itself(clone: Path) -> None:
    outcome(start(clone, "demo"))
    moved = clone.rename(clone.with_name("moved"))
    (moved / "pos_loyalty" / "__main__.py").write_text("print('from the new place')", "utf-8")

    assert outcome(start(moved, "demo"))[:2] == (0, "from the new place")
    assert outcome(start(moved, "demo")) == (0, "from the new place", "")


def test_packages_that_cannot_be_fetched_end_in_a_sentence(clone: Path) -> None:
    (clone / "requirements.lock").write_text(UNREACHABLE, "utf-8")

    code, said, complained = outcome(start(clone, "demo"))

    assert (code, said) == (1, "")
    assert "check the line" in complained.splitlines()[-1]
    assert "Traceback" not in complained


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(clone: Path) -> None:
    (clone / ".venv.lock").mkdir()  # Even root cannot open it as a file.

    code, _, complained = outcome(start(clone, "demo"))

    assert code == 1
    assert complained.startswith("The environment could not be made: ")
    assert "Traceback" not in complained


def test_an_old_python_is_told_what_is_missing(clone: Path) -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 8); runpy.run_path(sys.argv[1])"

    old = subprocess.run(
        (sys.executable, "-c", pretend, clone / "run.py"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert old.returncode == 1
    assert old.stderr.startswith("POS Loyalty needs Python 3.11 or newer; this is Python 3.8.")
    assert "Traceback" not in old.stderr
