"""What finding a member shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class FoundState:
    """Somebody who may be meant; masked until she is chosen."""

    name: str
    note: str  # "•• 4471 · card •• 0932"


@dataclass(frozen=True, slots=True)
class FindState:
    """What was typed and who may be meant."""

    text: str = ""
    found: tuple[FoundState, ...] = ()
    chosen: int = 0
    answer: Remark | None = None
    busy: bool = False
