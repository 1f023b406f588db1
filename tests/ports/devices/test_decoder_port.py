from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import zxingcpp
from cv2.typing import MatLike
from zxingcpp import BarcodeFormat

from drivers.zbar_decoder import open_decoder as open_zbar
from drivers.zxing_decoder import open_decoder as open_zxing
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.ports.devices import Decoder
from tests.fakes.pictures import frame, picture_of, turned


@pytest.fixture(params=[open_zxing, open_zbar], ids=["zxing", "zbar"])
def decoder(request: pytest.FixtureRequest) -> Decoder:
    opened: Decoder = request.param()
    return opened


def found(decoder: Decoder, picture: MatLike) -> set[Scan]:
    """What any effort finds."""
    return {
        scan for step in range(decoder.steps()) for scan in decoder.decode(frame(picture), step)
    }


@pytest.mark.parametrize(
    ("text", "kind", "symbology"),
    [
        ("LY1:6BF+70790T9WJWG", BarcodeFormat.QRCode, Symbology.QR),
        ("4006381333931", BarcodeFormat.EAN13, Symbology.EAN13),
        ("96385074", BarcodeFormat.EAN8, Symbology.EAN8),
        ("CARD-1234", BarcodeFormat.Code128, Symbology.CODE128),
        ("CARD1234", BarcodeFormat.Code39, Symbology.CODE39),
    ],
)
def test_a_code_shown_upright_is_read(
    decoder: Decoder, text: str, kind: BarcodeFormat, symbology: Symbology
) -> None:
    scale = 2 if kind is BarcodeFormat.Code39 else 3

    assert found(decoder, picture_of(text, kind, scale=scale)) == {Scan(text, symbology)}


def test_an_empty_counter_is_no_code(decoder: Decoder) -> None:
    assert found(decoder, np.full((480, 640), 200, np.uint8)) == set()


def test_noise_is_no_code(decoder: Decoder) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (480, 640), np.uint8)

    assert found(decoder, noise) == set()


def test_a_picture_of_one_dot_is_no_mistake(decoder: Decoder) -> None:
    assert found(decoder, np.zeros((1, 1), np.uint8)) == set()


def test_a_tilted_pass_is_read(decoder: Decoder) -> None:
    picture = turned(picture_of("LY1:6BF+70790T9WJWG", scale=6), 15)

    assert Scan("LY1:6BF+70790T9WJWG", Symbology.QR) in found(decoder, picture)


@pytest.mark.parametrize("kind", [BarcodeFormat.Code128, BarcodeFormat.DataMatrix])
def test_the_separators_of_a_gs1_code_survive(kind: BarcodeFormat) -> None:
    picture = picture_of("(8018)123456789012345675(10)AB(21)7", kind, scale=1, gs1=True)
    picture = np.repeat(np.repeat(picture, 2, axis=0), 2, axis=1)

    (scan,) = found(open_zxing(), picture)

    assert scan.gs1
    assert scan.text == "8018123456789012345675\x1d10AB\x1d217"


def test_cheap_effort_reads_what_is_held_well() -> None:
    scans = open_zxing().decode(frame(picture_of("LY1:ABC")), 0)

    assert scans == (Scan("LY1:ABC", Symbology.QR),)


def test_a_card_held_at_45_degrees_needs_the_turned_effort() -> None:
    decoder = open_zxing()
    picture = frame(turned(picture_of("4006381333931", BarcodeFormat.EAN13), 45))

    by_effort = [bool(decoder.decode(picture, step)) for step in range(decoder.steps())]

    assert by_effort == [False, False, True, False]


def test_white_lines_on_black_need_the_inverted_effort() -> None:
    decoder = open_zxing()
    picture = frame(255 - picture_of("CARD-1234", BarcodeFormat.Code128))

    assert decoder.decode(picture, 3) == (Scan("CARD-1234", Symbology.CODE128),)


def test_a_text_beyond_ascii_is_left_to_zxing() -> None:
    picture = picture_of("Карта 5 €", scale=6)

    assert found(open_zbar(), picture) == set()
    assert found(open_zxing(), picture) == {Scan("Карта 5 €", Symbology.QR)}


def test_codes_of_other_trades_are_no_scans() -> None:
    barcode = zxingcpp.create_barcode("PARCEL", BarcodeFormat.MaxiCode)
    assert barcode.valid

    picture = np.pad(np.array(barcode.to_image(scale=4)), 40, constant_values=255)

    assert found(open_zxing(), picture) == set()


def test_the_till_without_zbar_is_told_which_library_is_missing() -> None:
    without_zbar = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from drivers.zbar_decoder import open_decoder
from pos_loyalty.ports.devices import DeviceFault
try:
    open_decoder()
except DeviceFault as fault:
    print(fault.kind.value, fault.device)
"""

    told = subprocess.run(
        [sys.executable, "-c", without_zbar], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "missing-library libzbar0"
