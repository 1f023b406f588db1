"""What the demo's second window shows: what a shop has lying about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be held before the scanner or the camera."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemoDeskState:
    """Members with their cards and passes, products, the cable, and the paper."""

    members: tuple[Thing, ...]
    products: tuple[Thing, ...]
    plugged: bool = True
    paper: str = ""  # The newest slips, newest first.
