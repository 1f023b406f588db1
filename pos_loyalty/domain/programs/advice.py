"""What is allowed in a program and yet seldom meant, as facts for whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pos_loyalty.domain.programs.never import WhyNever, why_never
from pos_loyalty.domain.programs.parts import texts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Aim
from pos_loyalty.domain.programs.units import CalendarDay, Months, ProgramEnd, UnitOfAccount
from pos_loyalty.domain.programs.worth import (
    cost_unknown,
    earning_sale_minor,
    share_of_sale,
    share_off,
)

DEAR_SHARE = Fraction(15, 100)  # Usual rewards take 5 to 15 % …
SPECIAL_SHARE = Fraction(25, 100)  # … special ones 25 to 35 %.
DEAR_SPECIAL_SHARE = Fraction(35, 100)
MONTHS_OF_YEAR = 12
VISITS_OF_MONTH = Fraction(13, 3)  # Once a week: who comes oftener is rare.


@dataclass(frozen=True, slots=True)
class DearReward:
    """A reward that costs the shop much of the sales that earn it. `path` as in the document."""

    path: str
    reward: str
    share: Fraction  # 0.34: 34 % of the sale.
    usual: Fraction  # The most that is usual.


@dataclass(frozen=True, slots=True)
class NotSpecial:
    """A rule or reward announced as special, which takes no more off than others do."""

    path: str
    name: str
    share: Fraction
    least: Fraction


@dataclass(frozen=True, slots=True)
class NeverHolds:
    """A rule or reward that can never be had."""

    path: str
    name: str
    why: WhyNever


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text that lacks languages in which others of the program are told."""

    path: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverExpires:
    """A unit that can be spent for ever: a debt of the shop that only grows."""

    path: str
    unit: str


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A reward whose points are gone before enough of them are collected."""

    path: str
    reward: str
    months_needed: int  # With one average receipt a week.
    months_kept: int


@dataclass(frozen=True, slots=True)
class CostUnknown:
    """A reward of goods without its cost: reports take the sale price."""

    path: str
    reward: str


@dataclass(frozen=True, slots=True)
class NoGoal:
    """A program that does not say what it is for."""

    path: str = "goal"


@dataclass(frozen=True, slots=True)
class NoContact:
    """Conditions for members without anybody to ask."""

    path: str = "contact"


Advice = (
    DearReward
    | NotSpecial
    | NeverHolds
    | Untranslated
    | NeverExpires
    | OutOfReach
    | CostUnknown
    | NoGoal
    | NoContact
)


def advise(program: Program) -> tuple[Advice, ...]:
    """List what its author should look at once more, in the order of the document."""
    return (
        *(() if program.goal else (NoGoal(),)),
        *(() if program.contact else (NoContact(),)),
        *_units(program),
        *_rules(program),
        *_rewards(program),
        *_texts(program),
    )


def _units(program: Program) -> Iterator[Advice]:
    spent = {reward.unit for reward in program.rewards if reward.cost}
    for number, unit in enumerate(program.units):
        if unit.id in spent and not _expires(unit, program):
            yield NeverExpires(f"units[{number}].lasts", unit.id)


def _expires(unit: UnitOfAccount, program: Program) -> bool:
    if program.closing is not None:
        return True
    if isinstance(unit.lasts, ProgramEnd):
        return program.valid_until is not None
    return unit.lasts is not None


def _rules(program: Program) -> Iterator[Advice]:
    for number, rule in enumerate(program.rules):
        path = f"rules[{number}]"
        why = why_never(rule, program)
        if why is not None:
            yield NeverHolds(path, rule.id, why)
        share = share_off(rule.then, rule.when, program)
        if rule.special and share is not None and share < SPECIAL_SHARE:
            yield NotSpecial(path, rule.id, share, SPECIAL_SHARE)


def _rewards(program: Program) -> Iterator[Advice]:
    for number, reward in enumerate(program.rewards):
        path = f"rewards[{number}]"
        why = why_never(reward, program)
        if why is not None:
            yield NeverHolds(path, reward.id, why)
        off = share_off(reward.gives, reward.when, program)
        if reward.special and off is not None and off < SPECIAL_SHARE:
            yield NotSpecial(path, reward.id, off, SPECIAL_SHARE)
        share = share_of_sale(reward, program)
        usual = DEAR_SPECIAL_SHARE if reward.special else DEAR_SHARE
        if share is not None and share > usual:
            yield DearReward(path, reward.id, share, usual)
        if cost_unknown(reward):
            yield CostUnknown(path, reward.id)
        months = _months_needed(reward, program)
        kept = _months_kept(program.unit_named(reward.unit))
        if months is not None and kept is not None and months > kept:
            yield OutOfReach(path, reward.id, months, kept)


def _months_needed(reward: Reward, program: Program) -> int | None:
    """Tell how many months of weekly average receipts pay for it. None: not to be told."""
    sale_minor = earning_sale_minor(reward, program)
    goal = program.goal
    if sale_minor is None or goal is None or goal.metric is not Aim.AVERAGE_RECEIPT:
        return None
    return -int(-sale_minor // (goal.target * VISITS_OF_MONTH))


def _months_kept(unit: UnitOfAccount | None) -> int | None:
    match unit.lasts if unit else None:
        case Months(months=months):
            return months
        case CalendarDay(years=years):
            return years * MONTHS_OF_YEAR
        case _:
            return None


def _texts(program: Program) -> Iterator[Advice]:
    texts = tuple(texts_of(program))
    languages = tuple(dict.fromkeys(language for _, text in texts for language in text))
    for path, text in texts:
        lacking = tuple(language for language in languages if language not in text)
        if lacking:
            yield Untranslated(path, lacking)
