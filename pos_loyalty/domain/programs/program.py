"""A loyalty program: rules as data, immutable, numbered, valid between two days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pos_loyalty.domain.ids import ProgramId, Unit
from pos_loyalty.domain.programs.checks import (
    WrongValue,
    at_most,
    between,
    identifier,
    in_order,
    unique,
    wording,
)
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import Effect, Stacking
from pos_loyalty.domain.programs.limits import Cap, Limit
from pos_loyalty.domain.programs.moments import Message, MissingFact, Notice, Suggestion
from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import (
    Closing,
    CurrencyChange,
    Membership,
    Partner,
    Pool,
    ProgramGoal,
    Transfers,
    check_currency,
)
from pos_loyalty.domain.programs.settings import DEFAULTS, Settings
from pos_loyalty.domain.programs.tiers import EarlyAccess, Goal, TierLadder
from pos_loyalty.domain.programs.units import POINTS, UnitOfAccount
from pos_loyalty.domain.programs.wordings import Wording

RULES_MAX = 1000
VERSION_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Rule:
    """On an event, when all conditions hold, the effect happens."""

    id: str
    then: Effect
    when: tuple[Condition, ...] = ()
    text: Wording = field(default_factory=dict)  # A few words, as on a receipt.
    on: str = "sale"  # Or recognised, joined, feedback, or any other event's name.
    limits: tuple[Limit, ...] = ()
    stacking: Stacking | None = None  # None: multipliers add, discounts take off what is left.
    special: bool = False  # Announced as something special; checked to be so.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        identifier("on", self.on)


@dataclass(frozen=True, slots=True)
class Program:
    """One version of a scheme. Days are inclusive, in the store's time zone; None: open."""

    id: ProgramId
    version: int
    name: Wording
    currency: str
    valid_from: date
    valid_until: date | None = None
    stores: tuple[str, ...] = ()  # Empty: all.
    channels: tuple[Channel, ...] = ()  # Empty: all.
    priority: int = 0  # Of several in force the highest counts.
    goal: ProgramGoal | None = None
    contact: Wording = field(default_factory=dict)  # Whom members ask; part of the terms.
    settings: Settings = DEFAULTS
    units: tuple[UnitOfAccount, ...] = (POINTS,)  # The first is shown largest.
    rules: tuple[Rule, ...] = ()
    caps: tuple[Cap, ...] = ()
    rewards: tuple[Reward, ...] = ()
    ladder: TierLadder | None = None
    access: tuple[EarlyAccess, ...] = ()
    goals: tuple[Goal, ...] = ()
    memberships: tuple[Membership, ...] = ()
    messages: tuple[Message, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[Notice, ...] = ()
    questions: tuple[MissingFact, ...] = ()
    partners: tuple[Partner, ...] = ()
    transfers: Transfers | None = None
    pools: tuple[Pool, ...] = ()
    closing: Closing | None = None
    currency_change: CurrencyChange | None = None

    def __post_init__(self) -> None:
        identifier("id", self.id)
        between("version", self.version, 1, VERSION_MAX)
        wording("name", self.name)
        if not self.name:
            raise WrongValue("name", {}, "a name in one language at least")
        check_currency("currency", self.currency)
        in_order("valid_until", self.valid_from, self.valid_until)
        if not self.units:
            raise WrongValue("units", (), "at least one unit, or leave it out for points")
        at_most("rules", self.rules, RULES_MAX)
        at_most("rewards", self.rewards, RULES_MAX)
        unique("units", (unit.id for unit in self.units), "unit")
        names = (*(rule.id for rule in self.rules), *(reward.id for reward in self.rewards))
        unique("rules", names[: len(self.rules)], "rule")
        unique("rewards", names[len(self.rules) :], "reward")
        for parts in ("caps", "goals", "memberships", "messages", "suggestions", "notices"):
            at_most(parts, getattr(self, parts), RULES_MAX)
            unique(parts, (part.id for part in getattr(self, parts)), parts.removesuffix("s"))

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def main_unit(self) -> UnitOfAccount:
        """What is shown largest."""
        return self.units[0]

    @property
    def unit(self) -> Unit:
        """The name of its main unit among the units of all programs."""
        return self.account_unit(self.main_unit.id)

    def account_unit(self, unit: str) -> Unit:
        """Name one of its units among those of all programs."""
        return Unit(f"{self.id}/{unit}")

    def unit_named(self, unit: str) -> UnitOfAccount | None:
        """Find one of its units."""
        return next((one for one in self.units if one.id == unit), None)

    def reward(self, reward: str) -> Reward | None:
        """Find a reward."""
        return next((one for one in self.rewards if one.id == reward), None)

    def holds_on(self, day: date) -> bool:
        """Whether the program is in force on the business day `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def earns_on(self, day: date) -> bool:
        """Whether anything is earned on `day`."""
        return self.holds_on(day) and (self.closing is None or day <= self.closing.earn_until)

    def redeems_on(self, day: date) -> bool:
        """Whether rewards are had on `day`: also after the last day of earning."""
        if self.closing is None:
            return self.holds_on(day)
        return self.valid_from <= day <= self.closing.redeem_until
