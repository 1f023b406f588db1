"""The scripted day of the demo as a shop's IT starts it: real processes, kills, real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import pytest

ROOT = Path(__file__).resolve().parents[2]
DAY_S = 180
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was played to its end."""

    code: int
    told: dict[str, Any]
    complaints: str
    place: Path
    pictures: Path


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pos_loyalty", "demo", *arguments)


def without_display() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in DISPLAYS}


def width_px(picture: Path) -> int:
    seen = cv2.imread(str(picture))
    assert seen is not None, f"{picture.name} is no picture"
    return int(seen.shape[1])


def running_in(place: Path) -> dict[int, str]:
    """Processes that were told of a folder, in the order they were started."""
    mark = os.fsencode(place)
    found = {}
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            arguments = (process / "cmdline").read_bytes()
        except OSError:
            continue  # It ended while we looked.
        if mark in arguments:
            found[int(process.name)] = arguments.replace(b"\0", b" ").decode(errors="replace")
    return found


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder that PostgreSQL may enter when root runs the tests; pytest's own closes itself."""
    with TemporaryDirectory(prefix="a shop's day ") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.fixture(scope="module")
def day(folder: Path) -> Day:
    place, pictures = folder / "shop", folder / "pictures"
    done = subprocess.run(
        command("--script", "smoke", "--json", "--data", str(place), "--out", str(pictures)),
        cwd=folder,
        env=without_display() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=DAY_S,
        check=False,
    )
    assert done.stdout, done.stderr
    return Day(done.returncode, json.loads(done.stdout), done.stderr, place, pictures)


def test_after_a_day_with_two_kills_the_till_the_server_and_the_paper_agree(day: Day) -> None:
    assert day.told.get("error") is None, day.complaints
    assert day.told["differences"] == []
    assert day.code == 0


def test_nothing_is_unsent_and_each_balance_is_the_same_at_the_till_and_at_the_server(
    day: Day,
) -> None:
    balances = day.told["balances"]

    assert day.told["unsent"] == 0
    assert len(balances) >= 3
    assert all(told["till"] == told["server"] > 0 for told in balances.values())


def test_five_sales_are_on_five_receipts(day: Day) -> None:
    receipts = day.told["receipts"]
    numbers = {
        line.split()[-1]
        for receipt in receipts
        for line in receipt.splitlines()
        if line.startswith("Scontrino ")
    }

    assert day.told["sales"] == len(receipts) == len(numbers) == 5
    assert not any("COPIA" in receipt for receipt in receipts)


def test_a_member_enrolled_offline_is_recognised_offline_at_another_till(day: Day) -> None:
    enrolled = day.told["enrolled_offline"]

    assert enrolled["enrolled_at_a"] == enrolled["recognised_at_b"]
    assert enrolled["enrolled_at_a"] in day.told["balances"]


def test_tills_and_server_were_processes_of_their_own_and_none_is_left(day: Day) -> None:
    pids = day.told["pids"]

    assert len(set(pids)) == 5  # A server and a till twice, the other till once.
    assert not running_in(day.place)


def test_the_day_leaves_pictures_of_screens_and_receipts(day: Day) -> None:
    widths = {path.stem[3:]: width_px(path) for path in day.pictures.glob("*.png")}

    screens = {name for name, width in widths.items() if width >= 1024}
    receipts = {name for name in widths if name.startswith("receipt-") and widths[name] == 576}
    assert {"sign-in", "member", "basket", "done", "enrolment", "offline"} <= screens
    assert len(receipts) == 5


def test_without_a_display_the_demo_says_so_and_leaves_no_process_even_when_it_is_killed(
    folder: Path,
) -> None:
    place = folder / "shop of a killed demo"
    with subprocess.Popen(
        command("--data", str(place)),
        cwd=folder,
        env=without_display() | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as demo:
        said = demo.stderr
        assert said is not None
        assert "no display" in said.readline()
        while "Sale 2" not in (line := said.readline()):
            assert line, "it ended too soon"
        began = running_in(place)
        demo.kill()
        demo.wait(20)

    deadline = time.monotonic() + 30
    while (left := running_in(place)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert any("server run" in arguments for arguments in began.values())
    assert any("till --robot" in arguments for arguments in began.values())
    assert not left
    assert (folder / "demo-out" / "01-sign-in.png").exists()
