"""The demo's other processes: a server, tills, and how all of them end with this one."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Self

from pos_loyalty.lab.own_command import own_command
from pos_loyalty.server.cluster_home import find_home
from pos_loyalty.server.cluster_process import ClusterProcess

READY_S = 90.0  # A first start of PostgreSQL on a slow disk.
LEAVE_S = 20.0
KILLED_S = 10.0
LINES_MAX = 1000
TAIL_CHARACTERS = 2000
LIFELINE = "--until-stdin-ends"
HOST = "127.0.0.1"


class ProcessFailed(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A process of the demo did not do its part; the text says which, and its last words."""


class Child:
    """One process with a pipe of ours as its stdin: when we end, however that happens, so does it.

    A robot till sees the end of the pipe by itself; others are started with `LIFELINE`.
    """

    def __init__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        """Start it; what it has to say against us goes to the end of the file `log`."""
        self.name = name
        self._log = log
        self._lines: queue.Queue[str | None] = queue.Queue(LINES_MAX)
        with log.open("ab") as complaints:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                (*own_command(), *arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,  # Ctrl-C is for us: we end the others in good order.
            )
        self._thread = threading.Thread(target=self._read, name=f"hear {name}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def say(self, line: str) -> None:
        """Write a line to it. Raises ProcessFailed when it is gone."""
        try:
            stdin = _pipe(self._process.stdin)
            stdin.write(line.encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise self.failed("is gone") from error

    def hear(self, timeout_s: float) -> str:
        """Wait for its next line. Raises ProcessFailed when none comes."""
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            raise self.failed(f"says nothing for {timeout_s:.0f} s") from None
        if line is None:
            raise self.failed("ended")
        return line

    def wait(self) -> int:
        """Wait until it ends by itself; answers with its exit code."""
        return self._process.wait()

    def kill(self) -> None:
        """Kill it on the spot, as a power cut does."""
        self._process.kill()
        self._process.wait(KILLED_S)
        self._let_go()

    def stop(self) -> None:
        """Let it end in good order; kill it if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self.leave()

    def leave(self) -> None:
        """Wait for an end that was asked for; kill it if it does not come."""
        try:
            self._process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(KILLED_S)
        self._let_go()

    def failed(self, what: str) -> ProcessFailed:
        """Say what it did, with its last words."""
        words = self._log.read_text(encoding="utf-8", errors="replace")[-TAIL_CHARACTERS:].strip()
        return ProcessFailed(f"{self.name} {what}." + (f" It said: {words}" if words else ""))

    def _let_go(self) -> None:
        self._thread.join(KILLED_S)
        for pipe in (self._process.stdin, self._process.stdout):
            _pipe(pipe).close()

    def _read(self) -> None:
        for line in _pipe(self._process.stdout):
            self._lines.put(line.decode(errors="replace"))
        self._lines.put(None)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("every child has pipes")
    return pipe


class ServerProcess:
    """The embedded server as a process of its own; it may be killed and started again."""

    def __init__(self, folder: Path, log: Path, port: int = 0) -> None:
        """Describe it. Port 0 is any free one; it stays the same once it was found."""
        self._folder = folder
        self._log = log
        self._child: Child | None = None
        self.port = port
        self.pids: list[int] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it is called."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it; it is not ready yet."""
        where = ("--embedded", str(self._folder), "--port", str(self.port), "--json")
        self._child = Child("The server", (LIFELINE, "server", "run", *where), self._log)
        self.pids.append(self._child.pid)

    def wait_until_ready(self) -> None:
        """Wait until it takes calls. Raises ProcessFailed."""
        told = json.loads(self._running.hear(READY_S))
        if "url" not in told:
            raise ProcessFailed(told.get("text", "The server does not start."))
        self.port = int(told["url"].rpartition(":")[2])

    def kill(self) -> None:
        """Kill it as a power cut does; its database goes on running, and waits for another."""
        self._running.kill()

    def stop(self) -> None:
        """Stop it and its database, also when it was killed before."""
        self._running.stop()
        ClusterProcess(find_home(self._folder), durable=True).stop()

    @property
    def _running(self) -> Child:
        if self._child is None:
            raise ValueError("the server was not started")
        return self._child


def at_home() -> None:
    """Keep what the demo does out of the system's key store, in this process and in the others."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
