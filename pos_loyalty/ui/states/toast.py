"""What is said for a moment above the top bar."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Tone


@dataclass(frozen=True, slots=True)
class ToastState:
    """A sentence: what, which, what now."""

    text: str
    tone: Tone = Tone.PLAIN
    action: str = ""  # "Undo". Empty: nothing to press.
    seconds: int = 8
