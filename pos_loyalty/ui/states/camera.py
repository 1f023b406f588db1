"""What the camera pane shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ports.devices import Frame
from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class CameraState:
    """The live picture, where a code was seen in it, and what to do."""

    caption: Remark
    frame: Frame | None = None
    corners: tuple[tuple[int, int], ...] = ()  # Of the code seen, in pixels of the frame.
