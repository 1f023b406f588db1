"""What the line above everything shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopBarState:
    """Where, who, when."""

    shop: str
    till: str
    cashier: str  # "Marta · shift since 8:02"
    clock: str
