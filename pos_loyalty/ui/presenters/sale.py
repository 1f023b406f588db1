"""The sale: what the cashier does becomes a new model, and the model becomes the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pos_loyalty.domain.basket import LINES_MAX, Line
from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.ui.presenters.desk import Answer, Desk
from pos_loyalty.ui.presenters.entry import Code, meaning
from pos_loyalty.ui.presenters.payment import Payment
from pos_loyalty.ui.presenters.proposals import Proposals
from pos_loyalty.ui.presenters.quotes import Quotes
from pos_loyalty.ui.presenters.rating import RatingPresenter
from pos_loyalty.ui.presenters.recognition import Recognition
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale_model import (
    ClosedSale,
    Paper,
    SaleModel,
    add_line,
    change_quantity,
    moved,
    product_line,
    remove_line,
    taken_back,
    with_member,
    with_typed,
)
from pos_loyalty.ui.presenters.typing import Typing
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.identify import SeveralSeen
from pos_loyalty.usecases.open_sale import OpenSale, keep_sale, new_sale, resume_sale
from pos_loyalty.usecases.standing import MemberSeen


class SalePresenter:
    """Holds the sale in progress. `changed` is called whenever it looks different."""

    def __init__(self, desk: Desk, who: SignedIn, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._several: Callable[[SeveralSeen], None] = lambda _seen: None
        self._last_paper: tuple[EventId, Paper] | None = None
        self.recognition = Recognition(desk, self)
        self.typing = Typing(desk, self)
        self.proposals = Proposals(desk, who, self)
        self.rating = RatingPresenter(desk, who, self)
        self.quotes = Quotes(desk, self, self.proposals.look)
        self.payment = Payment(desk, who, self)
        self.model = SaleModel(new_sale(desk.counter))

    def on_several(self, choose: Callable[[SeveralSeen], None]) -> None:
        """Say who lets the cashier choose among several members."""
        self._several = choose

    def begin(self) -> None:
        """Take up the sale that a restart interrupted, or begin a new one."""
        counter = self._desk.counter
        self._ask("sale", lambda: resume_sale(counter), self._resumed)

    def _resumed(self, sale: OpenSale) -> None:
        self.show(SaleModel(sale, current=len(sale.lines) - 1 if sale.lines else None))
        self.quotes.ask()
        if sale.member is not None:
            self.recognition.chosen(sale.member)

    # What the cashier does.

    def scanned(self, scan: Scan) -> None:
        """Find out what was scanned, whatever has the focus."""
        self.leave_done()
        self.show(replace(self.model, looking_up=not self.model.lines and not self.model.member))
        self.recognition.scanned(scan)

    def typed(self, text: str) -> None:
        """Take what stands in the line for typing now; a closing + puts an amount in at once."""
        self.typing.typed(text)

    def enter(self) -> None:
        """Do what the typed text means; with nothing typed take the cash."""
        self.typing.enter()

    def take_suggestion(self, index: int) -> None:
        """Put a product found by its name into the basket."""
        self.typing.take_suggestion(index)

    def moved(self, step: int) -> None:
        """Go up or down: among suggestions while there are any, else among the lines."""
        self.show(moved(self.model, step))

    def choose_line(self, index: int) -> None:
        """Make a line the current one."""
        if 0 <= index < len(self.model.lines):
            self.show(replace(self.model, current=index))

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
        self._basket(with_member(self.model, None))

    def escape(self) -> None:
        """Take back the last thing: what is typed, then the cash given, then the sale."""
        if self.model.typed or self.model.giving:
            self.show(taken_back(self.model))
        else:
            self.cancel()

    def cancel(self) -> None:
        """Empty the basket and let the member go; a toast takes it back."""
        cancelled = self.model
        if cancelled.empty or cancelled.paying:
            return
        self.next_sale()
        words = self._desk.words
        said = ToastState(
            words.gettext("The sale was cancelled. Nothing was booked."),
            action=words.gettext("Undo"),
        )
        self._desk.toasts.say(said, partial(self._undo, cancelled))

    def _undo(self, cancelled: SaleModel) -> None:
        """Take up a cancelled sale again, unless the next has begun."""
        if self.model.empty:
            self._basket(replace(cancelled, closed=None))

    def leave_done(self) -> None:
        """Close what the sale just done shows."""
        if self.model.closed is not None:
            self.show(replace(self.model, closed=None))

    def take_member(self, member: MemberId) -> None:
        """Let a member stand at the counter; the basket stays."""
        self.leave_done()
        self.recognition.chosen(member)

    def paper(self, event_id: EventId, paper: Paper) -> None:
        """Hear where a receipt is; it may be out before the screen knows of the sale."""
        self._last_paper = (event_id, paper)
        closed = self.model.closed
        if closed is not None and closed.done.sale == event_id:
            self.show(replace(self.model, closed=replace(closed, paper=paper)))

    # What was recognised.

    def member_seen(self, seen: MemberSeen) -> None:
        """Let her stand at the counter."""
        self._basket(with_member(self._understood(), seen))

    def product_seen(self, product: ProductTold) -> None:
        """Put it into the basket."""
        self.add(product_line(product))

    def several_seen(self, several: SeveralSeen) -> None:
        """Ask who is meant."""
        self.show(self._understood())
        self._several(several)

    def nothing_seen(self, reason: Unreadable | Unrecognised) -> None:
        """Leave what was typed for mending, unless it must not be kept on a screen."""
        if reason is Unreadable.PAYMENT_CARD:
            self.show(with_typed(self.model, ""))
        if reason is Unrecognised.BLOCKED and self.model.member is None:
            self._basket(with_member(self.model, None))  # A sale taken up again held her.

    def settled(self) -> None:
        """Go on with what was put off until every scan was answered."""
        self.show(replace(self.model, looking_up=False))
        self.quotes.go_on()

    def when_known(self, act: Callable[[], None], total_minor: int | None = None) -> None:
        """Do something once every scan is answered and the basket quoted, at the total shown."""
        self.quotes.when_known(act, total_minor)

    def _understood(self) -> SaleModel:
        """Leave the sale just done, and clear a typed code that has been recognised."""
        model = replace(self.model, closed=None)
        typed = isinstance(meaning(model.typed, self._desk.store.currency), Code)
        return with_typed(model, "") if typed and not model.giving else model

    # What becomes of the basket.

    def add(self, line: Line, *, typed: bool = False) -> None:
        """Put a line into the basket; `typed`: it was typed, and that is done with."""
        if len(self.model.lines) < LINES_MAX:
            before = with_typed(self.model, "") if typed else self._understood()
            self._basket(add_line(before, line))
            return
        words = self._desk.words
        text = words.gettext("A basket holds {lines} lines. Take the money for these first.")
        self._desk.toasts.say(ToastState(text.format(lines=words.number(LINES_MAX)), Tone.BAD))

    def note(self, sale: OpenSale) -> None:
        """Keep something of the sale that changes neither its basket nor its member."""
        self.show(replace(self.model, sale=sale))
        self._keep(sale)

    def was_asked(self) -> None:
        """Ask her nothing further on this visit, and look at her again: she told something."""
        self.show(replace(self.model, asked=True))
        if self.model.sale.member is not None:
            self.recognition.chosen(self.model.sale.member)

    def _basket(self, model: SaleModel) -> None:
        """Show a changed basket, keep it for a crash, and quote it again."""
        if self.model.paying or model == self.model:
            return
        self.show(model)
        self._keep(model.sale)
        self.quotes.ask()

    def _keep(self, sale: OpenSale) -> None:
        counter = self._desk.counter

        def keep() -> None:
            keep_sale(counter, sale)
            if sale.lines:
                counter.journal.check_ready()  # What could not be paid is refused before tender.

        self._ask("keep", keep, lambda _kept: None)

    def next_sale(self, closed: ClosedSale | None = None) -> None:
        """Begin the next sale; what is typed by now belongs to it."""
        fresh = new_sale(self._desk.counter)
        if closed is not None and self._last_paper is not None:
            event_id, paper = self._last_paper
            closed = replace(closed, paper=paper) if event_id == closed.done.sale else closed
        typed = "" if closed is None else self.model.typed
        self.show(SaleModel(fresh, offer=self.model.offer, typed=typed, closed=closed))
        self._keep(fresh)
        self.quotes.ask()

    def _ask(
        self, question: str, work: Callable[[], Answer], answered: Callable[[Answer], None]
    ) -> None:
        self._desk.asks.ask(question, work, answered, self._refused)

    def _refused(self, error: BaseException) -> None:
        self._desk.toasts.say(refusal(self._desk.words, error))

    def show(self, model: SaleModel) -> None:
        """Show the sale as it is now."""
        self.model = model
        self._changed()
