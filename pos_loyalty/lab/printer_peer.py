"""A receipt printer on the loopback network that can be switched off, emptied and broken."""

from __future__ import annotations

import socket
import threading
from enum import Enum
from typing import Self

_FIXED = 0b0001_0010
_ANSWERS = {1: _FIXED, 2: _FIXED, 4: _FIXED}  # Printer ready; cover shut; paper there.
_LISTEN_EVERY_S = 0.05
_JOB_BYTES_MAX = 8 * 1024 * 1024
_STATUS = b"\x10\x04"


class Behaviour(Enum):
    """What the printer does with the next job."""

    PRINTS = "prints"
    SILENT = "silent"  # Takes everything, answers nothing.
    PAPER_LOW = "paper-low"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    CLOSES_MID_JOB = "closes-mid-job"  # Answers, then hangs up once a slip comes.
    SILENT_AFTER_JOB = "silent-after-job"  # Answers, then not after the slip.
    RUNS_OUT = "runs-out"  # Answers, and has no paper after the slip.


class PrinterPeer:
    """One printer, with all it was sent. A context: it listens inside only. Port 0: a free one."""

    def __init__(self, behaviour: Behaviour = Behaviour.PRINTS, *, port: int = 0) -> None:
        self.behaviour = behaviour
        self._listener = socket.create_server(("127.0.0.1", port))
        self._listener.settimeout(_LISTEN_EVERY_S)
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._jobs: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, name="printer-peer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=10)
        self._listener.close()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def jobs(self) -> tuple[bytes, ...]:
        """What each connection sent, status questions left out; connections of only those, too."""
        with self._changed:
            return tuple(self._jobs)

    def wait_for_jobs(self, count: int, timeout_s: float = 10) -> tuple[bytes, ...]:
        """Wait until so many slips came. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._jobs) >= count, timeout_s):
                msg = f"{len(self._jobs)} slips came in {timeout_s} s, not {count}"
                raise TimeoutError(msg)
            return tuple(self._jobs)

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            with line:
                job = _Job(line, self)
                job.take(self._stop)
            if job.slip:
                with self._changed:
                    self._jobs.append(bytes(job.slip))
                    self._changed.notify_all()


class _Job:
    """One connection: what came, and what to answer."""

    def __init__(self, line: socket.socket, peer: PrinterPeer) -> None:
        self.slip = bytearray()
        self._line = line
        self._peer = peer
        self._half = b""  # The beginning of a status question.

    def take(self, stop: threading.Event) -> None:
        """Receive until the till hangs up, or we do."""
        self._line.settimeout(_LISTEN_EVERY_S)
        while not stop.is_set() and len(self.slip) < _JOB_BYTES_MAX:
            try:
                received = self._line.recv(65536)
            except TimeoutError:
                continue
            except OSError:  # The till hung up hard: the slip so far is the slip.
                return
            if not received or not self._obey(received):
                return

    def _obey(self, received: bytes) -> bool:
        """Keep what is printed, answer what is asked. False to hang up."""
        left = self._half + received
        while (at := left.find(_STATUS)) >= 0 and at + 2 < len(left):
            self.slip += left[:at]
            if not self._answer(left[at + 2]):
                return False
            left = left[at + 3 :]
        keep = len(left) - at if at >= 0 else int(left.endswith(_STATUS[:1]))
        self.slip += left[: len(left) - keep]
        self._half = left[len(left) - keep :]
        return not (self.slip and self._peer.behaviour is Behaviour.CLOSES_MID_JOB)

    def _answer(self, question: int) -> bool:
        answer = self._status(question)
        if answer is not None:
            try:
                self._line.sendall(bytes([answer]))
            except OSError:
                return False
        return True

    def _status(self, question: int) -> int | None:
        match self._peer.behaviour, question, bool(self.slip):
            case (Behaviour.SILENT, _, _) | (Behaviour.SILENT_AFTER_JOB, _, True):
                return None
            case Behaviour.PAPER_LOW, 4, _:
                return _FIXED | 0b0000_1100
            case (Behaviour.PAPER_OUT, 4, _) | (Behaviour.RUNS_OUT, 4, True):
                return _FIXED | 0b0110_0000
            case (Behaviour.PAPER_OUT, 1, _) | (Behaviour.COVER_OPEN, 1, _):
                return _FIXED | 0b0000_1000
            case Behaviour.COVER_OPEN, 2, _:
                return _FIXED | 0b0000_0100
            case _:
                return _ANSWERS.get(question)
