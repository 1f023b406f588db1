"""What a member may have for her points: now first, the rest with what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RewardLine:
    """One reward: what it costs, and how near it is."""

    name: str
    cost: str
    state: str  # "can be had now", or what is missing.
    usable: bool = False


@dataclass(frozen=True, slots=True)
class RewardsState:
    """The rewards of the program, nearest first."""

    title: str
    rewards: tuple[RewardLine, ...]
