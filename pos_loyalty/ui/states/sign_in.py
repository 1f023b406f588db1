"""What the sign-in shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class SignInState:
    """Who may begin, where, and what became of the last try."""

    shop: str
    till: str
    greeting: str  # "Good morning", or what the shop likes.
    line: Remark | None = None  # "Offline: you can sell." None: nothing to say.
    answer: Remark | None = None  # What is wrong with the PIN, and what to do.
    busy: bool = False
    locked: bool = False
