"""The sale: what the cashier does becomes a new model, and the model becomes the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.ui.presenters.desk import Answer, Desk
from pos_loyalty.ui.presenters.entry import Amount, Code, Nothing, Search, amount_of, meaning
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale_model import (
    ClosedSale,
    Paper,
    SaleModel,
    add_line,
    change_quantity,
    product_line,
    remove_line,
)
from pos_loyalty.ui.presenters.sale_state import banknotes
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.identify import (
    BadgeSeen,
    Identified,
    NothingSeen,
    ProductSeen,
    SeveralSeen,
    identify,
)
from pos_loyalty.usecases.open_sale import OpenSale, keep_sale, new_sale, resume_sale
from pos_loyalty.usecases.quote import Offer, offer
from pos_loyalty.usecases.sell import Checkout, SaleDone, sell
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wording import nothing_seen

SUGGESTIONS_MAX = 5


class SalePresenter:
    """Holds the sale in progress. `changed` is called whenever it looks different."""

    def __init__(self, desk: Desk, who: SignedIn, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._who = who
        self._changed = changed
        self._several: Callable[[SeveralSeen], None] = lambda _seen: None
        self._cancelled: SaleModel | None = None
        self.sales = 0
        self.model = SaleModel(OpenSale(EventId(desk.counter.ids.new(desk.counter.clock.now()))))

    def on_several(self, choose: Callable[[SeveralSeen], None]) -> None:
        """Say who lets the cashier choose among several members."""
        self._several = choose

    def begin(self) -> None:
        """Take up the sale that a restart interrupted, or begin a new one."""
        counter = self._desk.counter
        self._ask("sale", lambda: resume_sale(counter), self._resumed)

    def _resumed(self, sale: OpenSale) -> None:
        self._show(SaleModel(sale))
        self._requote()
        if sale.member is not None:
            self.take_member(sale.member)

    # What the cashier does.

    def scanned(self, scan: Scan) -> None:
        """Find out what was scanned, whatever has the focus."""
        self._leave_done()
        self._show(replace(self.model, looking_up=not self.model.lines and not self.model.member))
        counter = self._desk.counter
        self._ask("scan", lambda: identify(counter, scan), self._identified)

    def typed(self, text: str) -> None:
        """Take what stands in the line for typing now; a closing + puts an amount in at once."""
        self._leave_done()
        wanted = meaning(text.removesuffix("+"), self._desk.store.currency)
        if text.endswith("+") and isinstance(wanted, Amount) and not self.model.giving:
            self._add(_amount_line(wanted))
            return
        self._show(replace(self.model, typed=text, suggestions=(), chosen=0))
        if isinstance(wanted, Search) and not self.model.giving:
            members = self._desk.counter.members
            self._ask(
                "search",
                lambda: tuple(members.products(wanted.text, SUGGESTIONS_MAX)),
                self._suggested,
            )

    def enter(self) -> None:
        """Do what the typed text means; with nothing typed take the cash."""
        if self.model.giving:
            self.pay_cash()
            return
        match meaning(self.model.typed, self._desk.store.currency):
            case Nothing():
                self.pay_cash()
            case Amount() as amount:
                alone = not self.model.lines and self.model.member is not None
                self._add(_amount_line(amount))
                if alone:  # Scan, amount, Enter: done.
                    self.pay_cash()
            case Search():
                self.take_suggestion(self.model.chosen)
            case Code(text):
                self._show(replace(self.model, typed="", suggestions=()))
                self.scanned(Scan(text))

    def take_suggestion(self, index: int) -> None:
        """Put a product found by its name into the basket."""
        if 0 <= index < len(self.model.suggestions):
            self._add(product_line(self.model.suggestions[index]))

    def moved(self, step: int) -> None:
        """Go up or down: among suggestions while there are any, else among the lines."""
        if self.model.suggestions:
            chosen = (self.model.chosen + step) % len(self.model.suggestions)
            self._show(replace(self.model, chosen=chosen))
        elif self.model.lines:
            current = self.model.current or 0
            self._show(replace(self.model, current=(current + step) % len(self.model.lines)))

    def choose_line(self, index: int) -> None:
        """Make a line the current one."""
        if 0 <= index < len(self.model.lines):
            self._show(replace(self.model, current=index))

    def more(self, index: int) -> None:
        """One more of a line."""
        self._basket(change_quantity(self.model, index, 1))

    def less(self, index: int) -> None:
        """One less of a line."""
        self._basket(change_quantity(self.model, index, -1))

    def remove(self, index: int | None = None) -> None:
        """Take a line out; without an index the current one."""
        place = self.model.current if index is None else index
        if place is not None:
            self._basket(remove_line(self.model, place))

    def remove_member(self) -> None:
        """Let the sale go on without the member; the basket stays."""
        sale = replace(self.model.sale, member=None)
        self._basket(replace(self.model, member=None, sale=sale))

    def escape(self) -> None:
        """Take back the last thing: what is typed, then the cash given."""
        self._show(replace(self.model, typed="", suggestions=(), giving=False))

    def cancel(self) -> None:
        """Empty the basket and let the member go; a toast takes it back."""
        if self.model.empty:
            return
        self._cancelled = self.model
        self._new()
        words = self._desk.words
        self._desk.screen.show_toast(
            ToastState(
                words.gettext("The sale was cancelled. Nothing was booked."),
                action=words.gettext("Undo"),
            )
        )

    def undo(self) -> None:
        """Take up the cancelled sale again."""
        if self._cancelled is not None and self.model.empty:
            self._basket(replace(self._cancelled, paying=False))
        self._cancelled = None

    def give_cash(self) -> None:
        """Let the line for typing take the cash given."""
        if self.model.lines:
            self._show(replace(self.model, giving=True, typed="", suggestions=()))

    def give_note(self, index: int) -> None:
        """Pay with one of the banknotes shown."""
        notes = banknotes(self._desk, self.model)
        if 0 <= index < len(notes):
            self._pay(TenderKind.CASH, notes[index])

    def pay_cash(self) -> None:
        """Take the cash typed, else the total."""
        given = amount_of(self.model.typed, self._desk.store.currency)
        if self.model.giving and self.model.typed and given is None:
            return
        total = self.model.total_minor
        self._pay(TenderKind.CASH, given if self.model.giving and given else total)

    def pay_card(self) -> None:
        """Take the total by card."""
        self._pay(TenderKind.CARD, self.model.total_minor)

    def next(self) -> None:
        """Close what the sale just done shows."""
        self._leave_done()

    def take_member(self, member: MemberId) -> None:
        """Let a member stand at the counter; the basket stays."""
        self._leave_done()
        counter = self._desk.counter
        self._ask("scan", lambda: see(counter, member), self._identified)

    def paper(self, event_id: EventId, paper: Paper) -> None:
        """Hear where a receipt is."""
        closed = self.model.closed
        if closed is not None and closed.done.sale == event_id:
            self._show(replace(self.model, closed=replace(closed, paper=paper)))

    # What the ledger answers.

    def _identified(self, found: Identified) -> None:
        self._show(replace(self.model, looking_up=False))
        match found:
            case MemberSeen() as seen:
                sale = replace(self.model.sale, member=seen.member)
                self._basket(replace(self.model, member=seen, sale=sale))
            case SeveralSeen() as several:
                self._several(several)
            case ProductSeen(product):
                self._add(product_line(product))
            case BadgeSeen():
                text = self._desk.words.gettext("That is a cashier's badge. Sign out first (F12).")
                self._desk.screen.show_toast(ToastState(text, Tone.WAIT))
            case NothingSeen(reason):
                text = nothing_seen(self._desk.words, reason)
                self._desk.screen.show_toast(ToastState(text, Tone.BAD))

    def _suggested(self, products: tuple[ProductTold, ...]) -> None:
        self._show(replace(self.model, suggestions=products, chosen=0))

    def _add(self, line: Line) -> None:
        self._basket(add_line(self.model, line))

    def _basket(self, model: SaleModel) -> None:
        """Show a changed basket, keep it for a crash, and quote it again."""
        self._show(model)
        counter, sale = self._desk.counter, model.sale
        self._ask("keep", lambda: keep_sale(counter, sale), lambda _kept: None)
        self._requote()

    def _requote(self) -> None:
        counter, lines = self._desk.counter, self.model.lines
        self._ask("quote", lambda: offer(counter, lines), self._quoted)

    def _quoted(self, offered: Offer) -> None:
        self._show(replace(self.model, offer=offered))

    def _pay(self, kind: TenderKind, amount_minor: int) -> None:
        if self.model.paying or not self.model.lines or amount_minor < self.model.total_minor:
            return
        tenders = (Tender(kind, amount_minor),)
        sale = self.model.sale
        checkout = Checkout(sale.sale, sale.lines, tenders, sale.member)
        self._show(replace(self.model, paying=True))
        desk, who = self._desk, self._who
        self._desk.asks.ask(
            "pay",
            lambda: sell(desk.counter, who, desk.words, checkout),
            partial(self._paid, tenders),
            self._not_paid,
        )

    def _paid(self, tenders: tuple[Tender, ...], done: SaleDone) -> None:
        """Only now is anything called done: the commit has returned."""
        self.sales += 1
        member = self.model.member
        self._new(ClosedSale(done, tenders, member))
        self._desk.committed()
        if any(tender.kind is TenderKind.CASH for tender in tenders):
            self._desk.open_drawer()

    def _not_paid(self, error: BaseException) -> None:
        self._show(replace(self.model, paying=False))
        self._desk.screen.show_toast(refusal(self._desk.words, error))

    def _new(self, closed: ClosedSale | None = None) -> None:
        counter = self._desk.counter
        fresh = new_sale(counter)
        self._show(SaleModel(fresh, offer=self.model.offer, closed=closed))
        self._ask("keep", lambda: keep_sale(counter, fresh), lambda _kept: None)
        self._requote()

    def _leave_done(self) -> None:
        if self.model.closed is not None:
            self._show(replace(self.model, closed=None))

    def _ask(
        self, question: str, work: Callable[[], Answer], answered: Callable[[Answer], None]
    ) -> None:
        self._desk.asks.ask(question, work, answered, self._refused)

    def _refused(self, error: BaseException) -> None:
        self._show(replace(self.model, looking_up=False))
        self._desk.screen.show_toast(refusal(self._desk.words, error))

    def _show(self, model: SaleModel) -> None:
        self.model = model
        self._changed()


def _amount_line(amount: Amount) -> Line:
    return Line(name="", price_minor=amount.amount_minor)
