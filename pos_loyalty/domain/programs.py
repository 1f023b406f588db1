"""A loyalty program: rules as data, immutable, numbered, valid between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.conditions import Condition
from pos_loyalty.domain.effects import Effect
from pos_loyalty.domain.ids import ProgramId, Unit

Wording = tuple[tuple[str, str], ...]  # (language, text) pairs, the program's own language first.


@dataclass(frozen=True, slots=True)
class Rule:
    """When all conditions hold, the effect happens."""

    id: str
    then: Effect
    when: tuple[Condition, ...] = ()
    text: Wording = ()


@dataclass(frozen=True, slots=True)
class Program:
    """One version of a scheme."""

    id: ProgramId
    version: int
    name: Wording
    currency: str
    valid_from: date
    valid_until: date | None  # Last day, inclusive, in the store's time zone. None: open.
    points_name: Wording  # Plural forms belong to the screen's language; this is the word itself.
    points_last_months: int | None  # Months a lot lives after its day. None: for ever.
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if len({rule.id for rule in self.rules}) < len(self.rules):
            raise ValueError(f"two rules of {self.id} have one id")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError(f"{self.id} ends before it begins")

    @property
    def unit(self) -> Unit:
        """The unit of account its rules earn."""
        return Unit(f"{self.id}/points")

    def holds_on(self, day: date) -> bool:
        """Whether the program is in force on the business day `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def in_language(wording: Wording, language: str) -> str:
    """Choose the text in `language`, else in the program's own; empty when there is none."""
    for tag, text in wording:
        if tag == language:
            return text
    return wording[0][1] if wording else ""
