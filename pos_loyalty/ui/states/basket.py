"""What the basket and the line for typing show."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class LineState:
    """One line of the basket."""

    name: str
    amount: str
    quantity: str
    note: str = ""
    amount_before: str = ""  # Struck out. Empty: the price did not change.
    adjustable: bool = True  # Whether − and + make sense: not for weighed goods or typed amounts.


@dataclass(frozen=True, slots=True)
class SuggestionState:
    """A product that the typed letters or digits may mean."""

    name: str
    note: str
    amount: str


@dataclass(frozen=True, slots=True)
class EntryState:
    """The line for typing: an amount, a code, the name of a product, or the cash given."""

    label: str
    hint: str  # Shown while nothing is typed.
    text: str = ""
    meaning: Remark | None = None  # What the typed text will do.
    suggestions: tuple[SuggestionState, ...] = ()
    chosen: int = 0  # Which suggestion Enter takes.


@dataclass(frozen=True, slots=True)
class BasketState:
    """The left of the sale, above the total."""

    entry: EntryState
    lines: tuple[LineState, ...] = ()
    current: int | None = None  # The line that +, − and Delete change.
    hint: Remark | None = None  # "fresh × 1.5: 3.20 € more and it counts".
    proposal: QuestionState | None = None  # The one suggestion of the sale.
