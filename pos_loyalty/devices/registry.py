"""Drivers found by name: what is installed, and opening one of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pos_loyalty.ports.devices import (
    CAMERAS,
    DECODERS,
    PRINTERS,
    SCANNERS,
    Camera,
    Decoder,
    DeviceFault,
    FaultKind,
    OpenCamera,
    OpenDecoder,
    OpenPrinter,
    OpenScanner,
    Printer,
    Scanner,
)
from pos_loyalty.ports.documents import Typesetter

_WORD_BY_GROUP = {
    SCANNERS: "scanner",
    CAMERAS: "camera",
    DECODERS: "decoder",
    PRINTERS: "printer",
}


def installed_drivers() -> Drivers:
    """Look up every driver that is installed, ours and a shop's own; loads none of them."""
    every = entry_points()
    return Drivers(tuple(entry for group in _WORD_BY_GROUP for entry in every.select(group=group)))


@dataclass(frozen=True, slots=True)
class Drivers:
    """Drivers by group and name. Opening raises DeviceFault, also when there is no such driver."""

    entries: tuple[EntryPoint, ...]

    def names(self, group: str) -> tuple[str, ...]:
        """List the drivers of one group (`SCANNERS` …)."""
        return tuple(sorted({entry.name for entry in self.entries if entry.group == group}))

    def open_scanner(self, driver: str, settings: Mapping[str, str]) -> Scanner:
        """Open a scanner."""
        opener: OpenScanner = self._load(SCANNERS, driver)
        return opener(settings)

    def open_camera(self, driver: str, settings: Mapping[str, str]) -> Camera:
        """Open a camera."""
        opener: OpenCamera = self._load(CAMERAS, driver)
        return opener(settings)

    def open_decoder(self, driver: str) -> Decoder:
        """Open a decoder."""
        opener: OpenDecoder = self._load(DECODERS, driver)
        return opener()

    def open_printer(
        self, driver: str, settings: Mapping[str, str], typesetter: Typesetter
    ) -> Printer:
        """Open a printer."""
        opener: OpenPrinter = self._load(PRINTERS, driver)
        return opener(settings, typesetter)

    def _load(self, group: str, driver: str) -> Any:  # noqa: ANN401 - the group says what it is
        for entry in self.entries:
            if (entry.group, entry.name) == (group, driver):
                try:
                    return entry.load()
                except ImportError as error:
                    raise DeviceFault(FaultKind.MISSING_LIBRARY, driver, str(error)) from error
        known = ", ".join(self.names(group)) or "none"
        what = f"no {_WORD_BY_GROUP[group]} driver of this name; installed: {known}"
        raise DeviceFault(FaultKind.WRONG_SETTING, driver, what)
