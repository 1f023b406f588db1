"""What the member's place shows; it is never gone, only empty."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class MemberState:
    """Who stands there, what she has, and what state that figure is in."""

    greeting: str
    note: str = ""  # "8th visit this year · last 6 days ago"
    initial: str = ""
    balance: str = ""  # Empty: not known at this till.
    unit: str = ""  # "points"
    facts: tuple[Remark, ...] = ()  # Confirmed when, how much is not, what expires next.
    chips: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class NobodyState:
    """The member's place while it is empty, or while somebody is being looked up."""

    title: str
    note: str
    busy: bool = False


MemberPlace = MemberState | NobodyState
