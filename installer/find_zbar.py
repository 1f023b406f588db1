"""Runs before the program: pyzbar asks the system for libzbar, and ours lies in the bundle."""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

bundle = getattr(sys, "_MEIPASS", None)  # Where PyInstaller's program has its files; no one else.
libraries = sorted(Path(bundle).glob("libzbar*")) if bundle else []
ask_system = ctypes.util.find_library


def find_library(name: str) -> str | None:
    """Look for zbar in the bundle, for all else where the system does."""
    return str(libraries[0]) if name == "zbar" else ask_system(name)


if libraries:
    ctypes.util.find_library = find_library
