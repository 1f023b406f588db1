"""Pictures of codes as a camera would see them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from cv2.typing import MatLike

from pos_loyalty.ports.devices import Frame

WIDTH_PX, HEIGHT_PX = 640, 480


def picture_of(
    text: str,
    kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode,
    *,
    scale: int = 3,
    gs1: bool = False,
) -> MatLike:
    """The code in the middle of a white sheet."""
    code = np.array(zxingcpp.create_barcode(text, kind, gs1=gs1).to_image(scale=scale))
    code = code[-120:] if code.shape[0] > HEIGHT_PX else code
    sheet: MatLike = np.full((HEIGHT_PX, WIDTH_PX), 255, np.uint8)
    top, left = (HEIGHT_PX - code.shape[0]) // 2, (WIDTH_PX - code.shape[1]) // 2
    sheet[top : top + code.shape[0], left : left + code.shape[1]] = code
    return sheet


def turned(picture: MatLike, degrees: float) -> MatLike:
    turn = cv2.getRotationMatrix2D((WIDTH_PX / 2, HEIGHT_PX / 2), degrees, 1)
    return cv2.warpAffine(picture, turn, (WIDTH_PX, HEIGHT_PX), borderValue=255)


def frame(picture: MatLike) -> Frame:
    return Frame(picture.shape[1], picture.shape[0], picture.tobytes())


def put(picture: MatLike, path: Path) -> None:
    """Write a picture so that nobody sees half of it."""
    written, raw = cv2.imencode(path.suffix, picture)
    assert written
    draft = path.with_suffix(".draft")
    draft.write_bytes(raw.tobytes())
    draft.rename(path)
