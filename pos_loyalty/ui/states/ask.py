"""What asking a member for one fact, or for her answer to a notice, shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class AskState:
    """One question. With `choices` one is chosen, else it is typed."""

    question: str
    worth: str = ""  # "+20 points". Empty: nothing.
    label: str = ""  # Of the field for typing.
    hint: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()
    chosen: int = 0
    answer: Remark | None = None  # What is wrong with what was typed.
    ready: bool = False
    busy: bool = False
