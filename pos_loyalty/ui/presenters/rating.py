"""What the member says of the purchase just made: one key, then a mark from 1 to 5."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pos_loyalty.domain.bodies import SCORE_MAX
from pos_loyalty.domain.ids import EventId
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.usecases.act import ActDone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.rate import SERVICE, Rating, rate

if TYPE_CHECKING:
    from pos_loyalty.ui.presenters.sale import SalePresenter


class RatingPresenter:
    """The marks below the sale just done."""

    def __init__(self, desk: Desk, who: SignedIn, sale: SalePresenter) -> None:
        self._desk = desk
        self._who = who
        self._sale = sale

    def begin(self) -> None:
        """Show the marks; the same key hides them again."""
        closed = self._sale.model.closed
        if closed is not None and closed.done.scored is not None and closed.rated is None:
            self._show(rating=not closed.rating)

    def give(self, mark: int) -> None:
        """Take a mark; it counts once for each receipt."""
        closed = self._sale.model.closed
        if closed is None or not closed.rating or not 1 <= mark <= SCORE_MAX:
            return
        self._show(rating=False)
        desk, who = self._desk, self._who
        rating = Rating(closed.done.sale, ((SERVICE, mark),))
        desk.asks.ask(
            None,
            lambda: rate(desk.counter, who, desk.words, rating),
            partial(self._rated, rating.sale),
            self._failed,
        )

    def _rated(self, sale: EventId, done: ActDone) -> None:
        self._desk.committed()
        closed = self._sale.model.closed
        if closed is not None and closed.done.sale == sale:
            self._sale.show(replace(self._sale.model, closed=replace(closed, rated=done)))

    def _failed(self, error: BaseException) -> None:
        self._desk.toasts.say(refusal(self._desk.words, error))

    def _show(self, *, rating: bool) -> None:
        model = self._sale.model
        if model.closed is not None:
            self._sale.show(replace(model, closed=replace(model.closed, rating=rating)))
