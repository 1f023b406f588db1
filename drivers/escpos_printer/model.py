"""What a printer can do: its width, its code pages, its codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

_CODECS = {"CP858": "cp858", "CP866": "cp866"}  # Western with €; Cyrillic.


@dataclass(frozen=True, slots=True)
class CodePage:
    """A table of characters the printer has, and the number it goes by there."""

    codec: str
    slot: int


@dataclass(frozen=True, slots=True)
class PrinterModel:
    """One kind of printer."""

    columns: int
    dots: int
    code_pages: tuple[CodePage, ...] = (CodePage("cp858", 19), CodePage("cp866", 17))
    native_qr: bool = True


MODELS_BY_PAPER_MM = {
    "58": PrinterModel(columns=32, dots=384),
    "80": PrinterModel(columns=48, dots=576),
}


def known_model(profile: str, otherwise: PrinterModel) -> PrinterModel:
    """Look a printer up in python-escpos' table; what the table does not know is `otherwise`.

    The table is read as the data it is: importing the package's code takes 0.2 s, leaves an empty
    temporary folder behind at each start and sets up the root logger.

    Raises KeyError when there is no such profile.
    """
    table = json.loads(resources.files("escpos").joinpath("capabilities.json").read_bytes())
    entry = table["profiles"][profile]
    columns = entry["fonts"].get("0", {}).get("columns")
    dots = entry["media"].get("width", {}).get("pixels")  # "Unknown", or not there, at times.
    return PrinterModel(
        columns=columns if isinstance(columns, int) else otherwise.columns,
        dots=dots // 8 * 8 if isinstance(dots, int) else otherwise.dots,  # Rasters go by bytes.
        code_pages=tuple(
            CodePage(_CODECS[name], int(slot))
            for slot, name in entry["codePages"].items()
            if name in _CODECS
        ),
        native_qr=bool(entry["features"].get("qrCode", False)),
    )
