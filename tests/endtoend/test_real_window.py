"""A real window on a real display, worked by real keys: a person's rhythm and a scanner's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pos_loyalty.terminal.settings import FILE as SETTINGS
from tests.fakes.counter import ANNA, COFFEE, ROSAS_PIN, card, indexed, known, lot
from tests.fakes.till_folder import a_till_folder

PATIENCE_S = 30.0
PERSON_MS, SCANNER_MS = 90, 4
ANNAS_CARD = card(1)
EAN = COFFEE.removeprefix("0")
ROOT = Path(__file__).parents[2]
AWHILE = threading.Event()  # Never set: between two looks.


def tool(name: str) -> str:
    """Find a program of the system; the set-up installs it where it may."""
    path = shutil.which(name)
    assert path is not None, f"{name} is not here: sudo apt-get install {name.lower()}"
    return path


@dataclass
class Display:
    """An X display without a screen."""

    name: str

    def environment(self) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": ""}

    def xdotool(self, *words: str) -> None:
        subprocess.run(
            (tool("xdotool"), *words), env=self.environment(), check=True, timeout=PATIENCE_S
        )


@dataclass
class Till:
    """A running till; it is looked at by its script, and worked by the keyboard."""

    process: subprocess.Popen[str]
    display: Display

    def look(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write('{"do": "look"}\n')
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def until(self, reached: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_S
        while not reached(seen := self.look()):
            assert time.monotonic() < deadline, seen
            AWHILE.wait(0.05)
        return seen

    def type(self, text: str, gap_ms: int = PERSON_MS) -> None:
        """Type with so much time between two keys; the last is Enter."""
        signs = ("period" if sign == "." else sign for sign in text)
        self.display.xdotool("key", "--delay", str(gap_ms), *signs, "Return")

    def press(self, *keys: str) -> None:
        self.display.xdotool("key", "--delay", str(PERSON_MS), *keys)


@pytest.fixture
def display() -> Iterator[Display]:
    read, write = os.pipe()
    server = subprocess.Popen(
        (tool("Xvfb"), "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"),
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield Display(f":{number}")
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


@pytest.fixture
def till(display: Display, tmp_path: Path) -> Iterator[Till]:
    folder = a_till_folder(tmp_path / "a till", known(ANNA, lot(300)), indexed(ANNAS_CARD))
    (folder / "printer").mkdir()
    where = json.dumps(str(folder / "printer"))
    (folder / SETTINGS).write_text(
        f'screen = {{ language = "en", full_screen = true }}\n'
        f'printer = {{ driver = "simulated", settings = {{ folder = {where} }} }}\n',
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "pos_loyalty", "till", "--data", str(folder), "--robot")
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=display.environment(),
    ) as process:
        till = Till(process, display)
        till.until(lambda seen: seen.get("sign_in"))
        try:
            yield till
        finally:
            process.kill()


def lines(seen: dict[str, Any]) -> list[str]:
    return [line["name"] for line in seen["sale"]["basket"]["lines"]]


def test_a_shift_at_a_real_window_with_real_keys(till: Till) -> None:
    # The window has to have the keyboard before somebody types.
    till.display.xdotool("search", "--sync", "--name", "POS Loyalty", "windowfocus", "--sync")
    till.type(ROSAS_PIN)
    till.until(lambda seen: seen["page"] == "sale")

    # A scanner that is a keyboard: nothing of the card is left in the line for typing.
    till.type(ANNAS_CARD, SCANNER_MS)
    seen = till.until(lambda seen: "greeting" in seen["sale"]["member"])
    assert seen["sale"]["member"]["greeting"] == "Hello, Anna Bianchi"
    assert seen["sale"]["basket"]["entry"]["text"] == ""
    till.type(EAN, SCANNER_MS)
    till.until(lambda seen: lines(seen) == ["Coffee 250 g"])

    # In the field of a panel, too; the panel gives way to the member.
    till.press("F3")
    till.until(lambda seen: seen["sale"]["side"])
    till.type(EAN, SCANNER_MS)
    till.until(lambda seen: seen["sale"]["basket"]["lines"][0]["quantity"] == "2")

    # A person types an amount: Enter puts it in, the next takes the money, once however long held.
    till.type("3.20")
    till.until(lambda seen: lines(seen) == ["Coffee 250 g", "Amount"])
    till.display.xdotool("keydown", "Return")
    till.until(lambda seen: seen["sale"]["done"])
    AWHILE.wait(1.0)  # The keyboard repeats a held key after half a second.
    done = till.look()["sale"]["done"]
    till.display.xdotool("keyup", "Return")
    assert done["title"] == "Sale 1.2 is done"
    assert [figure["value"] for figure in done["figures"]] == [
        "300 points",
        "+26 points",
        "326 points",
    ]
