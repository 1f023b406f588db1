"""A document as a printer gets it: lines, pictures and codes, without any printer's language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol


class Align(Enum):
    """Where a text stands on the paper."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; the printer wraps it at its own width."""

    text: str
    bold: bool = False
    large: bool = False
    align: Align = Align.LEFT
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Columns:
    """A label on the left and a figure on the right.

    A label too long wraps, a figure never does.
    """

    left: str
    right: str
    bold: bool = False
    large: bool = False
    type: Literal["columns"] = "columns"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the paper."""

    type: Literal["rule"] = "rule"


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines."""

    lines: int = 1
    type: Literal["gap"] = "gap"


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, centred, with its caption below."""

    text: str
    caption: str = ""
    type: Literal["qr"] = "qr"


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of one slip."""

    type: Literal["cut"] = "cut"


Block = Text | Columns | Rule | Gap | QrCode | Cut


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """What one slip says, from top to bottom.

    `language` is the BCP 47 tag of its words.
    """

    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One bit per dot, rows padded to whole bytes, most significant bit left, 1 is black."""

    width_px: int
    height_px: int
    bits: bytes

    def __post_init__(self) -> None:
        if len(self.bits) != (self.width_px + 7) // 8 * self.height_px:
            msg = f"{self.width_px}×{self.height_px} dots do not fit {len(self.bits)} bytes"
            raise ValueError(msg)


class Typesetter(Protocol):
    """Sets a line in real type, for what a printer's code pages cannot say."""

    def set_line(
        self, left: str, right: str, *, width_px: int, height_px: int, bold: bool
    ) -> Bitmap:
        """Draw `left` at the left edge and `right` at the right edge of one line.

        The bitmap is exactly `width_px` by `height_px`; what is wider is condensed to fit.
        """
