"""Taking the money: one sale for one basket, however often a key is pressed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.entry import amount_of
from pos_loyalty.ui.presenters.payment_state import banknotes
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale_model import ClosedSale, SaleModel, with_typed
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.sell import Checkout, PaidTooMuch, SaleDone, sell

if TYPE_CHECKING:
    from pos_loyalty.ui.presenters.sale import SalePresenter


class Payment:
    """The pay keys of a sale. `sales` counts those of this shift."""

    def __init__(self, desk: Desk, who: SignedIn, sale: SalePresenter) -> None:
        self._desk = desk
        self._who = who
        self._sale = sale
        self.sales = 0

    def give_cash(self) -> None:
        """Let the line for typing take the cash given."""
        model = self._sale.model
        if model.lines and not model.paying:
            self._sale.show(replace(with_typed(model, ""), giving=True))

    def give_note(self, index: int) -> None:
        """Pay with one of the banknotes shown."""
        notes = banknotes(self._desk, self._sale.model)
        if 0 <= index < len(notes):
            self._sale.when_known(partial(self._pay, TenderKind.CASH, notes[index]))

    def cash(self, total_minor: int | None = None) -> None:
        """Take the cash typed, else the total; `total_minor` is what she saw that it comes to."""
        self._sale.when_known(self._cash, total_minor)

    def card(self) -> None:
        """Take the total by card."""
        self._sale.when_known(self._card)

    def _card(self) -> None:
        model = self._sale.model
        self._pay(TenderKind.CARD, model.total_minor if model.by_card is None else model.by_card)

    def _cash(self) -> None:
        model = self._sale.model
        if not (model.giving and model.typed):
            self._pay(TenderKind.CASH, model.total_minor)
            return
        given = amount_of(model.typed, self._desk.store.currency)
        if given is not None:
            self._pay(TenderKind.CASH, given)

    def _pay(self, kind: TenderKind, amount_minor: int) -> None:
        model = self._sale.model
        enough = amount_minor >= model.total_minor or amount_minor == model.by_card
        if model.paying or not model.lines or not enough:
            return
        desk, who, sale = self._desk, self._who, model.sale
        checkout = Checkout(sale.sale, sale.lines, (Tender(kind, amount_minor),), sale.member)
        self._sale.show(replace(with_typed(model, ""), paying=True, giving=False))
        desk.asks.ask(
            None,
            lambda: sell(desk.counter, who, desk.words, checkout),
            partial(self._paid, checkout.tenders),
            partial(self._not_paid, model),
        )

    def _paid(self, tenders: tuple[Tender, ...], done: SaleDone) -> None:
        """Only now is anything called done: the commit has returned."""
        self.sales += 1
        self._sale.next_sale(ClosedSale(done, tenders))
        self._desk.committed()
        if any(tender.kind is TenderKind.CASH for tender in tenders):
            self._desk.open_drawer()

    def _not_paid(self, paid: SaleModel, error: BaseException) -> None:
        """Leave everything as it was, so that the key can be pressed again."""
        if isinstance(error, PaidTooMuch):
            self._sale.show(replace(paid, by_card=error.to_pay_minor))
            words = self._desk.words
            told = words.gettext("By card it comes to {total}. Take that, and press the key again.")
            total = words.money(error.to_pay_minor, self._desk.store.currency)
            self._desk.toasts.say(ToastState(told.format(total=total), Tone.WAIT))
            return
        self._sale.show(paid)
        self._desk.toasts.say(refusal(self._desk.words, error))
        self._sale.quotes.ask()  # An offer of the hour may have ended meanwhile.
