"""The parts of `python3 run.py test`: what each looks at, and how long it may take on two cores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """Checks that run together: the linters, or the tests of some folders."""

    name: str
    budget_s: int
    folders: tuple[str, ...] = ()  # Below tests/. None: the linters.
    covers: bool = False  # Whether every branch that coverage measures must be taken in it.

    def folders_with_tests(self, root: Path) -> tuple[Path, ...]:
        """Find those of its folders that have something to run yet."""
        folders = (root / "tests" / name for name in self.folders)
        return tuple(folder for folder in folders if any(folder.rglob("test_*.py")))


PARTS = (
    Part("lint", 90),
    Part("unit", 120, ("unit", "architecture", "usecases", "presenters"), covers=True),
    Part("ports", 120, ("ports", "server")),
    Part("qt", 150, ("views", "bench")),
    Part("simulate", 120, ("simulation",)),
    Part("faults", 120, ("faults",)),
    Part("screens", 60, ("screens",)),
    Part("end-to-end", 90, ("endtoend",)),
)

# Arguments for Python. They run side by side and share the cores.
LINTERS = {
    "format": ("-m", "ruff", "format", "--check", "--quiet", "--output-format=concise", "."),
    "lint": ("-m", "ruff", "check", "--quiet", "--output-format=concise", "."),
    "types": ("-m", "mypy", "--no-error-summary"),
    "imports": (
        "-c",
        "from importlinter.cli import lint_imports_command as check; check()",
        "--no-logo",
    ),
}
