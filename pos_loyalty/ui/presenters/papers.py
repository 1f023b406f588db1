"""Receipts that may not be on paper: asked about in time, never printed twice unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.journal import PrintState
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.slips import (
    DoubtfulSlip,
    Printable,
    doubtful_slips,
    last_receipt,
    mark_slip,
    print_again,
)


class Prints(Protocol):
    """The way to the printer."""

    def __call__(self, copy: Printable) -> None:
        """Print a copy when its turn comes."""


class PapersPresenter:
    """Holds the question about the oldest doubtful slip."""

    def __init__(self, desk: Desk, prints: Prints) -> None:
        self._desk = desk
        self._prints = prints
        self._who: SignedIn | None = None
        self._changed: Callable[[], None] = lambda: None
        self._doubtful: tuple[DoubtfulSlip, ...] = ()

    def begin(self, who: SignedIn, changed: Callable[[], None]) -> None:
        """Somebody is there who can be asked."""
        self._who, self._changed = who, changed
        self._look()

    def changed(self, paper: Paper) -> None:
        """Hear where a slip is."""
        if paper is Paper.DOUBTFUL:
            self._look()

    def question(self) -> QuestionState | None:
        """Ask about the oldest doubtful slip. None: there is none."""
        if not self._doubtful:
            return None
        words, slip = self._desk.words, self._doubtful[0]
        text = words.gettext("A slip may not have printed. Print it again, marked COPY?")
        if slip.number:
            text = words.gettext(
                "The receipt of sale {number} may not have printed. Print it again, marked COPY?"
            ).format(number=slip.number)
        return QuestionState(text, words.gettext("Print again"), words.gettext("It is there"))

    def yes(self) -> None:
        """Print it again."""
        if self._doubtful:
            self._answer(self._doubtful[0].event_id, again=True)

    def no(self) -> None:
        """Believe that it is on paper."""
        if self._doubtful:
            self._answer(self._doubtful[0].event_id, again=False)

    def again(self) -> None:
        """Print the last receipt once more, marked COPY."""
        desk, who = self._desk, self._who
        if who is None:
            return

        def copy() -> Printable | None:
            last = last_receipt(desk.counter)
            return None if last is None else print_again(desk.counter, who, desk.words, last)

        desk.asks.ask("copy", copy, self._copied, self._refused)

    def _answer(self, event_id: EventId, *, again: bool) -> None:
        desk, who = self._desk, self._who
        if who is None:
            return

        def decide() -> Printable | None:
            copy = print_again(desk.counter, who, desk.words, event_id) if again else None
            mark_slip(desk.counter, event_id, PrintState.DONE)
            return copy

        desk.asks.ask("papers", decide, self._copied, self._refused)

    def _copied(self, copy: Printable | None) -> None:
        if copy is not None:
            self._prints(copy)
            self._desk.committed()
        self._look()

    def _look(self) -> None:
        counter = self._desk.counter
        self._desk.asks.ask("doubts", lambda: doubtful_slips(counter), self._seen, self._refused)

    def _seen(self, doubtful: tuple[DoubtfulSlip, ...]) -> None:
        self._doubtful = doubtful
        self._changed()

    def _refused(self, error: BaseException) -> None:
        self._desk.screen.show_toast(refusal(self._desk.words, error))
