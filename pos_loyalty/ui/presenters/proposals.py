"""The one suggestion of a sale: shown once, then taken or not, and remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.meet_offer import Met, meet_offer
from pos_loyalty.usecases.quote import Offer

if TYPE_CHECKING:
    from pos_loyalty.ui.presenters.sale import SalePresenter


class Proposals:
    """Says what became of the suggestion, each time once."""

    def __init__(self, desk: Desk, who: SignedIn, sale: SalePresenter) -> None:
        self._desk = desk
        self._who = who
        self._sale = sale

    def look(self, offered: Offer) -> None:
        """Show the first suggestion of the sale; it is written down that it was shown."""
        model = self._sale.model
        proposed = offered.quote.suggestion
        if proposed is None or not model.quoted or model.sale.suggestion or model.paying:
            return
        if model.sale.member is None:
            return
        self._sale.note(replace(model.sale, suggestion=proposed.id))
        self._write(model.sale.member, proposed.id, Response.SHOWN)

    def take(self) -> None:
        """She takes it; a membership goes into the basket."""
        self._answer(Response.TAKEN)

    def decline(self) -> None:
        """Not now; twice, and it is not proposed again."""
        self._answer(Response.DECLINED)

    def _answer(self, response: Response) -> None:
        sale, model = self._sale, self._sale.model
        member, proposed = model.sale.member, model.sale.suggestion
        if member is None or not proposed or model.sale.suggestion_answered or model.paying:
            return
        sku = self._club_sku(proposed) if response is Response.TAKEN else ""
        sale.note(replace(model.sale, suggestion_answered=True))
        self._write(member, proposed, response, sku)

    def _club_sku(self, proposed: str) -> str:
        """Tell as what a membership is sold. Empty: it is none."""
        offered = self._sale.model.offer
        program = None if offered is None else offered.program
        clubs = () if program is None else program.memberships
        return next((club.sku for club in clubs if club.id == proposed), "")

    def _write(self, member: MemberId, name: str, response: Response, sku: str = "") -> None:
        counter, who = self._desk.counter, self._who
        met = Met(EventId(counter.ids.new(counter.clock.now())), member, name, response)

        def work() -> ProductTold | None:
            meet_offer(counter, who, met)
            return counter.members.product(sku) if sku else None

        self._desk.asks.ask(None, work, self._written, self._failed)

    def _written(self, product: ProductTold | None) -> None:
        self._desk.committed()
        if product is not None:
            self._sale.product_seen(product)

    def _failed(self, error: BaseException) -> None:
        self._desk.toasts.say(refusal(self._desk.words, error))
