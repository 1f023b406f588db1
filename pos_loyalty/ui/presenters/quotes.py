"""The quote of the basket on the counter, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_loyalty.domain.refusals import Refused
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.usecases.greet import Greeting, greet
from pos_loyalty.usecases.quote import Asked, Offer, offer

if TYPE_CHECKING:
    from pos_loyalty.ui.presenters.sale import SalePresenter


@dataclass(frozen=True, slots=True)
class Answered:
    """A quote, and the greeting of a member who has just come."""

    offered: Offer
    greeting: Greeting | None


class Quotes:
    """Asks for the quote of each change. `told` is called with every one that is shown."""

    def __init__(self, desk: Desk, sale: SalePresenter, told: Callable[[Offer], None]) -> None:
        self._desk = desk
        self._sale = sale
        self._told = told
        self._asking = False
        self._waiting: tuple[int, Callable[[], None]] | None = None

    def ask(self) -> None:
        """Quote the basket as it is now; an older question is dropped."""
        counter, model = self._desk.counter, self._sale.model
        seen, had = model.member, model.greeting
        new = seen if had is None or had.seen is not seen else None
        asked = Asked(model.lines, seen)

        def work() -> Answered:
            return Answered(offer(counter, asked), None if new is None else greet(counter, new))

        self._asking = True
        self._desk.asks.ask("quote", work, self._answered, self._failed)

    def when_known(self, act: Callable[[], None], total_minor: int | None = None) -> None:
        """Do something now, or when every scan is answered and the basket quoted.

        It is dropped when it then comes to another total than the cashier saw: `total_minor`, else
        what is shown.
        """
        model = self._sale.model
        expected = model.total_minor if total_minor is None else total_minor
        self._waiting = (expected, act)
        if not (self._sale.recognition.busy or model.quoted or self._asking):
            self.ask()
        self.go_on()

    def go_on(self) -> None:
        """Do what waits, once everything is known."""
        model = self._sale.model
        if self._waiting is None or self._sale.recognition.busy or not model.quoted:
            return
        (expected, act), self._waiting = self._waiting, None
        if expected == model.total_minor:
            act()

    def _answered(self, answered: Answered) -> None:
        self._asking = False
        model = self._sale.model
        greeting = answered.greeting or model.greeting
        self._sale.show(replace(model, offer=answered.offered, greeting=greeting))
        self._told(answered.offered)
        self.go_on()

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        self._waiting = None
        offered = self._sale.model.offer
        program = None if offered is None or not isinstance(error, Refused) else offered.program
        self._desk.toasts.say(refusal(self._desk.words, error, program))
