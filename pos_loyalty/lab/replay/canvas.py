"""Lines, boxes and letters on a picture; letters of every language the till speaks."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]  # Blue, green, red.
WHITE, INK, GREY, PALE = (255, 255, 255), (40, 40, 40), (110, 110, 110), (225, 225, 225)
# Told apart by people of every kind of sight (Okabe and Ito), and lighter than one another in grey.
BLUE: Colour = (178, 114, 0)
ORANGE: Colour = (0, 159, 230)
BOLD, PLAIN = 700, 400


class Side(Enum):
    """Where a text lies of its point."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2


class Canvas:
    """A picture, from its top left corner in pixels."""

    def __init__(self, width_px: int, height_px: int) -> None:
        import cv2

        self.pixels: NDArray[np.uint8] = np.full((height_px, width_px, 3), 255, np.uint8)
        self._face = cv2.FontFace("sans")

    def box(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """Fill a box; its right and bottom edges belong to it no more."""
        self.pixels[max(0, top) : bottom, max(0, left) : right] = colour

    def hatch(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """Fill a box with slanted lines, so that it differs without colour, too."""
        part = self.pixels[max(0, top) : bottom, max(0, left) : right]
        down, along = np.indices(part.shape[:2])
        part[(down + along) % 6 < 3] = colour  # noqa: PLR2004 - half of the lines' distance
        self.frame(left, top, right, bottom, colour)

    def frame(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """Draw the edges of a box."""
        if right <= left or bottom <= top:
            return
        for edge in (
            (left, top, right, top + 1),
            (left, bottom - 1, right, bottom),
            (left, top, left + 1, bottom),
            (right - 1, top, right, bottom),
        ):
            self.box(*edge, colour)

    def text(
        self,
        at: tuple[int, int],
        text: str,
        side: Side = Side.LEFT,
        *,
        size_px: int = 18,
        weight: int = PLAIN,
        colour: Colour = INK,
    ) -> None:
        """Write a text whose line stands at `at`."""
        import cv2

        x, y = at
        x -= self.width_px(text, size_px, weight) * side.value // 2
        cv2.putText(self.pixels, text, (x, y), colour, self._face, size_px, weight)

    def width_px(self, text: str, size_px: int = 18, weight: int = PLAIN) -> int:
        """Tell how wide a text is."""
        import cv2

        return int(cv2.getTextSize((0, 0), text, (0, 0), self._face, size_px, weight)[2])

    def save(self, file: Path) -> None:
        """Write it as PNG; it is there entirely or not at all. Raises OSError."""
        import cv2

        written, raw = cv2.imencode(".png", self.pixels)
        if not written:
            raise OSError(f"{file.name} cannot be written as PNG")
        draft = file.with_name(file.name + ".draft")
        draft.write_bytes(raw.tobytes())
        draft.replace(file)
