"""The test command itself, run on a small tree of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FAILS = "def test_a_sale_that_fails() -> None:\n    assert 1 == 2\n"
PASSES = "def test_a_sale_that_works() -> None:\n    pass\n"
SKIPS = (
    "import pytest\n@pytest.mark.skip('no till')\ndef test_a_sale_without_a_till() -> None: ...\n"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "workshop", tmp_path / "workshop")
    for folder, text in {"unit": FAILS, "faults": PASSES, "views": SKIPS}.items():
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / f"test_{folder}.py").write_text(text, "utf-8")
    return tmp_path


def run_checks(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "workshop.checks", *arguments)
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_a_part_that_fails_is_named_and_the_others_still_run(tree: Path) -> None:
    done = run_checks(tree, "--only", "unit", "--only", "faults", "--seed", "7")

    assert done.returncode == 1
    assert "assert 1 == 2" in done.stdout
    assert "Failed: unit. The same order again: --seed 7" in done.stdout
    assert "1 passed, 1 failed in " in done.stdout.splitlines()[-1]


def test_a_part_whose_folder_is_not_there_is_left_out(tree: Path) -> None:
    done = run_checks(tree, "--only", "faults", "--only", "screens")

    assert done.returncode == 0
    assert "screens" not in done.stdout


def test_a_test_that_is_skipped_is_told_with_its_reason(tree: Path) -> None:
    done = run_checks(tree, "--only", "qt")

    assert "Skipped test_a_sale_without_a_till: no till" in done.stdout
    assert "0 passed, 0 failed, 1 skipped in " in done.stdout.splitlines()[-1]


def test_tests_chosen_by_name_leave_the_other_parts_green(tree: Path) -> None:
    done = run_checks(tree, "-k", "works")

    assert done.returncode == 0
    assert "1 passed, 0 failed in " in done.stdout.splitlines()[-1]


def test_a_run_that_dies_without_a_report_is_a_failure(tree: Path) -> None:
    (tree / "tests" / "faults" / "conftest.py").write_text("import os; os._exit(9)\n", "utf-8")

    done = run_checks(tree, "--only", "faults")

    assert done.returncode == 1
    assert "0 passed, 1 failed in " in done.stdout.splitlines()[-1]
