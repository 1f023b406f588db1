"""The table of cases in the documentation: what each asserts, and what our program for it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.settings import DEFAULTS
from pos_loyalty.domain.programs.units import POINTS, UnitOfAccount
from pos_loyalty.lab.cases.figures import in_points, plain
from pos_loyalty.lab.cases.running import CaseResult
from pos_loyalty.wire.document_text import WHOLE
from pos_loyalty.wire.document_tree import as_tree

BEGIN = "<!-- cases: generated -->"
END = "<!-- cases: end -->"
HEAD = (
    "| case | peer | rules | our program | passed |",
    "|---|---|---|---|---|",
)


def with_table(text: str, results: Sequence[CaseResult], file: str) -> str:
    """Put the table between its marks. Raises WrongDocument when a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        found = "no place for the table"
        raise WrongDocument(file=file, path=WHOLE, found=found, allowed=f"{BEGIN} … {END}")
    rows = "\n".join((*HEAD, *map(_row, results)))
    return f"{before}{BEGIN}\n\n{rows}\n\n{END}{after}"


def _row(result: CaseResult) -> str:
    case = result.case
    ours = "" if result.program is None else "; ".join(in_short(result.program))
    rules = f"{case.rules} ({case.policy})" if case.policy else case.rules
    cells = (case.id, case.peer, rules, ours, "✓" if result.passed else "✗")
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def in_short(program: Program) -> Iterator[str]:
    """Say what a program is made of: rules, rewards, units and settings that are not the usual."""
    for event in dict.fromkeys(rule.on for rule in program.rules):
        rules = [rule for rule in program.rules if rule.on == event]
        told = (_with_conditions(rule.then.kind, rule.when) for rule in rules)
        yield (f"on {event}: " if event != "sale" else "") + ", ".join(dict.fromkeys(told))
    yield from dict.fromkeys(_reward(one, program) for one in program.rewards)
    if program.ladder is not None:
        yield f"{len(program.ladder.tiers)} tiers by {program.ladder.metric.value}"
    if program.valid_until is not None:
        yield f"until {program.valid_until}"
    for unit in program.units:
        unusual = ", ".join(_unusual(unit))
        if unusual or unit.id != POINTS.id:
            yield f"unit {unit.id}" + (f" ({unusual})" if unusual else "")
    for field in fields(DEFAULTS):
        value = getattr(program.settings, field.name)
        if value != getattr(DEFAULTS, field.name):
            yield f"{field.name} = {_plain(value)}"


def _reward(reward: Reward, program: Program) -> str:
    what = _with_conditions(f"reward {reward.gives.kind}", reward.when)
    if reward.voucher_only:
        what += " for a voucher"
    elif reward.cost:
        cost = plain(in_points(reward.cost, reward.unit, program))
        what += f" at {cost} of {reward.unit}"
    limits = [f"{one.times} {one.per.value}" for one in reward.limits]
    limits += [] if reward.stock is None else [f"stock of {reward.stock}"]
    limits += [] if reward.times_max is None else [f"{reward.times_max} on a receipt"]
    return what + (f", at most {', '.join(limits)}" if limits else "")


def _with_conditions(what: str, conditions: Iterable[object]) -> str:
    kinds = dict.fromkeys(str(getattr(one, "kind", "")) for one in conditions)
    return what + (f" ({', '.join(kinds)})" if kinds else "")


def _unusual(unit: UnitOfAccount) -> Iterator[str]:
    if unit.precision:
        yield "1 decimal" if unit.precision == 1 else f"{unit.precision} decimals"
    if unit.usable is not POINTS.usable:
        yield f"usable {unit.usable.value}"


def _plain(value: object) -> str:
    tree = as_tree(value)
    return str(tree).lower() if isinstance(tree, bool) else str(tree)
