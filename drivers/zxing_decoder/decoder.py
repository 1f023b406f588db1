"""Four efforts to read a picture with zxing-cpp, from 3 to 60 ms on a small till."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import zxingcpp
from cv2.typing import MatLike
from zxingcpp import BarcodeFormat as Format

from pos_loyalty.domain.scans import Scan, Symbology, read_aim
from pos_loyalty.ports.devices import Frame

_SYMBOLOGIES = {
    Format.QRCode: Symbology.QR,
    Format.QRCodeModel1: Symbology.QR,
    Format.QRCodeModel2: Symbology.QR,
    Format.MicroQRCode: Symbology.MICRO_QR,
    Format.DataMatrix: Symbology.DATA_MATRIX,
    Format.Aztec: Symbology.AZTEC,
    Format.AztecCode: Symbology.AZTEC,
    Format.PDF417: Symbology.PDF417,
    Format.EAN13: Symbology.EAN13,
    Format.EAN8: Symbology.EAN8,
    Format.UPCA: Symbology.UPC_A,
    Format.UPCE: Symbology.UPC_E,
    Format.Code128: Symbology.CODE128,
    Format.Code39: Symbology.CODE39,
    Format.Code39Std: Symbology.CODE39,
    Format.Code39Ext: Symbology.CODE39,
    Format.Code93: Symbology.CODE93,
    Format.ITF: Symbology.ITF,
    Format.ITF14: Symbology.ITF,
    Format.Codabar: Symbology.CODABAR,
    Format.DataBar: Symbology.GS1_DATABAR,
    Format.DataBarOmni: Symbology.GS1_DATABAR,
    Format.DataBarStk: Symbology.GS1_DATABAR,
    Format.DataBarStkOmni: Symbology.GS1_DATABAR,
    Format.DataBarLtd: Symbology.GS1_DATABAR,
    Format.DataBarExp: Symbology.GS1_DATABAR,
    Format.DataBarExpStk: Symbology.GS1_DATABAR,
}
_LINEAR = (
    Format.EANUPC,
    Format.Code128,
    Format.Code39,
    Format.Code93,
    Format.ITF,
    Format.Codabar,
    Format.DataBar,
)
_MATRIX = (Format.QRCode, Format.MicroQRCode, Format.DataMatrix, Format.Aztec, Format.PDF417)


class ZxingDecoder:
    """The first four steps of the cascade; measured, each finds what those before it miss."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._efforts: tuple[Callable[[MatLike], list[zxingcpp.Barcode]], ...] = (
            _fast,
            _thorough,
            _turned,
            _inverted,
        )

    def steps(self) -> int:
        """How many efforts there are."""
        return len(self._efforts)

    def decode(self, frame: Frame, step: int) -> tuple[Scan, ...]:
        """Look for codes."""
        grey = np.frombuffer(frame.grey, np.uint8).reshape(frame.height_px, frame.width_px)
        return tuple(scan for code in self._efforts[step](grey) if (scan := _scan(code)))


def _fast(grey: MatLike) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(_LINEAR + _MATRIX),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )


def _thorough(grey: MatLike) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(_LINEAR + _MATRIX),
        text_mode=zxingcpp.TextMode.Plain,
    )


def _turned(grey: MatLike) -> list[zxingcpp.Barcode]:
    """Lines at 45° are the ones a row-wise reader cannot cross."""
    height_px, width_px = grey.shape
    side_px = math.ceil((height_px + width_px) / math.sqrt(2))
    turn = cv2.getRotationMatrix2D((width_px / 2, height_px / 2), 45, 1)
    turn[:, 2] += ((side_px - width_px) / 2, (side_px - height_px) / 2)
    return _lines_in(cv2.warpAffine(grey, turn, (side_px, side_px), borderValue=255))


def _inverted(grey: MatLike) -> list[zxingcpp.Barcode]:
    return _lines_in(cv2.bitwise_not(grey))


def _lines_in(grey: MatLike) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(_LINEAR),
        text_mode=zxingcpp.TextMode.Plain,
    )


def _scan(code: zxingcpp.Barcode) -> Scan | None:
    if not code.valid or code.format not in _SYMBOLOGIES:
        return None
    gs1 = read_aim(code.symbology_identifier + code.text).gs1
    return Scan(code.text, _SYMBOLOGIES[code.format], gs1)
