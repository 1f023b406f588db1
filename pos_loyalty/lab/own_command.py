"""How this very program is started once more."""

from __future__ import annotations

import sys


def own_command() -> tuple[str, ...]:
    """Name the command `pos-loyalty` of this installation."""
    if getattr(sys, "frozen", False):  # The installer's bundle: the program is the command.
        return (sys.executable,)
    return (sys.executable, "-m", "pos_loyalty")
