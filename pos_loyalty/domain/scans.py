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

    `gs1` is true when the code says it holds GS1 element strings (FNC1 first); then GS (0x1D)
    separates them. Control characters are kept: whoever resolves the text refuses them.
    """

    text: str
    symbology: Symbology | None = None
    gs1: bool = False


def read_aim(raw: str) -> Scan:
    """Take what a scanner sent; an AIM identifier (`]C1`) before it tells the symbology.

    Source: ISO/IEC 15424; GS1 General Specifications 7.8 for those that announce GS1.
    """
    text = raw[3:]
    match raw[:1], raw[1:2], raw[2:3]:
        case "]", "E", "0" if len(text) in _EAN_BY_LENGTH:
            return Scan(text, _EAN_BY_LENGTH[len(text)])
        case "]", "E", "4" if len(text) == _EAN8_DIGITS:
            return Scan(text, Symbology.EAN8)
        case "]", letter, modifier if letter in _AIM_LETTERS and modifier.isalnum():
            return Scan(text, _AIM_LETTERS[letter], gs1=letter + modifier in _AIM_GS1)
        case _:
            return Scan(raw)


_EAN8_DIGITS = 8
_EAN_BY_LENGTH = {13: Symbology.EAN13, 12: Symbology.UPC_A, 8: Symbology.UPC_E}
_AIM_LETTERS = {
    "A": Symbology.CODE39,
    "C": Symbology.CODE128,
    "F": Symbology.CODABAR,
    "G": Symbology.CODE93,
    "I": Symbology.ITF,
    "L": Symbology.PDF417,
    "Q": Symbology.QR,
    "d": Symbology.DATA_MATRIX,
    "e": Symbology.GS1_DATABAR,
    "z": Symbology.AZTEC,
}
_AIM_GS1 = frozenset({"C1", "Q3", "Q4", "d2", "d5", "e0", "e1", "e2"})
