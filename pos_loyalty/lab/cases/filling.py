"""Filling in {words}: a template's figures are the case's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.lab.cases.figures import PERCENT, day, minor, number, steps
from pos_loyalty.wire.document_text import Figure
from pos_loyalty.wire.wrong_parts import Odd, WrongPart

# A word by itself, or as a program counts it: {amount|minor}, {cost|points:stars}, {to|day}.
HOLE = re.compile(r"\{([A-Za-z0-9_.-]+)(?:\|([a-z]+)(?::([a-z0-9_-]+))?)?\}")
FILTERS = ("minor", "points", "percent", "day")


class Filler:
    """Fills templates with the words of one step."""

    __slots__ = ("_program", "_today", "_words")

    def __init__(self, words: Mapping[str, object], program: Program, today: date) -> None:
        self._words = words
        self._program = program  # Says what money and points are counted in.
        self._today = today

    def fill(self, template: object) -> object:
        """Put the step's values in. Raises WrongPart with the place in the template."""
        match template:
            case dict():
                return {word: self._inside(word, one) for word, one in template.items()}
            case list():
                return self._list(template)
            case str() if hole := HOLE.fullmatch(template):
                return self._value(hole)
            case str() if not isinstance(template, Figure):
                return HOLE.sub(lambda hole: str(self._value(hole)), template)
            case _:
                return template

    def _inside(self, word: str | int, template: object) -> object:
        try:
            return self.fill(template)
        except WrongPart as error:
            raise error.inside(word) from None

    def _list(self, template: list[object]) -> list[object]:
        """Fill a list; one entry that stands for a list is as many entries."""
        filled: list[object] = []
        for i, one in enumerate(template):
            value = self._inside(i, one)
            if isinstance(one, str) and isinstance(value, list):
                filled.extend(value)
            else:
                filled.append(value)
        return filled

    def _value(self, hole: re.Match[str]) -> object:
        word, how, unit = hole.groups()
        if word not in self._words:
            raise WrongPart(
                Odd(f"{{{word}}}", "a word of the step: " + allowed_words(word, self._words))
            )
        value = self._words[word]
        match how:
            case None:
                return value
            case "minor":
                return minor(value, self._program.currency)
            case "points":
                return steps(value, unit or self._program.main_unit.id, self._program)
            case "percent":
                return Figure(f"{Decimal(number(value)) / PERCENT:f}")
            case "day":
                return day(value, self._today).isoformat()
            case _:
                raise WrongPart(hole[0], allowed_words(how, FILTERS))


def holes(template: object) -> Iterator[str]:
    """List the words that a template asks for."""
    match template:
        case dict():
            for one in template.values():
                yield from holes(one)
        case list():
            for one in template:
                yield from holes(one)
        case str():
            for hole in HOLE.finditer(template):
                yield hole[1]
