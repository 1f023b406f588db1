"""The shared libraries that no Python package brings: what is missing, and getting it by apt."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from workshop.faults import SetUpError

# Library → Debian package, proven in a bare Debian 12. Without these Qt does not even draw.
NEEDED = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Windows on a display, a second decoder, Chinese glyphs: a till without them starts and says so.
WANTED = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzbar.so.0": "libzbar0",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc": "fonts-wqy-microhei",
    "/usr/bin/Xvfb": "xvfb",  # These three only for the tests: a real window, keys, faults.
    "/usr/bin/xdotool": "xdotool",
    "/usr/bin/strace": "strace",
}


def install_missing() -> None:
    """Install what is missing by apt where we may; else say what to do.

    Raises SetUpError when a needed library stays missing.
    """
    if not sys.platform.startswith("linux"):
        return  # The packages for Windows and macOS bring all they need.
    lacking = missing(NEEDED | WANTED)
    if not lacking:
        return
    apt = shutil.which("apt-get") is not None
    if apt and os.geteuid() == 0:
        _install_by_apt(tuple(lacking.values()))
    tell(missing(NEEDED), missing(WANTED), apt=apt)


def missing(libraries: Mapping[str, str]) -> dict[str, str]:
    """Choose those that cannot be loaded."""
    return {name: package for name, package in libraries.items() if not _is_there(name)}


def tell(needed: Mapping[str, str], wanted: Mapping[str, str], *, apt: bool) -> None:
    """Say how to get what is still missing. Raises SetUpError when any of it is needed."""
    lacking = {**needed, **wanted}
    if not lacking:
        return
    if apt:
        how = f"run once: sudo apt-get install {' '.join(lacking.values())}"
    else:
        how = f"install what your system calls the packages of {', '.join(lacking)}"
    if needed:
        raise SetUpError(f"Qt cannot start without {', '.join(needed)}. To get all of it, {how}")
    print(
        f"Not all system libraries are here; a till works without these. To get them, {how}",
        file=sys.stderr,
    )


def _is_there(name: str) -> bool:
    if name.startswith("/"):
        return Path(name).exists()
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _install_by_apt(packages: tuple[str, ...]) -> None:
    print(f"Installing system libraries with apt-get: {' '.join(packages)}.", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")  # Another apt may be at work.
    for command in ((*apt, "update"), (*apt, "install", "--no-install-recommends", *packages)):
        subprocess.run(command, stdout=sys.stderr, env=environment, check=False)
