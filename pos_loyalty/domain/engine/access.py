"""Products that members of a tier may buy before others."""

from __future__ import annotations

from pos_loyalty.domain.engine.levels import tiers_possible
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.refusals import Refused, TierNeeded


def check_access(scene: Scene) -> None:
    """Refuse, kindly, a line that is not for this buyer yet. Raises Refused."""
    for early in scene.program.access:
        if early.until is not None and early.until < scene.day:
            continue
        lines = scene.chosen(early.lines)
        if not lines:
            continue
        tiers = {""} if scene.facts is None else tiers_possible(scene, scene.facts)
        if not tiers <= set(early.tiers):
            raise Refused(TierNeeded(scene.lines[lines[0]].sku, early.tiers))
