"""Levels a member climbs, and what she collects on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Annotated, Literal

from pos_loyalty.domain.programs.checks import (
    DAYS_MAX,
    WrongValue,
    between,
    identifier,
    identifiers,
    some,
    unique,
    window,
    wording,
)
from pos_loyalty.domain.programs.effects import (
    DrawPrize,
    Give,
    IssueVoucher,
    Of,
    check_only_once,
)
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.selection import ALL_LINES, Selection
from pos_loyalty.domain.programs.wordings import Wording


class Metric(Enum):
    """What lifts a member to a tier."""

    SPEND = "spend"  # Minor units of money.
    EARNED = "earned"
    VISITS = "visits"
    MARGIN = "margin"  # Told by the server only.
    FEE = "fee"  # A paid membership.


class Downgrade(Enum):
    """What becomes of a tier that is not reached again."""

    NEVER = "never"
    ONE_STEP = "one_step"
    AS_EARNED = "as_earned"


@dataclass(frozen=True, slots=True)
class Tier:
    """One level: reached at `at_least` of the ladder's metric."""

    id: str
    at_least: int
    text: Wording = field(default_factory=dict)
    falls_to: str = ""  # Empty: as the ladder says.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        between("at_least", self.at_least, 0)


@dataclass(frozen=True, slots=True)
class TierLadder:
    """The levels, lowest first, and how they are counted.

    With `with_this_receipt` what lifts her now counts now. Of earned points it counts from the next
    receipt on: what this one earns may depend on the level itself.
    """

    tiers: tuple[Tier, ...]
    metric: Metric = Metric.SPEND
    window: str = "ever"
    unit: str = "points"  # Of what is earned.
    with_this_receipt: bool = True
    grace_days: int = 0
    downgrade: Downgrade = Downgrade.AS_EARNED

    def __post_init__(self) -> None:
        some("tiers", self.tiers)
        unique("tiers", (tier.id for tier in self.tiers), "tier")
        window("window", self.window)
        identifier("unit", self.unit)
        between("grace_days", self.grace_days, 0, DAYS_MAX)
        lower: dict[str, int] = {}
        for i, tier in enumerate(self.tiers):
            if lower and tier.at_least <= max(lower.values()):
                raise WrongValue(
                    f"tiers[{i}].at_least", tier.at_least, "more than the tier before it"
                )
            if tier.falls_to and tier.falls_to not in lower:
                allowed = "a lower tier: " + (", ".join(lower) or "there is none")
                raise WrongValue(f"tiers[{i}].falls_to", tier.falls_to, allowed)
            lower[tier.id] = tier.at_least


@dataclass(frozen=True, slots=True)
class EarlyAccess:
    """Lines that only members of these tiers may buy, until a day (inclusive; None: for ever)."""

    lines: Selection
    tiers: tuple[str, ...]
    until: date | None = None

    def __post_init__(self) -> None:
        identifiers("tiers", self.tiers)
        if self.lines == ALL_LINES:
            raise WrongValue("lines", "all lines", "the lines that are for these members only")


@dataclass(frozen=True, slots=True)
class Stamps:
    """Collect `target` stamps: one for each whole piece of the lines, receipt, visit or event."""

    target: int
    of: Of = Of.QUANTITY
    lines: Selection = ALL_LINES
    on: str = "sale"
    kind: Literal["stamps"] = "stamps"

    def __post_init__(self) -> None:
        between("target", self.target, 1)
        identifier("on", self.on)
        if self.of is Of.AMOUNT:
            raise WrongValue("of", "amount", "quantity or receipt")


@dataclass(frozen=True, slots=True)
class Streak:
    """Come on `days` days in a row."""

    days: int
    on: str = "sale"
    kind: Literal["streak"] = "streak"

    def __post_init__(self) -> None:
        between("days", self.days, 2, 366)
        identifier("on", self.on)


Course = Annotated[Stamps | Streak, ByKind()]
Prize = Annotated[Give | IssueVoucher | DrawPrize, ByKind()]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to reach by coming again: a full stamp card, a streak; and what it gives."""

    id: str
    reach: Course
    then: Prize
    text: Wording = field(default_factory=dict)
    repeats: bool = True  # After it is reached it begins again.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        check_only_once("then", self.then)
