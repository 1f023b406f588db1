"""The one sentence above the screen, and what its key does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos_loyalty.ui.states.toast import ToastState


class Shows(Protocol):
    """Where the sentence is seen."""

    def show_toast(self, state: ToastState | None) -> None:
        """Say something, or nothing more."""


class Toasts:
    """One sentence at a time: a new one takes the place, and the key, of the one before."""

    def __init__(self, screen: Shows) -> None:
        self._screen = screen
        self.offered: Callable[[], None] | None = None

    def say(self, state: ToastState, act: Callable[[], None] | None = None) -> None:
        """Say a sentence. `act` is what its key does."""
        self.offered = act
        self._screen.show_toast(state)

    def pressed(self) -> None:
        """Do what the sentence offered; it is not offered twice."""
        act = self.offered
        self.gone()
        if act is not None:
            act()

    def gone(self) -> None:
        """Take the sentence away, and its offer with it."""
        self.offered = None
        self._screen.show_toast(None)
