"""Making a virtual environment and putting the locked packages and the project into it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

from workshop.faults import SetUpError

LOCK = "requirements.lock"


def make_environment(folder: Path, python: Path, *, afresh: bool) -> None:
    """Make an empty environment in `folder`, unless one is there that nothing interrupted."""
    if afresh or not python.exists():
        print(f"Making {folder}.", file=sys.stderr)
        links = sys.platform != "win32"
        venv.EnvBuilder(clear=True, symlinks=links).create(folder)


def install(root: Path, python: Path, held_fd: int) -> None:
    """Install what requirements.lock names, each file checked by its hash, then the project.

    `held_fd` goes along to the installer: where we are killed, it keeps the lock until it ends.
    Raises SetUpError.
    """
    installer = _installer(python, held_fd)
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    print("Installing the locked packages (some 350 MB, a few minutes).", file=sys.stderr)
    locked = ("--no-deps", "--require-hashes", "-r", str(root / LOCK))
    if _run((*installer, *quiet, *locked), held_fd) != 0:
        raise SetUpError(
            "The packages could not be installed; what the installer said is above. They come "
            "from the package index that pip or uv is set up for: check the line (or the proxy, "
            "or the space on the disk) and start again."
        )
    project = ("--no-deps", "--no-build-isolation", "--editable", str(root))
    if _run((*installer, "--quiet", *project), held_fd) != 0:
        raise SetUpError(
            "The packages are there, but the project itself could not be installed; what the "
            "installer said is above. Undo local changes to pyproject.toml and start again."
        )


def _installer(python: Path, held_fd: int) -> tuple[str, ...]:
    """Choose what installs: uv where it is, else pip, which need not be in the environment."""
    uv = shutil.which("uv")
    if uv is not None:
        return (uv, "pip", "install", "--python", str(python))
    options = ("install", "--disable-pip-version-check", "--no-input")
    if find_spec("ensurepip") is not None:
        if _run((str(python), "-m", "ensurepip"), held_fd) == 0:
            return (str(python), "-m", "pip", *options)
    elif find_spec("pip") is not None:
        return (sys.executable, "-m", "pip", "--python", str(python), *options)
    raise SetUpError(
        f"Neither uv nor pip works with {sys.executable}. Install one (on Debian and Ubuntu: "
        "sudo apt-get install python3-venv) and start again."
    )


def _run(command: tuple[str, ...], held_fd: int) -> int:
    """Run a tool and let it speak; what it says is never part of our own output."""
    held = () if sys.platform == "win32" else (held_fd,)
    return subprocess.run(command, stdout=sys.stderr, check=False, pass_fds=held).returncode
