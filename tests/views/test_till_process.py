"""The till as a process of its own: killed, started twice, asked to end, and its log read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pos_loyalty.terminal.logs import FILE as LOG
from pos_loyalty.terminal.settings import FILE as SETTINGS
from tests.fakes.counter import (
    ANNA,
    ANNAS_PHONE,
    COFFEE,
    ROSAS_BADGE,
    ROSAS_PIN,
    a_pass,
    card,
    indexed,
    known,
)
from tests.fakes.till_folder import a_till_folder

PATIENCE_S = 20.0
ANNAS_CARD = card(1)
PAYMENT_CARD = "4111111111111111"
AWHILE = threading.Event()  # Never set: between two looks.
NUMBERS = count(1)


@dataclass
class Till:
    """A running till and the script that works it."""

    process: subprocess.Popen[str]
    folder: Path

    def tell(self, **order: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def until(self, reached: Callable[[dict[str, Any]], object]) -> None:
        """Look until something is seen."""
        deadline = time.monotonic() + PATIENCE_S
        while not reached(seen := self.tell(do="look")):
            assert time.monotonic() < deadline, seen
            AWHILE.wait(0.02)

    def type(self, text: str) -> None:
        self.tell(do="type", text=text)

    def press(self, key: str) -> None:
        self.tell(do="press", key=key)

    def scan(self, text: str) -> None:
        aside = self.folder / "scanner" / f"{next(NUMBERS)}.part"
        aside.write_text(text, encoding="utf-8")
        aside.rename(aside.with_suffix(".txt"))

    def sign_in(self) -> None:
        self.until(lambda seen: seen.get("sign_in"))
        self.type(ROSAS_PIN)
        self.press("Return")
        self.until(lambda seen: seen["page"] == "sale")


def command(folder: Path, *more: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pos_loyalty", "till", "--data", str(folder), *more)


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder), capture_output=True, text=True, check=False, timeout=60, cwd=folder
    )


@contextmanager
def started(folder: Path) -> Iterator[Till]:
    """Start the till; it is killed at the end unless it ended by itself."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command(folder, "--robot"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        try:
            yield Till(process, folder)
        finally:
            process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = a_till_folder(tmp_path / "till", known(ANNA), indexed(ANNAS_CARD))
    lines = ['screen = { language = "en" }']
    for name in ("scanner", "printer"):
        (folder / name).mkdir()
    where = json.dumps(str(folder / "scanner")), json.dumps(str(folder / "printer"))
    lines += [f'scanners = [{{ driver = "simulated", settings = {{ folder = {where[0]} }} }}]']
    lines += [f'printer = {{ driver = "simulated", settings = {{ folder = {where[1]} }} }}']
    (folder / SETTINGS).write_text("\n".join(lines), encoding="utf-8")
    return folder


def lines(seen: dict[str, Any]) -> list[str]:
    return [line["name"] for line in seen["sale"]["basket"]["lines"]]


def test_a_sale_in_progress_survives_a_killed_till(folder: Path) -> None:
    with started(folder) as till:
        till.sign_in()
        till.scan(ANNAS_CARD)
        till.scan(COFFEE.removeprefix("0"))
        till.until(lambda seen: lines(seen) == ["Coffee 250 g"])
        till.until(lambda seen: seen["sale"]["payment"]["earned"] == "+10 points")  # It was kept.
        till.process.send_signal(signal.SIGKILL)
    with started(folder) as till:
        till.sign_in()
        till.until(lambda seen: lines(seen) == ["Coffee 250 g"])
        till.until(lambda seen: seen["sale"]["member"].get("greeting") == "Hello, Anna Bianchi")
        till.press("Return")
        till.until(lambda seen: seen["sale"]["done"])

        # A second till in the same folder touches nothing and says who has it.
        second = run(folder)
        assert second.returncode == 1
        assert f"is running already (process {till.process.pid})" in second.stderr
        assert "Traceback" not in second.stderr

        till.process.send_signal(signal.SIGTERM)
        assert till.process.wait(PATIENCE_S) == 0
    assert len(list((folder / "printer").glob("[0-9]*.txt"))) == 1


def test_the_log_of_a_day_holds_no_member_and_no_code(folder: Path) -> None:
    secrets = (
        PAYMENT_CARD, ANNAS_CARD, ANNAS_PHONE, ANNAS_PHONE.removeprefix("+39"), "Anna", "Bianchi",
        "Planted", "3405551234", a_pass(105), ROSAS_BADGE, ROSAS_PIN + "9",
    )  # fmt: skip
    with started(folder) as till:
        till.until(lambda seen: seen.get("sign_in"))
        till.type(ROSAS_PIN + "9")
        till.press("Return")
        till.until(lambda seen: seen["sign_in"]["answer"])
        till.scan("LB1:" + ROSAS_BADGE)
        till.until(lambda seen: seen["page"] == "sale")
        for code in (PAYMENT_CARD, a_pass(105), ANNAS_CARD, ANNAS_PHONE, COFFEE):
            till.scan(code)
        till.until(lines)
        till.press("F4")
        till.until(lambda seen: seen["sale"]["side"])
        till.type("3405551234")
        till.press("Tab")
        till.type("Planted ")
        till.press("Tab")
        till.press("Space")
        till.press("F4")
        till.until(lambda seen: seen["sale"]["member"].get("greeting") == "Hello, Planted")
        (folder / "printer").rename(folder / "gone")
        till.press("Return")
        till.until(lambda seen: seen["sale"]["done"])
        till.tell(do="leave")
        assert till.process.wait(PATIENCE_S) == 0

    log = (folder / LOG).read_text(encoding="utf-8")
    assert '"what": "a device has a fault"' in log
    assert [secret for secret in secrets if secret in log] == []
    open_files = [path for path in folder.iterdir() if path.suffix in (".log", ".json", ".toml")]
    text = "".join(path.read_text(encoding="utf-8") for path in open_files)
    assert [secret for secret in secrets if secret in text] == []


def test_a_wrong_setting_is_told_with_its_place_before_anything_starts(folder: Path) -> None:
    (folder / SETTINGS).write_text("prnter = 1", encoding="utf-8")

    done = run(folder)

    assert done.returncode == 1
    assert done.stderr == (
        f"{folder / SETTINGS}: prnter: found unknown word 'prnter'; "
        "allowed: scanners, cameras, printer, screen\n"
    )


def test_without_a_display_the_till_says_so(folder: Path) -> None:
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }

    done = subprocess.run(
        command(folder), capture_output=True, text=True, check=False, timeout=60, env=bare
    )

    assert done.returncode == 1
    assert done.stderr == "There is no display to show the till on. Start it from a desktop.\n"
