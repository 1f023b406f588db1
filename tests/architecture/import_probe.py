"""Imports every module below the folders named and tells which did anything but define things.

Run in a process of its own: an audit hook cannot be taken out again.
"""

from __future__ import annotations

import importlib
import sys
import sysconfig
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sysconfig.get_path("stdlib")
DEEDS = (
    "open",
    "os.",
    "socket.",
    "subprocess.",
    "sqlite3.connect",
    "ctypes.dlopen",
    "shutil.",
    "tempfile.",
    "_thread.start_new_thread",
)
deeds: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Record what one of our modules does while it is imported, be it through the library."""
    if not event.startswith(DEEDS):
        return
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - who called is the question
    while frame is not None and frame.f_code.co_filename.startswith((LIBRARY, "<frozen os>")):
        frame = frame.f_back
    if frame is None or not is_ours(frame):
        return  # The import system, or a package whose manners are not ours to mend.
    place = Path(frame.f_code.co_filename).relative_to(ROOT)
    deeds.append(f"{place}:{frame.f_lineno} {event} {arguments[:1]}")


def is_ours(frame: FrameType) -> bool:
    """Tell our modules from the frozen import system, installed packages and this probe."""
    name = frame.f_code.co_filename
    path = Path(name)
    return path.is_relative_to(ROOT) and ".venv" not in path.parts and name != __file__


def main(folders: list[str]) -> int:
    """Import all modules below `folders`; 1 when any did more than define."""
    sys.path.insert(0, str(ROOT))
    files = [path.relative_to(ROOT) for name in folders for path in (ROOT / name).rglob("*.py")]
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files}
    names = sorted(name for name in modules if not name.endswith("__main__"))
    sys.addaudithook(watch)
    for name in names:
        importlib.import_module(name)
    print(*(deeds or [f"quiet: {len(names)} modules"]), sep="\n")  # noqa: T201 - its answer
    return 1 if deeds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
