"""What somebody has who comes to the counter: facts as a case tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from typing import Any

from pos_loyalty.domain.facts import UNKNOWN, History, MemberFacts, Offers, OwnLot
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.cases.case_file import at
from pos_loyalty.lab.cases.figures import day, number, steps
from pos_loyalty.lab.cases.standing import drawn, known
from pos_loyalty.wire.document_text import Figure
from pos_loyalty.wire.facts_document import FACTS, read_member
from pos_loyalty.wire.wrong_parts import WrongPart, unknown_word

OWN_WORDS = ("balances", "lots", "spent")
LOT_WORDS = ("amount", "points", "unit", "expired", "expires_on", "usable_on")
DAYS = ("joined_on", "birthday", "last_purchase_on", "until", "first", "last", "on")
OF_PARTS = (History, Offers)  # Each of their parts may be unknown.


def member_with(
    facts: MemberFacts, has: Mapping[str, object], program: Program, today: date
) -> MemberFacts:
    """Give a member what is told: balances, lots and what was spent of them in points.

    All else is told as in the member of a basket document, days also as today-1. Raises WrongPart.
    """
    told = {word: value for word, value in has.items() if word not in OWN_WORDS}
    for word in told:
        if word not in FACTS:
            raise unknown_word(word, (*OWN_WORDS, *FACTS))
    facts = _told(facts, read_member(_document(told, "", today)))
    for unit, value in _inside(has, "balances").items():
        with _inner("balances", unit):
            points = steps(value, unit, program)
        facts = _with_lots(facts, unit, [OwnLot(unit, points)] if points else [])
    lots = []
    for i, one in enumerate(_entries(has, "lots")):
        with _inner("lots", i):
            lots.append(_lot(one, program, today))
    for unit in dict.fromkeys(lot.unit for lot in lots):
        facts = _with_lots(facts, unit, [lot for lot in lots if lot.unit == unit])
    unit = program.main_unit.id
    for i, one in enumerate(_entries(has, "spent")):
        with _inner("spent", i):
            points = steps(one, unit, program)
        own = [lot for lot in known(facts.lots) if lot.unit == unit]
        facts = _with_lots(facts, unit, drawn(own, unit, points))
    return facts


def given(word: str, value: object, program: Program) -> Mapping[str, object] | None:
    """Tell what a case's word of what is given means by itself: a balance. None: nothing."""
    unit = program.main_unit.id if word == "balance" else word
    return None if program.unit_named(unit) is None else {"balances": {unit: value}}


def _with_lots(facts: MemberFacts, unit: str, lots: Sequence[OwnLot]) -> MemberFacts:
    others = tuple(lot for lot in known(facts.lots) if lot.unit != unit)
    balance = sum(lot.points for lot in lots)
    return replace(
        facts,
        lots=(*others, *lots),
        balances={**known(facts.balances), unit: balance},
    )


def _told(facts: MemberFacts, told: MemberFacts) -> MemberFacts:
    """Put in what is known of `told`; counts of use are added to those of other rules."""
    usage = {name: dict(spans) for name, spans in known(facts.usage).items()}
    if told.usage is not UNKNOWN:
        for name, spans in known(told.usage).items():
            usage.setdefault(name, {}).update(spans)
    changes: dict[str, Any] = {"usage": usage}
    for field in fields(MemberFacts):
        value = getattr(told, field.name)
        if isinstance(value, OF_PARTS):
            parts = {one.name: getattr(value, one.name) for one in fields(value)}
            sure = {name: part for name, part in parts.items() if part is not UNKNOWN}
            changes[field.name] = replace(getattr(facts, field.name), **sure)
        elif value is not UNKNOWN and field.name != "usage":
            changes[field.name] = value
    return replace(facts, **changes)


def _lot(found: object, program: Program, today: date) -> OwnLot:
    """Read a lot: how many points, or a table."""
    if not isinstance(found, dict):
        return OwnLot(program.main_unit.id, steps(found, program.main_unit.id, program))
    for word in found:
        if word not in LOT_WORDS:
            raise unknown_word(word, LOT_WORDS)
    unit = str(found.get("unit", program.main_unit.id))
    points = steps(found.get("amount", found.get("points")), unit, program)
    expires = _day(found, "expires_on", today)
    expired = found.get("expired", False)
    if not isinstance(expired, bool):
        raise WrongPart(expired, "true or false").inside("expired")
    return OwnLot(unit, points, today if expired else expires, _day(found, "usable_on", today))


def _day(found: Mapping[str, object], word: str, today: date) -> date | None:
    if found.get(word) is None:
        return None
    with _inner(word):
        return day(found[word], today)


@contextmanager
def _inner(*place: str | int) -> Iterator[None]:
    """Tell in which part something wrong was found."""
    try:
        yield
    except WrongPart as error:
        raise at(error, place) from None


def _document(value: object, word: str, today: date) -> object:
    """Write it as documents are: whole numbers, other figures as texts, days as such."""
    match value:
        case dict():
            return {str(name): _document(one, str(name), today) for name, one in value.items()}
        case list():
            return [_document(one, word, today) for one in value]
        case Figure():
            figure = number(value)
            return int(figure) if figure == int(figure) else str(value)
        case str() if word in DAYS:
            return day(value, today).isoformat()
        case _:
            return value


def _inside(has: Mapping[str, object], word: str) -> Mapping[str, object]:
    found = has.get(word, {})
    if isinstance(found, dict):
        return found
    raise WrongPart(found, "a table, in { }").inside(word)


def _entries(has: Mapping[str, object], word: str) -> Sequence[object]:
    found = has.get(word, [])
    if isinstance(found, list):
        return found
    raise WrongPart(found, "a list, in [ ]").inside(word)
