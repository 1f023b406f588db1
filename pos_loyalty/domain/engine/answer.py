"""What the engine says of a basket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from pos_loyalty.domain.basket import TaxPart
from pos_loyalty.domain.engine.reasons import Missing, Reason
from pos_loyalty.domain.programs.moments import Reader
from pos_loyalty.domain.programs.wordings import Wording


@dataclass(frozen=True, slots=True)
class LineQuote:
    """One line: what the program took off it, and what it earns by unit."""

    discount_minor: int
    earned: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EarnedLot:
    """Points of one unit that the sale gives. None: usable already, never gone."""

    unit: str
    points: int
    line_points: tuple[int, ...]  # As many as the basket has lines; their sum is `points`.
    usable_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class FreeGoods:
    """What is handed over beside the basket."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A reward taken: what it costs in points, and what it takes off the bill."""

    reward: str
    times: int
    cost: Mapping[str, int]
    discount_minor: int
    pay_minor: int = 0
    goods: tuple[FreeGoods, ...] = ()
    gained: Mapping[str, int] | None = None  # Another unit, where points were converted.
    voucher: str = ""  # The code that was shown for it. Empty: none.


@dataclass(frozen=True, slots=True)
class RewardState:
    """How near a reward is after this basket."""

    id: str
    affordable_times: int
    usable_now: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class IssuedVoucher:
    """A voucher this sale earns; both days inclusive."""

    reward: str
    rule: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Said:
    """A message whose time has come."""

    id: str
    to: Reader
    text: Wording


@dataclass(frozen=True, slots=True)
class Proposal:
    """The one suggestion of this sale: of the document, or a membership that would pay."""

    id: str
    text: Wording
    towards: str = ""
    missing: tuple[Missing, ...] = ()
    saves_minor: int | None = None  # What a membership would have saved her in a year.


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket comes to, what it earns and redeems, with a reason for every rule."""

    total_minor: int  # Before the program.
    discount_minor: int
    to_pay_minor: int
    tax: tuple[TaxPart, ...]
    lines: tuple[LineQuote, ...]
    earned: Mapping[str, int]  # Every unit of the program.
    lots: tuple[EarnedLot, ...] = ()
    goods: tuple[FreeGoods, ...] = ()  # Of rules; those of rewards stand with them.
    redemptions: tuple[Redeemed, ...] = ()
    redeemed: Mapping[str, int] = field(default_factory=dict)
    balance_after: Mapping[str, int | None] = field(default_factory=dict)  # None: not known here
    carried: Mapping[str, Fraction] = field(default_factory=dict)  # Of steps, as counted
    rewards: tuple[RewardState, ...] = ()
    vouchers_issued: tuple[IssuedVoucher, ...] = ()
    draws: tuple[str, ...] = ()  # Pools to draw from once the sale is written.
    tier_after: str | None = None
    goals_after: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[Said, ...] = ()
    suggestion: Proposal | None = None
    reasons: tuple[Reason, ...] = ()

    def points(self, unit: str) -> int:
        """Tell what is earned of one unit."""
        return self.earned.get(unit, 0)
