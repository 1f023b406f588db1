"""The till's log: facts with fields, a line of JSON each, rotated by size, no member data."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FILE = "till.log"
BYTES_MAX = 1_000_000
FILES = 5
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
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def begin_log(folder: Path) -> None:
    """Log into `folder`/till.log, and let no exception of any thread go unrecorded."""
    handler = logging.handlers.RotatingFileHandler(
        folder / FILE, maxBytes=BYTES_MAX, backupCount=FILES, encoding="utf-8"
    )
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
