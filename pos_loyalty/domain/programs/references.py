"""Whether what a program's parts speak of is there."""

from __future__ import annotations

from collections.abc import Iterator

from pos_loyalty.domain.programs.agreement import check_agreement
from pos_loyalty.domain.programs.checks import WrongValue, unique
from pos_loyalty.domain.programs.deeds import AboveFigure, HasEarned
from pos_loyalty.domain.programs.effects import DrawPrize, Earn, Give, IssueVoucher, Multiply
from pos_loyalty.domain.programs.limits import Cap
from pos_loyalty.domain.programs.moments import Suggestion
from pos_loyalty.domain.programs.parts import below, parts_of
from pos_loyalty.domain.programs.persons import InTier, MembershipActive
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import VoucherShown
from pos_loyalty.domain.programs.rewards import Convert, Reward
from pos_loyalty.domain.programs.schemes import Membership, PoolPrize, Transfers
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.domain.programs.tiers import EarlyAccess, Metric, TierLadder


def check_references(program: Program) -> None:
    """Check what no single field of a program can tell.

    Raises WrongValue with the place of the first thing that is wrong.
    """
    names = _names(program)
    for path, part in parts_of(program):
        for field, name, what in _uses(part):
            if name not in names[what]:
                allowed = allowed_words(name, names[what])
                raise WrongValue(below(path, field), name, f"{SAID[what]}: {allowed}")
    check_agreement(program)


SAID = {
    "unit": "a unit of this program",
    "own unit": "a unit of this program, or name the partner",
    "rule": "a rule of this program",
    "earning rule": "a rule that earns",
    "reward": "a reward of this program",
    "rule, reward or goal": "a rule, reward or goal of this program",
    "tier": "a tier of the ladder",
    "pool": "a pool of this program",
    "membership": "a membership of this program",
    "partner": "a partner of this program",
}


def _names(program: Program) -> dict[str, tuple[str, ...]]:
    unique("pools", (pool.id for pool in program.pools), "pool")
    unique("partners", (partner.id for partner in program.partners), "partner")
    rules = tuple(rule.id for rule in program.rules)
    rewards = tuple(reward.id for reward in program.rewards)
    units = tuple(unit.id for unit in program.units)
    ladder = program.ladder
    return {
        "unit": units,
        "own unit": units,
        "rule": rules,
        "earning rule": tuple(rule.id for rule in program.rules if isinstance(rule.then, Earn)),
        "reward": rewards,
        "rule, reward or goal": (*rules, *rewards, *(goal.id for goal in program.goals)),
        "tier": tuple(tier.id for tier in ladder.tiers) if ladder else (),
        "pool": tuple(pool.id for pool in program.pools),
        "membership": tuple(membership.id for membership in program.memberships),
        "partner": tuple(partner.id for partner in program.partners),
    }


def _uses(part: object) -> Iterator[tuple[str, str, str]]:
    """List the fields of a table that name something, the names in them, what they name."""
    for field, what in SPOKEN_OF.get(type(part), ()):
        named = getattr(part, field)
        if isinstance(named, tuple):
            yield from ((f"{field}[{number}]", name, what) for number, name in enumerate(named))
        elif named and not _is_open(part, field):
            yield field, named, what


def _is_open(part: object, field: str) -> bool:
    """Whether a name says nothing here: it may be any."""
    match part:
        case Reward():
            return not (part.cost or part.minimum_balance)
        case Convert(partner=str(partner)) if field == "unit":
            return bool(partner)
        case TierLadder():
            return part.metric is not Metric.EARNED
        case _:
            return False


SPOKEN_OF: dict[type, tuple[tuple[str, str], ...]] = {
    Earn: (("unit", "unit"),),
    Give: (("unit", "unit"),),
    Multiply: (("unit", "unit"), ("rules", "earning rule")),
    IssueVoucher: (("reward", "reward"),),
    DrawPrize: (("pool", "pool"),),
    Convert: (("partner", "partner"), ("unit", "own unit")),
    Reward: (("unit", "unit"),),
    Cap: (("unit", "unit"), ("rules", "rule")),
    InTier: (("any_of", "tier"),),
    VoucherShown: (("reward", "reward"),),
    HasEarned: (("unit", "unit"),),
    AboveFigure: (("unit", "unit"),),
    MembershipActive: (("id", "membership"),),
    TierLadder: (("unit", "unit"),),
    EarlyAccess: (("tiers", "tier"),),
    Membership: (("saves", "rule"),),
    Suggestion: (("towards", "rule, reward or goal"),),
    Transfers: (("unit", "unit"),),
    PoolPrize: (("reward", "reward"),),
}
