"""The files of this project, for the tests that read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("pos_loyalty", "drivers", "workshop", "installer")
SHIPPED = ("pos_loyalty", "drivers")
NEVER_OURS = {".git", ".venv", "__pycache__", "build", "dist", "demo-out"}


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Find the Python files below these folders of the project."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if NEVER_OURS.isdisjoint(path.parts)))


@cache
def parsed(path: Path) -> ast.Module:
    """Read a file as Python does."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def text_files() -> tuple[Path, ...]:
    """Find every file of the project that is text."""
    inside = (path for path in sorted(ROOT.rglob("*")) if path.is_file())
    ours = (path for path in inside if not _is_made(path.relative_to(ROOT)))
    return tuple(path for path in ours if b"\0" not in path.read_bytes()[:8192])


def _is_made(path: Path) -> bool:
    """Tell what tools leave behind from what people wrote."""
    names = path.parts
    return (
        not NEVER_OURS.isdisjoint(names) or names[0].endswith("_cache") or names[0] == ".hypothesis"
    )


def relative(path: Path) -> str:
    """Name a file as a person in the project does."""
    return path.relative_to(ROOT).as_posix()
