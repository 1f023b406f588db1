"""What a scanner, a camera or a keyboard read, before anyone knows what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SCAN_CHARACTERS_MAX = 512


class Symbology(Enum):
    """The kinds of code we tell apart."""

    QR = "qr"
    MICRO_QR = "micro-qr"
    DATA_MATRIX = "data-matrix"
    AZTEC = "aztec"
    PDF417 = "pdf417"
    EAN13 = "ean-13"
    EAN8 = "ean-8"
    UPC_A = "upc-a"
    UPC_E = "upc-e"
    CODE128 = "code-128"
    CODE39 = "code-39"
    CODE93 = "code-93"
    ITF = "itf"
    CODABAR = "codabar"
    GS1_DATABAR = "gs1-databar"


@dataclass(frozen=True, slots=True)
class Scan:
    """One code as it was read: raw text, symbology where the device tells it.

    `gs1` is true when the code says it holds GS1 element strings (FNC1 first); then GS (0x1D) separates them.
    """

    text: str
    symbology: Symbology | None = None
    gs1: bool = False
