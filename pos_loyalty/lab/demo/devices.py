"""Writing devices.toml, which says what devices a till has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_loyalty.terminal.settings import FILE


@dataclass(frozen=True, slots=True)
class Device:
    """A driver by its name, and what it wants to know."""

    driver: str
    settings: Mapping[str, str]


def keep_devices(
    till: Path,
    *,
    scanners: Sequence[Device],
    cameras: Sequence[Device],
    printers: Sequence[Device],
) -> None:
    """Write the file into a till's folder; of printers there is one at most."""
    lines = [
        *(line for one in scanners for line in _table("[[scanners]]", one)),
        *(line for one in cameras for line in _table("[[cameras]]", one)),
        *(line for one in printers[:1] for line in _table("[printer]", one)),
    ]
    (till / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(heading: str, device: Device) -> Iterator[str]:
    yield heading
    yield f"driver = {_text(device.driver)}"
    settings = (f"{name} = {_text(value)}" for name, value in device.settings.items())
    yield f"settings = {{ {', '.join(settings)} }}"


def _text(value: str) -> str:
    """Write a TOML basic string, which JSON's strings are."""
    return json.dumps(value, ensure_ascii=False)
