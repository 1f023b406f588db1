"""A printer that puts each slip into its folder, as a text and as the document it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from pathlib import Path

from drivers.simulated.folder import files_in, folder_setting, gone
from pos_loyalty.ports.devices import (
    DeviceFault,
    FaultKind,
    Paper,
    Printer,
    PrinterStatus,
    PrintOutcome,
)
from pos_loyalty.ports.documents import PrintDocument, Typesetter
from pos_loyalty.ports.layout import plain_text

_COLUMNS_BY_PAPER_MM = {"58": 32, "80": 48}
_PAPER_OUT = "paper-out"


def open_printer(settings: Mapping[str, str], typesetter: Typesetter) -> Printer:  # noqa: ARG001 - a text needs no typesetter
    """Open the printer whose slips are `0001.txt` and `0001.json` in `folder`.

    `paper_mm` is 58 or 80. A file `paper-out` in the folder takes its paper away; `drawer.txt`
    counts, in lines, how often the drawer was opened.
    """
    folder = folder_setting(settings, also=frozenset({"paper_mm"}))
    paper_mm = settings.get("paper_mm", "80")
    if paper_mm not in _COLUMNS_BY_PAPER_MM:
        what = f"paper_mm is one of 58, 80, not {paper_mm!r}"
        raise DeviceFault(FaultKind.WRONG_SETTING, str(folder), what)
    return FolderPrinter(folder, _COLUMNS_BY_PAPER_MM[paper_mm])


class FolderPrinter:
    """One folder of slips."""

    def __init__(self, folder: Path, columns: int) -> None:
        self._folder = folder
        self._columns = columns

    def status(self) -> PrinterStatus:
        """Look at the folder."""
        if not self._folder.is_dir():
            raise DeviceFault(FaultKind.GONE, str(self._folder))
        return PrinterStatus(Paper.OUT if (self._folder / _PAPER_OUT).exists() else Paper.PRESENT)

    def print(self, document: PrintDocument) -> PrintOutcome:
        """Write one slip."""
        if trouble := self.status().trouble:
            raise DeviceFault(trouble, str(self._folder))
        number = 1 + max((int(p.stem) for p in self._slips() if p.stem.isdecimal()), default=0)
        as_json = json.dumps(asdict(document), default=_plain_value, ensure_ascii=False, indent=1)
        self._put(f"{number:04}.json", as_json)
        self._put(f"{number:04}.txt", plain_text(document, self._columns))
        return PrintOutcome.DONE

    def open_drawer(self) -> None:
        """Write a line for each time."""
        try:
            with (self._folder / "drawer.txt").open("a", encoding="utf-8") as drawer:
                drawer.write("open\n")
        except OSError as error:
            raise gone(self._folder, error) from error

    def close(self) -> None:
        """Nothing is held."""

    def _slips(self) -> list[Path]:
        return files_in(self._folder, frozenset({".json"}))

    def _put(self, name: str, text: str) -> None:
        draft = self._folder / f"{name}.draft"
        try:
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._folder / name)
        except OSError as error:
            raise gone(self._folder, error) from error


def _plain_value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(value)
