"""What is said, shown and proposed to a member, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from pos_loyalty.domain.programs.checks import (
    WrongValue,
    at_most,
    between,
    identifier,
    in_order,
    wording,
)
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.wordings import Wording

ANSWERS_MAX = 5
DECLINED_MAX = 2  # Declined twice: not shown again.


class Reader(Enum):
    """For whom a message is."""

    CASHIER = "cashier"
    RECEIPT = "receipt"
    DISPLAY = "display"
    MEMBER = "member"  # By the way she prefers, in her waking hours.


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for somebody when its conditions hold."""

    id: str
    text: Wording
    to: Reader = Reader.CASHIER
    on: str = "sale"
    when: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        identifier("id", self.id)
        identifier("on", self.on)
        wording("text", self.text)
        if not self.text:
            raise WrongValue("text", {}, "a text in the program's own language at least")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product to add or swap, why, and what it gains: one line, at most one on each sale.

    Made when the `when` hold and the rule, reward or goal `towards` is still missing something.
    """

    id: str
    text: Wording
    towards: str = ""
    when: tuple[Condition, ...] = ()
    declined_max: int = DECLINED_MAX

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        if self.towards:
            identifier("towards", self.towards)
        if not self.text:
            raise WrongValue("text", {}, "a text in the program's own language at least")
        between("declined_max", self.declined_max, 1)


@dataclass(frozen=True, slots=True)
class Notice:
    """News for members on customer display and slip: an invitation, or one question."""

    id: str
    text: Wording
    first: date | None = None
    last: date | None = None
    picture: str = ""  # A file beside the program. Empty: none.
    when: tuple[Condition, ...] = ()
    answers: tuple[Wording, ...] = ()  # Empty: nothing is asked.
    points: int = 0  # For an answer.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        in_order("last", self.first, self.last)
        at_most("answers", self.answers, ANSWERS_MAX)
        between("points", self.points, 0)
        for i, answer in enumerate(self.answers):
            wording(f"answers[{i}]", answer)


class Question(Enum):
    """A fact a member may tell; at most one is asked on each visit."""

    BIRTHDAY = "birthday"
    CONTACT = "contact"
    FAVOURITE_CATEGORY = "favourite_category"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class MissingFact:
    """What a member has not told yet, and what telling it is worth."""

    ask: Question
    points: int = 0
    text: Wording = field(default_factory=dict)

    def __post_init__(self) -> None:
        between("points", self.points, 0)
        wording("text", self.text)
