"""The till's log: facts with fields, a line of JSON each, rotated by size, no member data."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FILE = "till.log"
BYTES_MAX = 1_000_000
FILES = 5
CAUSES_MAX, FRAMES_MAX = 5, 30
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Put time, level, place, message and the facts given as `extra` on one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "at": at,
            "level": record.levelname,
            "from": record.name,
            "what": record.getMessage(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in _USUAL}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["trace"] = _trace(error)
        return json.dumps(line, ensure_ascii=False, default=str)


def _trace(error: BaseException) -> list[str]:
    """Tell what was raised and where, causes first; the messages may hold what was scanned."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and len(chain) < CAUSES_MAX:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return [line for one in reversed(chain) for line in _frames(one)]


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_MAX:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    number = f" {error.errno}" if isinstance(error, OSError) else ""
    return [*where, type(error).__name__ + number]


def begin_log(folder: Path) -> None:
    """Log into `folder`/till.log, and let no exception of any thread go unrecorded."""
    handler = logging.handlers.RotatingFileHandler(
        folder / FILE, maxBytes=BYTES_MAX, backupCount=FILES, encoding="utf-8", delay=True
    )  # Opened by the first line: a second till in this folder has none to write.
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    sys.excepthook = _unexpected
    threading.excepthook = _unexpected_in_thread


def _unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("crash").critical("unexpected", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _unexpected_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _unexpected(told.exc_type, told.exc_value, told.exc_traceback)
