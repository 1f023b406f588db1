"""The single pieces that lie on the counter, with what is left to pay for each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.programs.selection import Selection

# (Price of one in minor units, how many, place of the line); what is weighed is one piece.
Pieces = Sequence[tuple[Fraction | int, int, int]]


def pieces_of(lines: Selection, scene: Scene) -> Pieces:
    """List the whole pieces that still cost something, dearest first."""
    found: list[tuple[Fraction | int, int, int]] = []
    for i in scene.chosen(lines):
        quantity, remaining = scene.lines[i].quantity, scene.remaining[i]
        count = int(quantity) if quantity == int(quantity) else 1
        count -= scene.free[i]
        if remaining and count > 0:
            price, rest = divmod(remaining, count)
            found.append((Fraction(remaining, count) if rest else price, count, i))
    ranks = scene.ranks()
    return sorted(found, key=lambda piece: (-piece[0], ranks[piece[2]]))


def whole_pieces(lines: Selection, scene: Scene) -> int:
    """Count the whole pieces that still cost something."""
    return sum([count for _, count, _ in pieces_of(lines, scene)])


def no_more_than(times: int | None, fitting: int) -> int:
    """Tell how often something happens that fits so often. `times` None: as often as it fits."""
    return fitting if times is None else min(times, fitting)
