"""A till as a process of its own, worked through its robot."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_loyalty.lab.bench.figures import MeasurementFailed
from pos_loyalty.lab.own_command import own_command

GONE_S = 15
KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True)
class TillProcess:
    """A running till that takes orders."""

    process: subprocess.Popen[str]
    began: float

    def order(self, **order: str) -> dict[str, Any]:
        """Have one order carried out. Raises MeasurementFailed when the till is gone."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise MeasurementFailed("the till takes no orders")
        try:
            stdin.write(json.dumps(order) + "\n")
            stdin.flush()
            answer = stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            code = self.process.wait(GONE_S)
            raise MeasurementFailed(f"the till ended with {code} instead of doing {order}")
        told: dict[str, Any] = json.loads(answer)
        return told

    def seconds(self) -> float:
        """Tell how long it has been since the process was begun."""
        return time.perf_counter() - self.began

    def resident_mib(self) -> float | None:
        """Tell how much memory it has. None where the system does not say."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / KIB_PER_MIB
        return None


@contextmanager
def till_process(folder: Path) -> Iterator[TillProcess]:
    """Start the till in `folder`; it leaves at the end."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = (*own_command(), "till", "--data", str(folder), "--robot")
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - this very program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as process:
        try:
            yield TillProcess(process, began)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(GONE_S)
            except subprocess.TimeoutExpired:
                process.kill()
