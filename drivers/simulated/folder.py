"""The folder that stands for a simulated device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pos_loyalty.ports.devices import DeviceFault, FaultKind, fault_kind


def folder_setting(settings: Mapping[str, str], also: frozenset[str] = frozenset()) -> Path:
    """Read the setting `folder`, which must exist. Raises DeviceFault."""
    unknown = sorted(set(settings) - {"folder"} - also)
    if unknown or not settings.get("folder"):
        what = f"unknown setting {unknown[0]!r}" if unknown else "folder is needed"
        name = settings.get("folder", "simulated device")
        raise DeviceFault(FaultKind.WRONG_SETTING, name, what)
    folder = Path(settings["folder"])
    if not folder.is_dir():
        raise DeviceFault(FaultKind.NOT_FOUND, str(folder), "no such folder")
    return folder


def files_in(folder: Path, endings: frozenset[str]) -> list[Path]:
    """List the files with these endings as a person counts: 2 before 10.

    Raises DeviceFault(GONE) when the folder is not there any more.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in endings]
    except OSError as error:
        raise gone(folder, error) from error
    return sorted(found, key=_natural)


def gone(folder: Path, error: OSError) -> DeviceFault:
    """Tell of a folder that vanished or may not be used."""
    kind = fault_kind(error, FaultKind.GONE)
    return DeviceFault(
        FaultKind.GONE if kind is FaultKind.NOT_FOUND else kind, str(folder), str(error)
    )


def _natural(path: Path) -> tuple[tuple[int, str], ...]:
    parts = re.findall(r"[0-9]+|[^0-9]+", path.name)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
