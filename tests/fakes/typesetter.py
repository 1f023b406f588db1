"""A typesetter without Qt, good enough to be read back."""

from __future__ import annotations

import cv2
import numpy as np

from pos_loyalty.ports.documents import Bitmap


class Cv2Typesetter:
    """Sets lines in OpenCV's own font, and remembers which."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def set_line(
        self, left: str, right: str, *, width_px: int, height_px: int, bold: bool
    ) -> Bitmap:
        self.lines.append((left, right))
        line = np.full((height_px, width_px), 255, np.uint8)
        face, size, weight = cv2.FontFace("uni"), height_px * 2 // 3, 800 if bold else 400
        base = height_px * 3 // 4
        cv2.putText(line, left, (0, base), (0,), face, size, weight)
        if right:
            _, _, right_px, _ = cv2.getTextSize((0, 0), right, (0, 0), face, size, weight)
            at = (max(0, width_px - right_px - 4), base)
            cv2.putText(line, right, at, (0,), face, size, weight)
        return Bitmap(width_px, height_px, np.packbits(line < 128, axis=1).tobytes())
