"""What is different in another version of a program, by name and not by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from pos_loyalty.domain.programs.parts import below
from pos_loyalty.domain.programs.program import Program


class Absent(Enum):
    """Nothing is there: not to be taken for a None that is."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that was added (`before` is ABSENT), removed (`after` is ABSENT) or changed.

    `path` names the entries of a list by their id: rules.coffee-double.then.by.
    """

    path: str
    before: object
    after: object


def differences(before: Program, after: Program) -> tuple[Difference, ...]:
    """List what is different, in the order of the document."""
    return tuple(_between(before, after, ""))


def _between(before: object, after: object, path: str) -> Iterator[Difference]:
    if before == after:
        return
    if type(before) is type(after) and is_dataclass(before):
        for field in fields(before):
            name = field.name
            yield from _between(getattr(before, name), getattr(after, name), below(path, name))
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _between_entries(before, after, path)
    elif isinstance(before, tuple) and isinstance(after, tuple) and _have_ids(before + after):
        old = {entry.id: entry for entry in before}
        new = {entry.id: entry for entry in after}
        yield from _between_entries(old, new, path)
        kept = tuple(name for name in old if name in new)
        kept_now = tuple(name for name in new if name in old)
        if kept != kept_now:  # What comes first may count first.
            yield Difference(path, kept, kept_now)
    else:
        yield Difference(path, before, after)


def _between_entries(
    before: Mapping[str, object], after: Mapping[str, object], path: str
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        place = below(path, name)
        if name in before and name in after:
            yield from _between(before[name], after[name], place)
        else:
            yield Difference(place, before.get(name, ABSENT), after.get(name, ABSENT))


def _have_ids(entries: tuple[object, ...]) -> bool:
    return all(hasattr(entry, "id") and not hasattr(entry, "kind") for entry in entries)
