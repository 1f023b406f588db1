"""A till in a process of its own, worked by a script through the keys a person would press."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from pos_loyalty.lab.demo.processes import READY_S, Child, ProcessFailed

ANSWER_S = 20.0
LOOK_EVERY_S = 0.03
SEEN_CHARACTERS = 600

Seen = dict[str, Any]  # What the till's screen shows: its states, as the robot tells them.


class NotSeen(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """What the script waited for did not come."""


class RobotTill:
    """One till; it may be killed and started again. Every order waits for the till's answer.

    A context: afterwards it has ended, however that came.
    """

    def __init__(self, name: str, folder: Path, log: Path) -> None:
        self.name = name
        self.folder = folder
        self.pids: list[int] = []
        self._log = log
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.stop()

    def start(self) -> None:
        """Start it; its first answer comes when it is ready."""
        self._child = Child(self.name, ("till", "--robot", "--data", str(self.folder)), self._log)
        self.pids.append(self._child.pid)

    def press(self, *keys: str) -> None:
        """Press keys by Qt's names, one after the other."""
        for key in keys:
            self._do({"do": "press", "key": key})

    def type(self, text: str) -> None:
        """Type with a person's rhythm."""
        self._do({"do": "type", "text": text})

    def draw(self, file: Path) -> None:
        """Draw the window into a picture."""
        self._do({"do": "draw", "file": str(file)})

    def look(self) -> Seen:
        """Tell what the screen shows."""
        return self._do({"do": "look"})

    def wait_for(
        self, what: str, there: Callable[[Seen], object], timeout_s: float = ANSWER_S
    ) -> Seen:
        """Look until `there` finds what it looks for. Raises NotSeen, naming `what`."""
        deadline = time.monotonic() + timeout_s
        while True:
            seen = self.look()
            if there(seen):
                return seen
            if time.monotonic() > deadline:
                shown = json.dumps(seen, ensure_ascii=False)[:SEEN_CHARACTERS]
                raise NotSeen(f"{self.name} never showed {what}. It shows {shown}")
            time.sleep(LOOK_EVERY_S)

    def leave(self) -> None:
        """Close the window, and wait until the till has put everything away."""
        self._do({"do": "leave"})
        self._running.leave()

    def kill(self) -> None:
        """Kill the till as a power cut does."""
        self._running.kill()

    @property
    def _running(self) -> Child:
        if self._child is None:
            raise ValueError("the till was not started")
        return self._child

    def _do(self, order: dict[str, str]) -> Seen:
        self._running.say(json.dumps(order))
        answer: Seen = json.loads(self._running.hear(READY_S))
        if "error" in answer:
            raise ProcessFailed(f"{self.name} cannot {order['do']}: {answer['error']}")
        return answer
