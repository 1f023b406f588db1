from __future__ import annotations

import pytest

from pos_loyalty.domain.scans import Scan, Symbology, read_aim


@pytest.mark.parametrize(
    ("raw", "scan"),
    [
        ("]E04006381333931", Scan("4006381333931", Symbology.EAN13)),
        ("]E0036000291452", Scan("036000291452", Symbology.UPC_A)),
        ("]E001234565", Scan("01234565", Symbology.UPC_E)),
        ("]E496385074", Scan("96385074", Symbology.EAN8)),
        ("]C0CARD-17", Scan("CARD-17", Symbology.CODE128)),
        ("]C18018123", Scan("8018123", Symbology.CODE128, gs1=True)),
        ("]Q1LY1:ABC", Scan("LY1:ABC", Symbology.QR)),
        ("]Q3010400\x1d21", Scan("010400\x1d21", Symbology.QR, gs1=True)),
        ("]d2010400", Scan("010400", Symbology.DATA_MATRIX, gs1=True)),
        ("]e0010400", Scan("010400", Symbology.GS1_DATABAR, gs1=True)),
    ],
)
def test_an_aim_identifier_tells_the_symbology(raw: str, scan: Scan) -> None:
    assert read_aim(raw) == scan


@pytest.mark.parametrize("raw", ["4006381333931", "", "]", "]C", "]?1ABC", "]U0MAXI", "]E0123"])
def test_text_without_a_known_aim_identifier_is_taken_as_it_is(raw: str) -> None:
    assert read_aim(raw) == Scan(raw)
