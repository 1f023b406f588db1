"""A slip as a picture, as it would lie on the counter."""

from __future__ import annotations

import numpy as np
import segno
from numpy.typing import NDArray

from pos_loyalty.lab.paper import Align, Feed, Mark, Picture, Printed, Qr, Slip, Words

Grey = NDArray[np.uint8]  # Rows of pixels, 0 is black.

_CELL_PX, _LINE_PX, _LETTER_PX = 12, 30, 20
_QUIET_MODULES = 4


def draw(slip: Slip) -> Grey:
    """Draw the slip, grey, one pixel for each dot of the printer."""
    bands = [band for item in slip.printed if (band := _band(item, slip.width_px)) is not None]
    return np.vstack([_blank(slip.width_px, _LINE_PX), *bands, _blank(slip.width_px, _LINE_PX)])


def _band(item: Printed, width_px: int) -> Grey | None:
    match item:
        case Words():
            return _words(item, width_px)
        case Picture():
            return _dots(item, width_px)
        case Qr():
            return _qr(item, width_px)
        case Feed():
            return _blank(width_px, item.lines * _LINE_PX)
        case Mark():
            return None


def _blank(width_px: int, height_px: int) -> Grey:
    return np.full((height_px, width_px), 255, np.uint8)


def _words(words: Words, width_px: int) -> Grey:
    """Put each letter in its own cell: a printer's letters are all equally wide."""
    scale = 2 if words.large else 1
    cell_px = _CELL_PX * scale
    band = _blank(width_px, _LINE_PX * scale)
    left = _start(words.align, width_px, len(words.text) * cell_px)
    for letter in words.text:
        cell = band[:, left : left + cell_px]
        if letter == "─":
            cell[len(cell) // 2 :][:2] = 0
        elif letter != " ":
            cell[:] = _letter(letter, cell_px, scale, bold=words.bold)[:, : cell.shape[1]]
        left += cell_px
    return band


def _letter(letter: str, cell_px: int, scale: int, *, bold: bool) -> Grey:
    """Draw one letter in the middle of its cell, condensed where it is wider."""
    import cv2  # Late: most of what reads paper never draws it.

    face, size, weight = cv2.FontFace("sans"), _LETTER_PX * scale, 700 if bold else 400
    letter_px = max(1, cv2.getTextSize((0, 0), letter, (0, 0), face, size, weight)[2])
    drawn = _blank(letter_px + 1, _LINE_PX * scale)
    cv2.putText(drawn, letter, (0, 22 * scale), (0,), face, size, weight)
    cell = _blank(cell_px, drawn.shape[0])
    if drawn.shape[1] > cell_px:
        cell[:] = cv2.resize(drawn, (cell_px, drawn.shape[0]), interpolation=cv2.INTER_AREA)
        return cell
    start = (cell_px - drawn.shape[1]) // 2
    cell[:, start : start + drawn.shape[1]] = drawn
    return cell


def _dots(picture: Picture, width_px: int) -> Grey:
    packed = np.frombuffer(picture.bits, np.uint8).reshape(picture.height_px, -1)
    black = np.unpackbits(packed, axis=1)[:, :width_px]
    band = _blank(width_px, picture.height_px)
    band[:, : black.shape[1]][black == 1] = 0
    return band


def _qr(code: Qr, width_px: int) -> Grey:
    matrix = np.array([list(row) for row in segno.make_qr(code.text, error="m").matrix], np.uint8)
    modules = np.pad(matrix, _QUIET_MODULES)
    black = np.repeat(np.repeat(modules, code.module_dots, axis=0), code.module_dots, axis=1)
    band = _blank(width_px, black.shape[0])
    left = _start(code.align, width_px, black.shape[1])
    band[:, left : left + black.shape[1]][black[:, : width_px - left] == 1] = 0
    return band


def _start(align: Align, width_px: int, drawn_px: int) -> int:
    match align:
        case Align.LEFT:
            return 0
        case Align.CENTRE:
            return max(0, (width_px - drawn_px) // 2)
        case Align.RIGHT:
            return max(0, width_px - drawn_px)
