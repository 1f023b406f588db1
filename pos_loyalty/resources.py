"""Where the files that come with the program lie: in a clone, in a wheel, in the installer."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Name a file or folder under resources/."""
    packed = _HERE / "_resources"  # Where the wheel and the installer put them.
    root = packed if packed.is_dir() else _HERE.parent / "resources"
    return root.joinpath(*parts)
