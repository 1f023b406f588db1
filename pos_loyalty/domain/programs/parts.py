"""Every table of a program with its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pos_loyalty.domain.programs.program import Program


def parts_of(program: Program) -> Iterator[tuple[str, object]]:
    """List every table below the program, outer before inner, with paths as rules[0].then."""
    return _inside(program, "")


def texts_of(program: Program) -> Iterator[tuple[str, Mapping[str, str]]]:
    """List every text that is there in some language, the program's name first."""
    for path, part in (("", program), *parts_of(program)):
        for name in _names(part):
            value = getattr(part, name)
            if isinstance(value, Mapping) and value:
                yield below(path, name), value
        for number, answer in enumerate(getattr(part, "answers", ())):
            yield below(path, f"answers[{number}]"), answer


def below(path: str, field: str) -> str:
    """Name a field of the table at `path`; the program itself is at the empty path."""
    return f"{path}.{field}" if path else field


def _inside(part: object, path: str) -> Iterator[tuple[str, object]]:
    for name in _names(part):
        value = getattr(part, name)
        place = below(path, name)
        if isinstance(value, tuple):
            entries = [(f"{place}[{number}]", one) for number, one in enumerate(value)]
        else:
            entries = [(place, value)]
        for where, one in entries:
            if is_dataclass(one):
                yield where, one
                yield from _inside(one, where)


def _names(part: object) -> tuple[str, ...]:
    return tuple(field.name for field in fields(part)) if is_dataclass(part) else ()
