"""What one till prints, the camera of another reads."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from drivers.escpos_printer import open_printer
from drivers.opencv_camera import open_camera
from drivers.zbar_decoder import open_decoder as open_zbar
from drivers.zxing_decoder import open_decoder as open_zxing
from pos_loyalty.devices.scanning import CameraScanner
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.lab.drawn_paper import draw
from pos_loyalty.lab.paper import read_paper
from pos_loyalty.ports.documents import Columns, Cut, PrintDocument, QrCode, Text
from tests.fakes.pictures import put
from tests.fakes.typesetter import Cv2Typesetter

PASS = (
    "LY1:"
    + "6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGW" * 2
)


def held_before_a_camera(paper: MatLike, degrees: float) -> MatLike:
    """A 720p frame of the slip, tilted, a little dark and a little out of focus."""
    height_px, width_px = paper.shape
    turn = cv2.getRotationMatrix2D((width_px / 2, height_px / 2), degrees, 0.95)
    turn[:, 2] += (640 - width_px / 2, 360 - height_px / 2)
    frame = cv2.warpAffine(paper, turn, (1280, 720), borderValue=(70,))
    darker = np.clip(frame.astype(np.int16) * 3 // 4 + 20, 0, 255).astype(np.uint8)
    return cv2.GaussianBlur(darker, (3, 3), 0)


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("qr", ["native", "raster"])
@pytest.mark.parametrize("degrees", [0, 12, -31])
def test_a_pass_printed_at_one_till_is_read_by_the_camera_of_another(
    tmp_path: Path, paper_mm: int, qr: str, degrees: int
) -> None:
    slip = PrintDocument(
        "it", (Text("Benvenuta, Åse"), Columns("Saldo", "12"), QrCode(PASS, "La tua carta"), Cut())
    )
    printed = tmp_path / "paper.bin"
    settings = {"transport": "file", "path": str(printed), "paper_mm": str(paper_mm), "qr": qr}
    open_printer(settings, Cv2Typesetter()).print(slip)
    paper = draw(read_paper(printed.read_bytes(), paper_mm))

    put(held_before_a_camera(paper, degrees), tmp_path / "frame.png")
    camera = CameraScanner(
        open_camera({"source": str(tmp_path), "fps": "1000"}),
        [open_zxing(), open_zbar()],
        sure=lambda _: False,
        on_frame=lambda _: None,
    )

    assert camera.read(10) == Scan(PASS, Symbology.QR)
    camera.close()
