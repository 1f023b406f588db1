"""Telling what was expected of a step and what was found, to machines and to people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pos_loyalty.lab.cases.figures import number, plain
from pos_loyalty.lab.cases.measuring import Found
from pos_loyalty.lab.cases.running import StepResult
from pos_loyalty.wire.document_text import Figure


def step_facts(step: StepResult) -> dict[str, object]:
    """Say it to a machine."""
    return {
        "step": step.name,
        "expect": {word: _expected(value) for word, value in step.expected.items()},
        "found": {word: _found(value) for word, value in step.found.items()},
        "passed": step.passed,
    }


def differences(step: StepResult) -> Iterator[str]:
    """Say what came out otherwise, a line each; nothing of a step that passed."""
    if step.passed:
        return
    for word, found in step.found.items():
        if word not in step.expected:
            yield f"{step.name}: {word} is {_told(_found(found))}, and none was expected"
        elif not step.same[word]:
            wanted = _told(_expected(step.expected[word]))
            yield f"{step.name}: {word}: expected {wanted}, found {_told(_found(found))}"


def _expected(value: object) -> object:
    if isinstance(value, Figure):
        return plain(Fraction(number(value)))
    if isinstance(value, list):
        return [_expected(one) for one in value]
    return value


def _found(value: Found) -> object:
    if isinstance(value, Fraction):
        return plain(value)
    return list(value) if isinstance(value, tuple) else value


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "nothing" if value is None else str(value)
