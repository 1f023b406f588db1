"""Real type for receipts, drawn by Qt, one bit per dot."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from pos_loyalty.ports.documents import Bitmap
from pos_loyalty.ui.look import FAMILIES

TYPE_PER_LINE = 0.72  # Of the line's height; the rest is leading.
PIXELS_MIN = 8
GAP = "  "
FIT_PERCENT_MIN = 50  # Type is condensed no further; what is still too wide is cut.


class QtTypesetter:
    """Draws lines on any thread; the application must have been made before."""

    def set_line(
        self, left: str, right: str, *, width_px: int, height_px: int, bold: bool
    ) -> Bitmap:
        """Draw `left` at the left edge and `right` at the right edge of one line.

        What is too wide is condensed; what is still too wide is cut, and of two the left one.
        """
        image = QImage(width_px, height_px, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        font = _font(left + GAP + right if right else left, width_px, height_px, bold=bold)
        metrics = QFontMetrics(font)
        right_px = metrics.horizontalAdvance(GAP + right) if right else 0
        room_px = max(0, width_px - right_px)
        painter = QPainter(image)
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        cut = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room_px)
        painter.drawText(QRect(0, 0, room_px, height_px), middle | Qt.AlignmentFlag.AlignLeft, cut)
        whole = QRect(0, 0, width_px, height_px)
        painter.drawText(whole, middle | Qt.AlignmentFlag.AlignRight, right)
        painter.end()
        return _one_bit(image)


def _font(text: str, width_px: int, height_px: int, *, bold: bool) -> QFont:
    """Choose the type, condensed as far as it has to be and may be."""
    font = QFont(list(FAMILIES))
    font.setPixelSize(max(PIXELS_MIN, int(height_px * TYPE_PER_LINE)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Medium)
    font.setFeature(QFont.Tag("tnum"), 1)
    needed = QFontMetrics(font).horizontalAdvance(text)
    if needed > width_px:
        font.setStretch(max(FIT_PERCENT_MIN, width_px * 100 // needed))
    return font


def _one_bit(image: QImage) -> Bitmap:
    mono = image.convertToFormat(
        QImage.Format.Format_Mono,
        Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither,
    )
    white_is_one = mono.color(1) & 0xFF > mono.color(0) & 0xFF
    row_bytes = (mono.width() + 7) // 8
    raw, stride = bytes(mono.constBits()), mono.bytesPerLine()
    rows = (raw[y * stride : y * stride + row_bytes] for y in range(mono.height()))
    bits = b"".join(rows)
    if white_is_one:
        bits = bytes(byte ^ 0xFF for byte in bits)
    return Bitmap(mono.width(), mono.height(), _without_padding(bits, mono.width(), row_bytes))


def _without_padding(bits: bytes, width_px: int, row_bytes: int) -> bytes:
    """Clear the bits behind the last dot of each row."""
    spare = row_bytes * 8 - width_px
    if not spare:
        return bits
    mask = 0xFF << spare & 0xFF
    rows = bytearray(bits)
    for end in range(row_bytes - 1, len(rows), row_bytes):
        rows[end] &= mask
    return bytes(rows)
