"""Pictures for printers: bands of dots, and QR codes drawn where a printer has none."""

from __future__ import annotations

from collections.abc import Iterator

import segno

from pos_loyalty.ports.documents import Bitmap

BAND_LINES_MAX = 256  # Small printers lose what they cannot hold at once.

_QUIET_MODULES = 4
_MODULE_DOTS_MAX = 6


def raster(picture: Bitmap) -> bytes:
    """Print a picture: GS v 0, in bands."""
    return b"".join(_band(band) for band in _bands(picture))


def centred(picture: Bitmap) -> Bitmap:
    """Move what is drawn to the middle of the picture."""
    rows = _rows(picture)
    ink = 0
    for row in rows:
        ink |= row
    if not ink:
        return picture
    width = _row_bytes(picture) * 8
    blank_left = width - ink.bit_length()
    blank_right = (ink & -ink).bit_length() - 1
    shift = (blank_right - blank_left) // 2
    moved = [row >> shift if shift > 0 else row << -shift for row in rows]
    return _bitmap(moved, picture.width_px, picture.height_px)


def drawn_qr(text: str, dots: int) -> Bitmap:
    """Draw a QR code in the middle of a strip `dots` wide, quiet zone included."""
    modules = [list(row) for row in segno.make_qr(text, error="m").matrix]
    side = module_dots(len(modules), dots)
    left = (dots - len(modules) * side) // 2
    rows = []
    for line in modules:
        row = 0
        for module in line:
            row = row << side | ((1 << side) - 1 if module else 0)
        rows += [row << (dots - left - len(modules) * side)] * side
    quiet = [0] * (_QUIET_MODULES * side)
    return _bitmap([*quiet, *rows, *quiet], dots, len(rows) + 2 * len(quiet))


def module_dots(modules: int, dots: int) -> int:
    """How wide a module may be so that the code and its quiet zone fit; at least 2 dots."""
    return max(2, min(_MODULE_DOTS_MAX, dots // (modules + 2 * _QUIET_MODULES)))


def _bands(picture: Bitmap) -> Iterator[Bitmap]:
    step = BAND_LINES_MAX * _row_bytes(picture)
    for start in range(0, len(picture.bits), step):
        bits = picture.bits[start : start + step]
        yield Bitmap(picture.width_px, len(bits) // _row_bytes(picture), bits)


def _band(band: Bitmap) -> bytes:
    width = _row_bytes(band).to_bytes(2, "little")
    return b"\x1dv0\x00" + width + band.height_px.to_bytes(2, "little") + _defused(band.bits)


def _defused(bits: bytes) -> bytes:
    """Add a dot where a picture would hold a real-time command.

    Printers obey DLE EOT (answer), DLE ENQ (recover) and DLE DC4 (open the drawer, switch off)
    even within picture data. Source: Epson ESC/POS reference, "real-time commands".
    """
    for command, harmless in _REAL_TIME:
        bits = bits.replace(command, harmless)
    return bits


_REAL_TIME = (
    (b"\x10\x04", b"\x10\x0c"),
    (b"\x10\x05", b"\x10\x0d"),
    (b"\x10\x14", b"\x10\x1c"),
)


def _row_bytes(picture: Bitmap) -> int:
    return (picture.width_px + 7) // 8


def _rows(picture: Bitmap) -> list[int]:
    step = _row_bytes(picture)
    return [
        int.from_bytes(picture.bits[start : start + step], "big")
        for start in range(0, len(picture.bits), step)
    ]


def _bitmap(rows: list[int], width_px: int, height_px: int) -> Bitmap:
    step = (width_px + 7) // 8
    return Bitmap(width_px, height_px, b"".join(row.to_bytes(step, "big") for row in rows))
