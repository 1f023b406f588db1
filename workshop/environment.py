"""The .venv of a clone: whether it is ready, and making it ready whatever happened to it before."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tomllib
from pathlib import Path

UNFINISHED = b"unfinished"  # What the lock file says while an environment is being made.


def ready_python(root: Path) -> Path:
    """Return the Python of the clone's environment, which is made or mended first when needed.

    Raises SetUpError, or OSError where the disk refuses.
    """
    if not is_ready(root):
        _set_up(root)
    return python_of(root)


def python_of(root: Path) -> Path:
    """Name the Python of the clone's environment, there or not."""
    if sys.platform == "win32":
        return root / ".venv" / "Scripts" / "python.exe"
    return root / ".venv" / "bin" / "python"


def is_ready(root: Path) -> bool:
    """Tell whether the environment holds what the clone wants now."""
    try:
        return _stamp_file(root).read_text(encoding="utf-8") == _stamp(root)
    except OSError:  # No stamp, or no Python that it could speak of.
        return False


def _stamp_file(root: Path) -> Path:
    return root / ".venv" / "ready.sha256"


def _stamp(root: Path) -> str:
    """Digest all that an environment goes stale by: packages, metadata, place and Python."""
    with (root / "pyproject.toml").open("rb") as text:
        document = tomllib.load(text)
    metadata = (document["project"], document["build-system"], document["tool"]["hatch"])
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    digest.update((root / "pos_loyalty" / "__init__.py").read_bytes())  # The version.
    digest.update(json.dumps(metadata, sort_keys=True).encode())
    digest.update(os.fsencode(root))
    digest.update(os.fsencode(os.path.realpath(python_of(root), strict=True)))
    return digest.hexdigest()


def _set_up(root: Path) -> None:
    # Imported here because nearly every start finds its environment ready.
    from workshop import packages, system_libraries
    from workshop.sole_lock import sole_lock

    with sole_lock(root / ".venv.lock") as lock:
        if is_ready(root):  # The start that we waited for has done it.
            return
        system_libraries.install_missing()
        interrupted = lock.read() == UNFINISHED
        lock.seek(0)
        lock.write(UNFINISHED)
        _stamp_file(root).unlink(missing_ok=True)
        packages.make_environment(root / ".venv", python_of(root), afresh=interrupted)
        packages.install(root, python_of(root), held_fd=lock.fileno())
        _stamp_file(root).write_text(_stamp(root), encoding="utf-8")
        lock.truncate(0)
