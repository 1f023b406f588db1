"""What an event records of its scoring: the standing it was worked out from, and what came of it.

With this the server works it out again, years later, and must come to the same (I10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.facts import STRANGER, MemberFacts, Voucher
from pos_loyalty.domain.ids import LeaseId, ProgramId, Unit
from pos_loyalty.domain.texts import check_text

POINTS_MAX = 10**15
VERSION_MAX = 2**31 - 1
LEFT_MAX = 1000


@dataclass(frozen=True, slots=True)
class ProgramVersion:
    """The very rules a sale was scored by."""

    program: ProgramId
    version: int

    def __post_init__(self) -> None:
        check_text(self.program)
        if not 1 <= self.version <= VERSION_MAX:
            raise ValueError(f"no program has the version {self.version}")


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of one unit that an event gives, as one lot that bears the event's id."""

    unit: Unit
    points: int
    expires_on: date | None = None
    usable_on: date | None = None
    line_points: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_text(self.unit)
        if not 0 < self.points <= POINTS_MAX:
            raise ValueError(f"an event earns 1 to {POINTS_MAX} points, not {self.points}")
        if min(self.line_points, default=0) < 0:
            raise ValueError(f"a line takes no points away: {self.line_points}")
        if self.line_points and sum(self.line_points) != self.points:
            raise ValueError(f"the lines' points {self.line_points} do not sum to {self.points}")


@dataclass(frozen=True, slots=True)
class PrizeDraw:
    """What came of one draw from a pool, and from which lease it was drawn.

    `lease` None: the till held no prizes of this pool, and nothing was drawn. `reward` None: no
    prize.
    """

    pool: str
    lease: LeaseId | None = None
    reward: str | None = None

    def __post_init__(self) -> None:
        check_text(self.pool)
        check_text(self.reward or "")
        if self.reward is not None and self.lease is None:
            raise ValueError(f"{self.reward} was won, but from no lease")


@dataclass(frozen=True, slots=True)
class Left:
    """What an event changes in a member's past, besides her points. All names are the program's."""

    uses: tuple[str, ...] = ()  # Rules and rewards with a limit, and caps, that were used.
    capped: Mapping[str, int] = field(default_factory=dict)  # Cap → points given under it.
    carried: Mapping[str, Fraction] = field(default_factory=dict)  # What is left of steps, by unit.
    goals: Mapping[str, int] = field(default_factory=dict)  # Where each goal stands now.
    tier: str | None = None  # The tier reached. None: none, or not known here.
    vouchers: tuple[Voucher, ...] = ()  # Issued by this event.
    draws: tuple[PrizeDraw, ...] = ()  # In order; an event tells its draws apart by their place.

    def __post_init__(self) -> None:
        names = (self.uses, self.capped, self.carried, self.goals)
        for many in (*names, self.vouchers, self.draws):
            if len(many) > LEFT_MAX:
                raise ValueError(f"an event leaves at most {LEFT_MAX} of a kind behind")
        for text in (self.tier or "", *(name for many in names for name in many)):
            check_text(text)
        for voucher in self.vouchers:
            check_text(voucher.code)
            check_text(voucher.reward)
        counts = (*self.capped.values(), *self.goals.values(), *map(floor, self.carried.values()))
        if not 0 <= min(counts, default=0) <= max(counts, default=0) <= POINTS_MAX:
            raise ValueError(f"what an event leaves is counted from 0 to {POINTS_MAX}")


NOTHING_LEFT = Left()


@dataclass(frozen=True, slots=True)
class Scored:
    """How an event was scored.

    `facts` are those the program asks for; a birthday is told by a stand-in that every rule answers
    alike, because personal data never enter the chain. `includes`: the last own event that the
    pulled standing contained; None: the till did not know the member.
    """

    program: ProgramVersion
    facts: MemberFacts = STRANGER
    includes: Position | None = None
    figures: Mapping[str, int] = field(default_factory=dict)
    earned: tuple[Earned, ...] = ()
    left: Left = field(default_factory=lambda: NOTHING_LEFT)

    def __post_init__(self) -> None:
        units = [one.unit for one in self.earned]
        if len(set(units)) < len(units):
            raise ValueError(f"an event earns one lot of each unit: {units}")

    def points(self, unit: Unit) -> int:
        """Tell what was earned of one unit."""
        return sum([one.points for one in self.earned if one.unit == unit])
