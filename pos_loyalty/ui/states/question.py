"""A question that can wait: it never stands in the way of a sale."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question with two answers."""

    text: str
    yes: str
    no: str
