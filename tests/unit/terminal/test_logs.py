from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

from pos_loyalty.terminal.logs import FILE, JsonLines

PLANTED = "Anna Planted 4111111111111111"
CRASH = """
import logging, sys, threading
from pathlib import Path
from pos_loyalty.terminal.logs import begin_log
begin_log(Path(sys.argv[1]))
logging.getLogger("a").warning("the paper is out", extra={"device": "printer"})
def fail():
    try:
        int(sys.argv[2])
    except ValueError as error:
        raise LookupError(sys.argv[2]) from error
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def test_a_line_of_the_log_is_facts_with_fields() -> None:
    record = logging.makeLogRecord(
        {"msg": "a %s", "args": ("job",), "levelname": "INFO", "name": "x", "took_ms": 60}
    )

    line = json.loads(JsonLines().format(record))

    assert {k: line[k] for k in ("what", "level", "from", "took_ms")} == {
        "what": "a job",
        "level": "INFO",
        "from": "x",
        "took_ms": 60,
    }


def test_a_crash_of_any_thread_is_written_down_without_what_was_scanned(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path), PLANTED],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    first, in_thread, at_last = (json.loads(line) for line in text.splitlines())
    assert (first["what"], first["device"]) == ("the paper is out", "printer")
    for line in (in_thread, at_last):
        assert line["level"] == "CRITICAL"
        assert "ValueError" in line["trace"]
        assert line["trace"][-1] == "LookupError"
    assert PLANTED not in text


def test_an_error_of_the_system_keeps_its_number() -> None:
    error = FileNotFoundError(2, "No such file", "annas-file")
    record = logging.makeLogRecord({"exc_info": (type(error), error, None)})

    assert json.loads(JsonLines().format(record))["trace"] == ["FileNotFoundError 2"]
