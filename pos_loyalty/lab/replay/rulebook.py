"""What a program keeps of its members, found out once for all receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.needs import needs
from pos_loyalty.domain.past import YEARS
from pos_loyalty.domain.programs.limits import Cap, Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.units import Inactivity, Usable

EVER = "ever"
ALWAYS = frozenset({"vouchers_held"})  # A wish may name one.
BIRTHDAY = frozenset({"birthday"})


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A program with the spans and names that are counted under it."""

    program: Program
    units: tuple[str, ...]
    asks: frozenset[str]  # Facts that are listened for.
    windows: tuple[str, ...]  # Of history, besides "ever".
    looks_back: bool  # Whether it asks for any sums of the past.
    limits: Mapping[str, tuple[Per, ...]]  # Name → spans in which its uses are counted.
    limited_rules: frozenset[str]
    caps: tuple[Cap, ...]
    in_total: frozenset[str]  # What all members together may have so often.
    stocks: Mapping[str, int]  # Reward → pieces there are.
    sleeps: tuple[tuple[str, int], ...]  # Unit → days without a purchase after which it is gone.
    at_once: frozenset[str]  # Units that pay for the receipt that earns them.
    carries: bool
    keeps_days: bool

    def in_force(self, day: date, store: str, channel: str) -> bool:
        """Whether the program says anything of a receipt."""
        program = self.program
        if program.stores and store not in program.stores:
            return False
        if program.channels and all(one.value != channel for one in program.channels):
            return False
        return program.holds_on(day) or program.redeems_on(day)


def rulebook(program: Program) -> Rulebook:
    """Find out what is to be kept of members under `program`."""
    asked = needs(program)
    windows = asked.windows | (YEARS if program.memberships else frozenset())
    limited = [(rule.id, rule.limits) for rule in program.rules]
    limited += [(reward.id, reward.limits) for reward in program.rewards]
    return Rulebook(
        program=program,
        units=tuple(unit.id for unit in program.units),
        asks=asked.facts | ALWAYS | (BIRTHDAY if asked.birthday else frozenset()),
        windows=tuple(sorted(windows - {EVER})),
        looks_back=bool(windows),
        limits=asked.limits,
        limited_rules=frozenset(rule.id for rule in program.rules if rule.limits),
        caps=program.caps,
        in_total=frozenset(
            name for name, limits in limited for limit in limits if limit.per is Per.TOTAL
        ),
        stocks={one.id: one.stock for one in program.rewards if one.stock is not None},
        sleeps=tuple(
            (unit.id, unit.lasts.days)
            for unit in program.units
            if isinstance(unit.lasts, Inactivity)
        ),
        at_once=frozenset(unit.id for unit in program.units if unit.usable is Usable.AT_ONCE),
        carries=any(getattr(rule.then, "carry", False) for rule in program.rules),
        keeps_days=bool(windows - {EVER} or asked.limits),
    )
