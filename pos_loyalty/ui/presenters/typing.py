"""What the cashier types: an amount, a code, the name of a product, or the cash given."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.entry import Amount, Code, Nothing, Search, meaning
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale_model import product_line, with_typed

if TYPE_CHECKING:
    from pos_loyalty.ui.presenters.sale import SalePresenter

SUGGESTIONS_MAX = 5


class Typing:
    """The line for typing of a sale, and Enter."""

    def __init__(self, desk: Desk, sale: SalePresenter) -> None:
        self._desk = desk
        self._sale = sale

    def typed(self, text: str) -> None:
        """Take what stands in the line for typing now; a closing + puts an amount in at once."""
        self._sale.leave_done()
        wanted = meaning(text.removesuffix("+"), self._desk.store.currency)
        if text.endswith("+") and isinstance(wanted, Amount) and not self._sale.model.giving:
            self._sale.add(_amount_line(wanted), typed=True)
            return
        self._sale.show(with_typed(self._sale.model, text))
        if isinstance(wanted, Search) and not self._sale.model.giving:
            members = self._desk.counter.members
            self._desk.asks.ask(
                "search",
                lambda: tuple(members.products(wanted.text, SUGGESTIONS_MAX)),
                partial(self._suggested, text),
                self._failed,
            )

    def enter(self) -> None:
        """Do what the typed text means; with nothing typed take the cash."""
        self._sale.when_known(self._enter)

    def _enter(self) -> None:
        if self._sale.model.giving:
            self._sale.payment.cash()
            return
        match meaning(self._sale.model.typed, self._desk.store.currency):
            case Nothing():
                self._sale.payment.cash()
            case Amount() as amount:
                alone = not self._sale.model.lines and self._sale.model.member is not None
                self._sale.add(_amount_line(amount), typed=True)
                if alone:  # Scan, amount, Enter: done, unless a member pays less.
                    self._sale.payment.cash(amount.amount_minor)
            case Search():
                self.take_suggestion(self._sale.model.chosen)
            case Code(text):
                self._sale.scanned(Scan(text))

    def take_suggestion(self, index: int) -> None:
        """Put a product found by its name into the basket."""
        if 0 <= index < len(self._sale.model.suggestions):
            self._sale.add(product_line(self._sale.model.suggestions[index]), typed=True)

    def _suggested(self, text: str, products: tuple[ProductTold, ...]) -> None:
        if text == self._sale.model.typed:
            model = replace(self._sale.model, suggestions=products, searched=True, chosen=0)
            self._sale.show(model)

    def _failed(self, error: BaseException) -> None:
        self._desk.toasts.say(refusal(self._desk.words, error))


def _amount_line(amount: Amount) -> Line:
    return Line(name="", price_minor=amount.amount_minor)
