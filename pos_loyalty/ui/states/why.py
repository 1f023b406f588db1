"""What "Why?" shows: one line per rule, and how near the rewards are."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.rewards import RewardsState


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule, what it gave, and what it saw or missed."""

    name: str
    outcome: str  # "+29" or "not now"
    text: str
    applied: bool


@dataclass(frozen=True, slots=True)
class WhyState:
    """The points of this basket, rule by rule."""

    title: str
    rules: tuple[RuleState, ...]
    note: str = ""
    rewards: RewardsState | None = None
