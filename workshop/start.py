"""From a command to the program it means: see that the environment is ready, then become it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workshop.environment import ready_python
from workshop.faults import SetUpError

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    "test": "workshop.checks",
    "package": "workshop.package",
    "words": "workshop.words",
}
INTERRUPTED = 130  # What shells give for Ctrl-C.


def main(arguments: list[str]) -> int:
    """Run `test`, `package`, `words`, or `pos-loyalty` with whatever it is."""
    try:
        python = ready_python(ROOT)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"The environment could not be made: {error}. See that the disk has 2 GB free and that "
            "you may write there, and start again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Stopped. The next start begins the set-up anew.", file=sys.stderr)
        return INTERRUPTED
    return _become(python, arguments)


def _become(python: Path, arguments: list[str]) -> int:
    """Go on as the program itself; -P keeps the current folder out of its imports."""
    module = MODULES.get(arguments[0]) if arguments else None
    rest = arguments if module is None else arguments[1:]
    command = [str(python), "-P", "-m", module or "pos_loyalty", *rest]
    if sys.platform != "win32":
        os.execv(python, command)  # noqa: S606 - no shell is wanted
    return subprocess.run(command, check=False).returncode  # Windows has no exec that waits.
