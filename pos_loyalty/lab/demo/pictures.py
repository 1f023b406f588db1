"""Pictures of the demo: passes for a camera, slips in somebody's hand, the till's screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import segno

from pos_loyalty.lab.drawn_paper import Grey, draw
from pos_loyalty.lab.paper import Qr, Slip

FRAME_PX = (1280, 720)
PASS_SCALE, PASS_BORDER = 8, 6  # Pixels of a module; modules of white around.
AROUND_QR = 3  # Printed things above and below the code that are held into the picture, too.
TILTS = (-24, -11, -3, 6, 15, 27)  # Degrees.
LEAN = 0.09  # How much nearer one edge of the paper is to the camera.
NOISE_SEED = 1280
COUNTER_GREY = 62
IN_VIEW = 0.94  # Of the frame's height, at most.


def draw_pass(pass_text: str, file: Path) -> None:
    """Draw a pass as a phone shows it; the picture is there entirely or not at all."""
    draft = file.with_suffix(".draft")
    code = segno.make_qr(pass_text, error="m")
    code.save(str(draft), kind="png", scale=PASS_SCALE, border=PASS_BORDER)
    draft.replace(file)


def save(picture: Grey, file: Path) -> None:
    """Write a picture as PNG; it is there entirely or not at all."""
    import cv2

    written, raw = cv2.imencode(".png", picture)
    if not written:
        raise ValueError(f"{file.name} cannot be written as PNG")
    draft = file.with_suffix(".draft")
    draft.write_bytes(raw.tobytes())
    draft.replace(file)


def held_before_a_camera(slip: Slip) -> Iterator[Grey]:
    """Give 720p frames of the slip's code: turned, leaning away, a little dark and unsharp.

    Raises ValueError for a slip without a code.
    """
    paper = draw(around_the_code(slip))
    noise = np.random.default_rng(NOISE_SEED)
    for turn, degrees in enumerate(TILTS):
        yield _frame(paper, degrees, lean=LEAN if turn % 2 else -LEAN, noise=noise)


def around_the_code(slip: Slip) -> Slip:
    """Cut out the part of a slip that a hand holds before a camera."""
    for place, printed in enumerate(slip.printed):
        if isinstance(printed, Qr):
            first = max(0, place - AROUND_QR)
            return Slip(slip.width_px, slip.printed[first : place + AROUND_QR])
    raise ValueError("no code is printed on this slip")


def _frame(paper: Grey, degrees: float, *, lean: float, noise: np.random.Generator) -> Grey:
    import cv2

    width_px, height_px = FRAME_PX
    lying = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64)
    half = np.array([paper.shape[1], paper.shape[0]], np.float64) / 2
    leaning = lying * half * (1 + lean * lying[:, ::-1])  # One edge nearer than the other.
    angle = np.radians(degrees)
    turned = leaning @ np.array(
        [(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))], np.float64
    )
    fits = min(IN_VIEW * height_px / 2 / np.abs(turned[:, 1]).max(), 1.2)
    seen = turned * fits + np.array([width_px / 2, height_px / 2])
    edges = (lying + 1) * half
    moved = cv2.getPerspectiveTransform(edges.astype(np.float32), seen.astype(np.float32))
    frame = cv2.warpPerspective(paper, moved, FRAME_PX, borderValue=(COUNTER_GREY,))
    dim = cv2.GaussianBlur(frame, (3, 3), 0).astype(np.float64) * 0.78 + 18
    grainy = dim + noise.normal(0, 5, dim.shape)
    return np.clip(grainy, 0, 255).astype(np.uint8)
