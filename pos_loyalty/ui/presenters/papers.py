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

# How a copy's way to paper ends; of one that waits for the printer the end is still to come.
ENDED = frozenset({Paper.PRINTED, Paper.DOUBTFUL, Paper.NO_PRINTER})


class Prints(Protocol):
    """The way to the printer."""

    def __call__(self, copy: Printable, /) -> None:
        """Print a copy when its turn comes."""


class PapersPresenter:
    """Holds the question about the doubtful slips: of one by its number, of several together."""

    def __init__(self, desk: Desk, prints: Prints) -> None:
        self._desk = desk
        self._prints = prints
        self._who: SignedIn | None = None
        self._changed: Callable[[], None] = lambda: None
        self._doubtful: tuple[DoubtfulSlip, ...] = ()
        self._on_the_way: set[EventId] = set()  # To paper: there is nothing to ask yet.
        self._copying = False

    def begin(self, who: SignedIn, changed: Callable[[], None]) -> None:
        """Somebody is there who can be asked."""
        self._who, self._changed = who, changed
        self._look()

    def changed(self, event_id: EventId, paper: Paper) -> None:
        """Hear where a slip is."""
        if paper is Paper.PRINTING:
            self._on_the_way.add(event_id)
        elif paper in ENDED:
            self._on_the_way.discard(event_id)
        if paper is Paper.DOUBTFUL:
            self._look()
        else:
            self._seen(self._doubtful)

    def question(self) -> QuestionState | None:
        """Ask about what may not be on paper. None: there is nothing to ask."""
        if not self._doubtful:
            return None
        words, count = self._desk.words, len(self._doubtful)
        if count > 1:
            text = words.ngettext(
                "{n} slip may not have printed. Print it again, marked COPY?",
                "{n} slips may not have printed. Print them again, marked COPY?",
                count,
            )
            return QuestionState(
                text, words.gettext("Print again"), words.gettext("They are there")
            )
        text = words.gettext("A slip may not have printed. Print it again, marked COPY?")
        if self._doubtful[0].number:
            text = words.gettext(
                "The receipt of sale {number} may not have printed. Print it again, marked COPY?"
            ).format(number=self._doubtful[0].number)
        return QuestionState(text, words.gettext("Print again"), words.gettext("It is there"))

    def yes(self) -> None:
        """Print it again; it is asked about once more should that fail, too."""
        desk, who, slips = self._desk, self._who, self._asked()
        if who is None or not slips:
            return
        self._on_the_way.update(slips)

        def copies() -> tuple[Printable, ...]:
            made = (print_again(desk.counter, who, desk.words, slip) for slip in slips)
            return tuple(copy for copy in made if copy is not None)

        desk.asks.ask(None, copies, self._copied, self._refused)

    def no(self) -> None:
        """Believe that it is on paper."""
        counter, slips = self._desk.counter, self._asked()

        def believe() -> None:
            for slip in slips:
                mark_slip(counter, slip, PrintState.DONE)

        if slips:
            self._desk.asks.ask(None, believe, lambda _done: self._look(), self._refused)

    def again(self) -> None:
        """Print the last receipt once more, marked COPY."""
        desk, who = self._desk, self._who
        if who is None or self._copying:
            return
        self._copying = True

        def copy() -> tuple[Printable, ...]:
            last = last_receipt(desk.counter)
            made = None if last is None else print_again(desk.counter, who, desk.words, last)
            return () if made is None else (made,)

        desk.asks.ask(None, copy, self._copied, self._refused)

    def _asked(self) -> tuple[EventId, ...]:
        """Take the question off the screen: an answer counts once."""
        slips = tuple(slip.event_id for slip in self._doubtful)
        self._doubtful = ()
        self._changed()
        return slips

    def _copied(self, copies: tuple[Printable, ...]) -> None:
        self._copying = False
        for copy in copies:
            self._prints(copy)
        self._desk.committed()
        self._look()

    def _look(self) -> None:
        counter = self._desk.counter
        self._desk.asks.ask("doubts", lambda: doubtful_slips(counter), self._seen, self._say)

    def _seen(self, doubtful: tuple[DoubtfulSlip, ...]) -> None:
        on_the_way = self._on_the_way
        self._doubtful = tuple(slip for slip in doubtful if slip.event_id not in on_the_way)
        self._changed()

    def _refused(self, error: BaseException) -> None:
        self._copying = False
        self._on_the_way.clear()
        self._say(error)
        self._look()

    def _say(self, error: BaseException) -> None:
        self._desk.toasts.say(refusal(self._desk.words, error))
