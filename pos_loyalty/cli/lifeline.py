"""Ending with whoever has started us: a pipe on our stdin says, by its end, that they are gone."""

from __future__ import annotations

import os
import signal
import threading

STDIN = 0
BYTES_AT_ONCE = 4096


def end_when_stdin_ends() -> None:
    """End in good order, as on SIGTERM, when stdin ends; what comes on it is thrown away."""
    threading.Thread(target=_wait, name="lifeline", daemon=True).start()


def _wait() -> None:
    # Not through sys.stdin: a thread that holds its lock stops the interpreter from ending.
    while os.read(STDIN, BYTES_AT_ONCE):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
