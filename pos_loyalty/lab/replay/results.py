"""What a replay comes to. Money is in minor units of the report's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.schemes import Aim


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit of account. `point_minor` None: nobody tells what a point is worth."""

    id: str
    earned: int
    converted: int  # Out of other units.
    redeemed: int
    expired: int
    outstanding: int  # On the last day; of members whose balance is not known, what they gained.
    members_unknown: int  # Whose whole balance is not known.
    point_minor: Fraction | None
    valued_by: str  # "value_minor", a reward, or empty.
    outstanding_minor: int | None
    change_minor: int  # What is owed more at the end than at the beginning.


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule or goal: on how many receipts it worked, and what it gave."""

    id: str
    applied: int
    capped: int
    undecided: int  # A fact was not known.
    points: int
    discount_minor: int


@dataclass(frozen=True, slots=True)
class RewardResult:
    """One reward: how often it was taken, for what, and what it cost."""

    id: str
    times: int
    points: int
    discount_minor: int
    paid_minor: int
    cost_minor: int


@dataclass(frozen=True, slots=True)
class Present:
    """Vouchers for a reward, or draws from a pool. `minor` None: nobody tells their value."""

    id: str
    count: int
    minor: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Wishes that were refused: by the refusal's code, for a reward, voucher or product."""

    code: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """Rules that wait for a fact nobody told, and on how many receipts."""

    fact: str
    rules: tuple[str, ...]
    receipts: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the program's goal is reached. `share`: 0 at the baseline, 1 at the target."""

    metric: Aim
    found: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One program. Its cost is what was given, and what is owed more than at the beginning."""

    program: Program
    receipts_in_force: int
    to_pay_minor: int
    average_receipt_minor: int
    units: tuple[UnitResult, ...]
    discount_minor: int
    gift_cost_minor: int
    reward_cost_minor: int
    voucher_cost_minor: int
    draw_cost_minor: int
    given_minor: int
    owed_more_minor: int
    cost_minor: int
    cost_share: Fraction  # Of the sales.
    cost_per_member_minor: int
    gain_per_member_minor: int
    rules: tuple[RuleResult, ...]
    rewards: tuple[RewardResult, ...]
    vouchers: tuple[Present, ...]
    draws: tuple[Present, ...]
    memberships: Mapping[str, int]
    refused: tuple[Refusal, ...]
    undecided: tuple[Undecided, ...]
    at_sale_price: int  # Receipts on which a cost was the sale price.
    untold_gifts: int  # Pieces whose price nobody tells: they cost nothing here.
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class CrowdResult:
    """Who came, how often and for how much: the same under any program."""

    currency: str
    first: date | None
    last: date | None
    receipts: int  # Sales.
    events: int  # That are no sales.
    skipped: int  # Receipts that could not be read.
    with_member: int
    nameless: int
    members: int
    sales_minor: int
    average_receipt_minor: int
    visits_per_member: Fraction
    second_visit_rate: Fraction
    member_share: Fraction


@dataclass(frozen=True, slots=True)
class MemberChange:
    """By how much one member is better off under the program than beside it."""

    id: str
    gain_minor: int
    beside_minor: int

    @property
    def difference_minor(self) -> int:
        """What she wins; less than 0: she loses."""
        return self.gain_minor - self.beside_minor


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the members, those who lose most first. Differences in money."""

    members: int
    least_minor: int
    most_minor: int
    sum_minor: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Members whose difference lies from `since_minor` to below `until_minor`; None: open."""

    since_minor: int | None
    until_minor: int | None
    members: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who wins and who loses."""

    winners: int
    losers: int
    same: int
    difference_minor: int
    tenths: tuple[Tenth, ...]
    bars: tuple[Bar, ...]
    most_won: tuple[MemberChange, ...]
    most_lost: tuple[MemberChange, ...]


@dataclass(frozen=True, slots=True)
class DayCost:
    """What a day cost under each program."""

    on: date
    costs_minor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All of it. `programs`: the one that was asked about, and the one beside it if there is."""

    crowd: CrowdResult
    programs: tuple[ProgramResult, ...]
    comparison: Comparison
    days: tuple[DayCost, ...]
