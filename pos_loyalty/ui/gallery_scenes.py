"""Every state of every screen, as a shop would meet it, to look at and to test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.states.basket import BasketState, EntryState, LineState, SuggestionState
from pos_loyalty.ui.states.done import DoneState, Figure
from pos_loyalty.ui.states.member import MemberState, NobodyState
from pos_loyalty.ui.states.payment import PaymentState
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.status import DeviceState, StatusState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.states.top_bar import TopBarState

CURRENCY = "EUR"
NOW = datetime(2026, 11, 20, 14, 7, tzinfo=UTC)
MORNING = datetime(2026, 11, 20, 8, 2, tzinfo=UTC)
SYNCED = datetime(2026, 11, 20, 14, 6, tzinfo=UTC)
LOST = datetime(2026, 11, 20, 13, 51, tzinfo=UTC)
YEAR_END = date(2026, 12, 31)
SHOP = "Bottega Verdi"
LONG_NAME = "Maximiliane-Alexandrina von Hohenstein-Wolkersdorf"
TOTAL_MINOR = 3495


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment at the counter: what every part of the window shows."""

    name: str
    status: StatusState
    top_bar: TopBarState
    sign_in: SignInState | None = None
    sale: SaleState | None = None
    toast: ToastState | None = None


@dataclass(frozen=True, slots=True)
class Props:
    """The pieces that scenes are put together from, in one language."""

    words: Words

    def top_bar(self) -> TopBarState:
        """Show: the line above everything."""
        till = self.words.gettext("Till {number}").format(number=2)
        cashier = phrases.cashier_line(self.words, "Marta", MORNING, UTC)
        return TopBarState(SHOP, till, cashier, self.words.time(NOW, UTC))

    def online(self) -> StatusState:
        """Show: all is well."""
        return StatusState(
            phrases.online(self.words),
            phrases.unsent(self.words, count=0, oldest_minutes=0),
            phrases.last_sync(self.words, SYNCED, UTC),
            self.devices(),
        )

    def offline(self) -> StatusState:
        """Show: the line is down."""
        return replace(
            self.online(),
            line=phrases.offline(self.words, LOST, UTC),
            unsent=phrases.unsent(self.words, count=6, oldest_minutes=16),
        )

    def faulty(self) -> StatusState:
        """Show: the scanner was unplugged and the printer has no paper."""
        scanner = DeviceState(self.words.gettext("Scanner unplugged"), Tone.BAD)
        printer = DeviceState(self.words.gettext("Printer: no paper"), Tone.WAIT)
        camera = self.devices()[1]
        return replace(self.online(), devices=(scanner, camera, printer))

    def devices(self) -> tuple[DeviceState, ...]:
        """Show: three devices that work."""
        return (
            DeviceState(self.words.gettext("Scanner ready")),
            DeviceState(self.words.gettext("Camera ready"), key="F2"),
            DeviceState(self.words.gettext("Printer ready")),
        )

    def sign_in(self) -> SignInState:
        """Show: the till waits for somebody."""
        till = self.words.gettext("Till {number}").format(number=2)
        return SignInState(SHOP, till, self.words.gettext("Type your PIN"))

    def entry(self) -> EntryState:
        """Show: nothing is typed yet."""
        label = self.words.gettext("Amount, code or name")
        return EntryState(label, self.words.gettext("Type an amount, or scan"))

    def lines(self) -> tuple[LineState, ...]:
        """Show: a basket."""
        return (
            LineState("Caffè in grani 500 g", self.amount(1500), "2", "8005123000017"),
            LineState("Pane casereccio", self.amount(269), self.weight(), adjustable=False),
            LineState("Olio extravergine 1 l", self.amount(840), "1", "", self.amount(990)),
            LineState("Parmigiano Reggiano 24 mesi", self.amount(886), "1", "8005123000048"),
        )

    def weight(self) -> str:
        """Write the weight of the bread."""
        return f"{self.words.number(Decimal('0.640'))} kg"

    def amount(self, minor: int) -> str:
        """Write an amount of a line."""
        return self.words.amount(minor, CURRENCY)

    def payment(self) -> PaymentState:
        """Show: the keys for the basket."""
        total = self.words.money(TOTAL_MINOR, CURRENCY)
        gained = self.words.gained(74)
        note = "29 · 15 · 30"
        cash = phrases.cash_key(self.words, total)
        return PaymentState(total, cash, gained, note, payable=True)

    def nobody(self) -> NobodyState:
        """Show: nobody was scanned."""
        title = self.words.gettext("Scan a card, or sell without")
        return NobodyState(title, self.words.gettext("Phone, pass and card all work"))

    def member(self) -> MemberState:
        """Show: a member the server has confirmed this minute."""
        return MemberState(
            greeting=phrases.greeting(self.words, "Anna"),
            note=self.words.gettext("Member since {day}").format(
                day=self.words.day(date(2024, 3, 9))
            ),
            initial="A",
            balance=self.words.number(1240),
            unit=self.words.gettext("points"),
            facts=(
                phrases.confirmed(self.words, SYNCED, UTC, NOW.date()),
                phrases.expiring(self.words, self.words.points(300), YEAR_END, NOW.date()),
            ),
        )

    def unconfirmed(self) -> MemberState:
        """Show: a member with points the server has not heard of."""
        return replace(
            self.member(),
            facts=(
                phrases.confirmed(self.words, LOST, UTC, NOW.date()),
                phrases.pending(self.words, 74),
                phrases.expiring(self.words, self.words.points(300), YEAR_END, NOW.date()),
            ),
        )

    def stranger(self) -> MemberState:
        """Show: a member of another store, seen here for the first time, offline."""
        member = self.member()
        facts = (phrases.unknown_balance(self.words),)
        return replace(member, balance="–", facts=facts, note="")

    def selling(self) -> SaleState:
        """Show: a sale in the middle."""
        basket = BasketState(self.entry(), self.lines(), current=3)
        return SaleState(basket, self.payment(), self.member())

    def empty(self) -> SaleState:
        """Show: a sale before its first scan."""
        total = self.words.money(0, CURRENCY)
        payment = PaymentState(total, phrases.cash_key(self.words, total))
        return SaleState(BasketState(self.entry()), payment, self.nobody())

    def done(self, receipt: Remark) -> DoneState:
        """Show: a sale that was just closed."""
        words = self.words
        paid = words.gettext("{total} in cash").format(total=words.money(TOTAL_MINOR, CURRENCY))
        given = words.money(5000, CURRENCY)
        return DoneState(
            title=words.gettext("Sale {number} is done").format(number=5),
            paid=paid,
            receipt=receipt,
            change_label=words.gettext("Change from {given}").format(given=given),
            change=words.money(5000 - TOTAL_MINOR, CURRENCY),
            figures=(
                Figure(words.gettext("Before"), words.number(1240)),
                Figure(words.gettext("Earned"), "+" + words.number(74), gained=True),
                Figure(words.gettext("After"), words.number(1314)),
            ),
            state=phrases.pending(words, 74),
        )

    def suggesting(self) -> EntryState:
        """Show: letters were typed and three products may be meant."""
        return replace(
            self.entry(),
            text="caf",
            meaning=Remark(self.words.gettext("Enter puts it into the basket")),
            suggestions=(
                SuggestionState("Caffè in grani 500 g", "8005123000017", self.amount(750)),
                SuggestionState("Caffè decaffeinato 250 g", "8005123000024", self.amount(520)),
                SuggestionState("Caffettiera per tre", "8005123000031", self.amount(2400)),
            ),
        )

    def question(self) -> QuestionState:
        """Show: a receipt nobody knows the end of."""
        text = phrases.receipt_question(self.words, 5)
        return QuestionState(
            text, self.words.gettext("Print a copy"), self.words.gettext("It is here")
        )
