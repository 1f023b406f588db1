"""What the member's place shows; it is never gone, only empty."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class TierState:
    """The level she is in, and the way to the next one. `target` 0: there is no way to show."""

    name: str  # "Silver". Empty: none yet.
    way: str = ""  # "760 more to Gold"
    done: int = 0
    target: int = 0


@dataclass(frozen=True, slots=True)
class MemberState:
    """Who stands there, what she has, and what state that figure is in."""

    greeting: str
    note: str = ""  # "Visit 8 · last on Nov 14"
    initial: str = ""
    balance: str = ""  # Empty: not known at this till.
    unit: str = ""  # "points"
    more: str = ""  # Other units: "3 stamps · €2.40 money back"
    tier: TierState | None = None
    facts: tuple[Remark, ...] = ()  # Confirmed when, how much is not, what expires next.
    chips: tuple[Remark, ...] = ()
    ask: str = ""  # The words on the key that asks her something. Empty: nothing to ask.


@dataclass(frozen=True, slots=True)
class NobodyState:
    """The member's place while it is empty, or while somebody is being looked up."""

    title: str
    note: str
    busy: bool = False


MemberPlace = MemberState | NobodyState
