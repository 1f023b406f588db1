"""A scanner that reads whatever text file is moved into its folder."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from drivers.simulated.folder import files_in, folder_setting, gone
from pos_loyalty.domain.scans import Scan, read_aim
from pos_loyalty.ports.devices import Scanner

_LOOK_EVERY_S = 0.01
_SCAN_BYTES_MAX = 4096


def open_scanner(settings: Mapping[str, str]) -> Scanner:
    """Open the scanner whose scans are the `.txt` files in `folder`, each read once.

    A file is written elsewhere, or under another ending, and renamed: else half of it is read.
    """
    return FolderScanner(folder_setting(settings))


class FolderScanner:
    """One folder of scans to come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, timeout_s: float) -> Scan | None:
        """Wait for the next scan."""
        deadline = time.monotonic() + timeout_s
        while not (found := files_in(self._folder, frozenset({".txt"}))):
            if time.monotonic() >= deadline:
                return None
            time.sleep(_LOOK_EVERY_S)
        return read_aim(self._take(found[0]).rstrip("\r\n"))

    def close(self) -> None:
        """Nothing is held."""

    def _take(self, path: Path) -> str:
        try:
            with path.open("rb") as scan:
                raw = scan.read(_SCAN_BYTES_MAX)
            path.unlink()
        except OSError as error:
            raise gone(self._folder, error) from error
        return raw.decode("utf-8", errors="replace")
