"""Running one tool of the checks with its output kept and its time limited."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a tool ended."""

    good: bool
    output: str


@dataclass(frozen=True, slots=True)
class ToolRun:
    """A tool that works in a process group of its own, so that what it started ends with it."""

    process: subprocess.Popen[bytes]
    output: IO[bytes]  # A file, not a pipe: whatever the tool left running cannot keep us waiting.
    started_at_s: float = field(default_factory=time.monotonic)

    def wait(self, limit_s: float) -> Outcome:
        """Wait for the end, `limit_s` from the start at the longest."""
        left_s = max(0.0, self.started_at_s + limit_s - time.monotonic())
        try:
            good = self.process.wait(left_s) == 0
            remark = "" if self.process.returncode >= 0 else self._signal_remark()
        except subprocess.TimeoutExpired:
            good, remark = False, f"\nStopped: no end after {limit_s:.0f} s."
        finally:
            self._end_group()
        self.output.seek(0)
        text = self.output.read().decode(errors="replace")
        self.output.close()
        return Outcome(good=good, output=(text + remark).strip())

    def _signal_remark(self) -> str:
        return f"\nEnded by {signal.Signals(-self.process.returncode).name}."

    def _end_group(self) -> None:
        if self.process.poll() is not None:
            return
        if sys.platform == "win32":
            self.process.kill()
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start_python(
    arguments: tuple[str, ...], folder: Path, variables: Mapping[str, str] | None = None
) -> ToolRun:
    """Start this environment's Python in `folder`."""
    output = TemporaryFile()  # noqa: SIM115 - closed when the tool has ended
    process = subprocess.Popen(
        (sys.executable, *arguments),
        cwd=folder,
        env=os.environ | (variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=sys.platform != "win32",
    )
    return ToolRun(process, output)
