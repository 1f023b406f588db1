from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from cv2.typing import MatLike

from drivers.zxing_decoder import open_decoder
from pos_loyalty.devices.cascade import Cascade
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.lab.demo.pictures import FRAME_PX, draw_pass, held_before_a_camera
from pos_loyalty.lab.paper import Qr, Slip, Words
from pos_loyalty.ports.devices import Frame

PASS = "LY1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGW" * 2


def test_a_printed_pass_is_read_in_every_position_of_the_hand() -> None:
    slip = Slip(576, (Words("Benvenuta"), Qr(PASS, 4), Words("Mostri questo codice")))

    frames = tuple(held_before_a_camera(slip))

    assert len(frames) >= 5
    for frame in frames:
        height_px, width_px = frame.shape
        assert (width_px, height_px) == FRAME_PX
        assert read(frame) == (Scan(PASS, Symbology.QR),)


def test_a_slip_without_a_code_cannot_be_shown_to_a_camera() -> None:
    with pytest.raises(ValueError, match="no code"):
        next(held_before_a_camera(Slip(576, (Words("Grazie"),))))


def test_a_pass_on_a_phone_is_read_from_its_picture(tmp_path: Path) -> None:
    draw_pass(PASS, tmp_path / "phone.png")

    seen = cv2.imread(str(tmp_path / "phone.png"), cv2.IMREAD_GRAYSCALE)

    assert seen is not None
    assert read(seen) == (Scan(PASS, Symbology.QR),)


def read(picture: MatLike) -> tuple[Scan, ...]:
    frame = Frame(picture.shape[1], picture.shape[0], picture.tobytes())
    return tuple(Cascade([open_decoder()]).look(frame))
