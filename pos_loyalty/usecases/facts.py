"""What this till knows of a member when a basket is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pos_loyalty.domain.facts import STRANGER, MemberFacts, OwnLot, Unknown
from pos_loyalty.domain.needs import needs
from pos_loyalty.domain.past import facts_of, own_names
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.standing import MemberSeen

USED = "used-"  # Published counts of what all members together had of a rule or reward.


def facts_of_member(counter: Counter, seen: MemberSeen, program: Program, on: date) -> MemberFacts:
    """Gather the facts `program` may ask for. Of a member of another store nothing is known."""
    return facts_known(seen, program, on, counter.members.figures())


def facts_known(
    seen: MemberSeen, program: Program, on: date, figures: Mapping[str, int]
) -> MemberFacts:
    """Gather them from what is known of her; `figures` are what all members together did."""
    if seen.past is None:
        return STRANGER
    lots = tuple(
        OwnLot(unit.id, lot.points, lot.expires_on, lot.usable_on)
        for unit in program.units
        for lot in seen.standing.lots(program.account_unit(unit.id))
    )
    birthday = None if seen.record is None else seen.record.birthday
    facts = facts_of(seen.past, program, on, birthday, lots)
    return _with_totals(facts, own_names(program.id, figures))


def _with_totals(facts: MemberFacts, figures: Mapping[str, int]) -> MemberFacts:
    """Add what all members together used to what she did."""
    if isinstance(facts.usage, Unknown):
        return facts
    totals = {n.removeprefix(USED): f for n, f in figures.items() if n.startswith(USED)}
    usage = {
        rule: {**facts.usage.get(rule, {}), Per.TOTAL.value: total}
        for rule, total in totals.items()
    }
    return replace(facts, usage={**facts.usage, **usage})


def figures_of(counter: Counter, program: Program) -> Mapping[str, int]:
    """Tell the published figures that `program` asks for."""
    wanted = needs(program).figures
    if not wanted:
        return {}
    told = own_names(program.id, counter.members.figures())
    return {name: figure for name, figure in told.items() if name in wanted}
