"""Receipt lines in real type, as dots."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from pos_loyalty.ports.documents import Bitmap
from pos_loyalty.terminal.typesetter import QtTypesetter

Dots = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def dots(bitmap: Bitmap) -> Dots:
    """Unpack a bitmap, padding included."""
    row_bytes = (bitmap.width_px + 7) // 8
    raw = np.frombuffer(bitmap.bits, np.uint8).reshape(bitmap.height_px, row_bytes)
    return np.unpackbits(raw, axis=1).astype(np.bool_)


def line(left: str, right: str = "", width_px: int = 384, height_px: int = 30) -> Bitmap:
    return QtTypesetter().set_line(left, right, width_px=width_px, height_px=height_px, bold=False)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("width_px", "height_px"), [(384, 30), (383, 24), (576, 31), (9, 12)])
def test_a_line_has_exactly_the_size_that_was_asked_for(width_px: int, height_px: int) -> None:
    bitmap = line("Caffè 250 g", "5.90", width_px, height_px)

    assert (bitmap.width_px, bitmap.height_px) == (width_px, height_px)
    assert not dots(bitmap)[:, width_px:].any()


@pytest.mark.usefixtures("qapp")
def test_an_empty_line_is_white_and_a_written_one_is_not() -> None:
    assert not dots(line("")).any()
    assert dots(line("a")).any()


@pytest.mark.usefixtures("qapp")
def test_the_amount_stands_at_the_right_edge_and_the_name_at_the_left() -> None:
    columns = np.atleast_1d(dots(line("Bread", "3.20")).any(axis=0))

    assert columns[:20].any()
    assert columns[364:].any()
    assert not columns[150:280].any()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("characters", [45, 70, 400])
def test_a_name_that_is_too_long_never_runs_into_the_amount(characters: int) -> None:
    amount = dots(line("", "1,234.50"))
    amount_from = int(amount.any(axis=0).argmax())

    columns = dots(line("W" * characters, "1,234.50")).any(axis=0)

    inked = np.flatnonzero(columns)
    gaps = np.diff(inked)
    assert inked[-1] > 370
    assert gaps[inked[:-1] > amount_from // 2].max() >= 4


@pytest.mark.usefixtures("qapp")
def test_bold_type_is_darker() -> None:
    plain, bold = (
        dots(QtTypesetter().set_line("Total", "", width_px=384, height_px=30, bold=bold)).sum()
        for bold in (False, True)
    )

    assert bold > plain


@pytest.mark.parametrize("text", ["Спасибо за покупку", "Благодаря", "谢谢惠顾"])
def test_other_scripts_are_drawn_without_empty_boxes(qapp: QApplication, text: str) -> None:
    chinese = any(ord(sign) > 0x2E80 for sign in text)
    wanted = (
        QFontDatabase.WritingSystem.SimplifiedChinese
        if chinese
        else QFontDatabase.WritingSystem.Cyrillic
    )
    assert qapp is not None
    assert QFontDatabase.families(wanted), "no font for it: apt-get install fonts-wqy-microhei"

    drawn = {sign: line(sign, width_px=64).bits for sign in set(text) - {" "}}

    assert len(set(drawn.values())) == len(drawn)  # Boxes all look the same.
    assert line("\U000f0000", width_px=64).bits not in drawn.values()
