"""The whole till: who is signed in, which panel is open, and where a scan goes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from pos_loyalty.domain.credentials import (
    MemberNumber,
    OurCard,
    OurPass,
    Phone,
    Recognised,
    resolve,
)
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.devices import Frame
from pos_loyalty.ports.line import SyncState
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.ask import AskPresenter
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.enrol import EnrolPresenter, Takers
from pos_loyalty.ui.presenters.find import FindPresenter
from pos_loyalty.ui.presenters.papers import PapersPresenter
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.presenters.sale import SalePresenter
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.ui.presenters.sale_state import sale_state
from pos_loyalty.ui.presenters.sign_in import SignInPresenter
from pos_loyalty.ui.presenters.status import ClockSeen, DeviceCondition, details_state, status_state
from pos_loyalty.ui.presenters.why_state import why_state
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.sale import SideState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.states.top_bar import TopBarState
from pos_loyalty.usecases.counter import SignedIn, shop_tables, today
from pos_loyalty.usecases.identify import BadgeSeen, Identified, SeveralSeen, identify
from pos_loyalty.usecases.sign_in import sign_out


class Panel(Enum):
    """What is open beside the sale."""

    WHY = "why"
    ENROL = "enrol"
    FIND = "find"
    CAMERA = "camera"
    DETAILS = "details"
    ASK = "ask"


class TillPresenter:
    """Everything between the window and the use cases."""

    def __init__(self, desk: Desk, papers: PapersPresenter, leave: Callable[[], None]) -> None:
        self._desk = desk
        self.papers = papers
        self._leave = leave
        self._ending = False
        self._sync = SyncState()
        self._devices: tuple[DeviceCondition, ...] = ()
        self._panel: Panel | None = None
        self._frame: Frame | None = None
        self.toasts = desk.toasts
        self.who: SignedIn | None = None
        self.sign_in = SignInPresenter(desk, self._begin_shift)
        self.sale: SalePresenter | None = None
        self.enrol: EnrolPresenter | None = None
        self.ask: AskPresenter | None = None
        self.find = FindPresenter(desk, self._take_member, self._draw)

    def begin(self) -> None:
        """Show the sign-in."""
        self.sign_in.begin()
        self._status()

    def _begin_shift(self, who: SignedIn) -> None:
        self.who = who
        self.sale = SalePresenter(self._desk, who, self._draw)
        self.sale.on_several(self._choose_among)
        self.enrol = EnrolPresenter(
            self._desk, who, Takers(self._take_member, self._choose_among), self._draw
        )
        self.ask = AskPresenter(self._desk, who, self._asked, self._draw)
        self.papers.begin(who, self._draw)
        self.tick()
        self.sale.begin()

    def end_shift(self) -> None:
        """Sign out; a sale in progress is kept for whoever comes next."""
        if self.who is None or self.sale is None or self._ending:
            return
        self._ending = True
        desk, who, sales = self._desk, self.who, self.sale.payment.sales
        desk.asks.ask(
            "sign-out", lambda: sign_out(desk.counter, who, sales), self._ended, self._not_ended
        )

    def _ended(self, _: None) -> None:
        self.who, self.sale, self.enrol, self.ask, self._panel = None, None, None, None, None
        self._ending = False
        self._desk.committed()
        self.toasts.gone()
        self.sign_in.begin()

    def _not_ended(self, error: BaseException) -> None:
        self._ending = False
        self._refused(error)

    def _refused(self, error: BaseException) -> None:
        self.toasts.say(refusal(self._desk.words, error))

    # What comes from outside.

    def scanned(self, scan: Scan) -> None:
        """Take a scan to where it belongs, whatever has the focus."""
        self.toasts.gone()
        counter = self._desk.counter
        if self.sale is None:
            self._desk.asks.ask("scan", lambda: identify(counter, scan), self._badge, self._refused)
        elif self._panel is Panel.ENROL:
            self._fill_enrolment(scan)
        else:
            if self._panel in (Panel.CAMERA, Panel.FIND, Panel.ASK):
                self.close_panel()
            self.sale.scanned(scan)

    def _badge(self, found: Identified) -> None:
        if isinstance(found, BadgeSeen):
            self.sign_in.badge(found.code)
        else:
            self.sign_in.say(self._desk.words.gettext("Sign in first: PIN or badge."))

    def line_changed(self, sync: SyncState) -> None:
        """Hear how the line is."""
        self._sync = sync
        if self.who is None:
            self.sign_in.line(offline=sync.online is False)
        self._conditions_changed()

    def devices_changed(self, devices: tuple[DeviceCondition, ...]) -> None:
        """Hear how the devices are."""
        self._devices = devices
        self._conditions_changed()

    def _conditions_changed(self) -> None:
        self._status()
        if self._panel is Panel.DETAILS:
            self._draw()

    def frame(self, frame: Frame | None) -> None:
        """Show a camera's picture while its pane is open."""
        if self._panel is Panel.CAMERA and frame is not None:
            self._frame = frame
            self._draw()

    def paper(self, event_id: EventId, paper: Paper) -> None:
        """Hear where a slip is."""
        if self.sale is not None:
            self.sale.paper(event_id, paper)
        self.papers.changed(event_id, paper)

    def tick(self) -> None:
        """Show the time; once a second or so."""
        if self.who is not None:
            words, zone = self._desk.words, self._desk.zone
            self._desk.screen.show_top_bar(
                TopBarState(
                    self._desk.store.name,
                    self._desk.counter.till.till,
                    phrases.cashier_line(words, self.who.name, self.who.since, zone),
                    words.time(self._desk.counter.clock.now(), zone),
                )
            )
        self._status()

    def leave_asked(self) -> None:
        """Close the till; with something unsent only after saying that it is safe."""
        unsent = self._sync.unsent
        if not unsent or self.toasts.offered == self._leave:  # It was said: she means it.
            self._leave()
            return
        words = self._desk.words
        text = words.ngettext(
            "{n} entry is not sent yet. It is safe here, and is sent at the next start.",
            "{n} entries are not sent yet. They are safe here, and are sent at the next start.",
            unsent,
        )
        said = ToastState(text, Tone.WAIT, words.gettext("Close the till"))
        self.toasts.say(said, self._leave)

    # Panels.

    def open_panel(self, panel: Panel) -> None:
        """Open a panel; the same key closes it again."""
        if self.sale is None or self._panel is panel:
            self.close_panel()
            return
        self._panel = panel
        self._frame = None
        if panel is Panel.FIND:
            self.find.begin()
        elif panel is Panel.ENROL and self.enrol is not None:
            self.enrol.begin()
            if self.sale.recognition.unknown is not None:
                self._fill_enrolment(self.sale.recognition.unknown)
        elif panel is Panel.ASK:
            self._ask_her(self.sale)
        self._draw()

    def _ask_her(self, sale: SalePresenter) -> None:
        """Put the one question of this visit to her; without one there is no panel."""
        greeting = sale.model.greeting
        if self.ask is not None and greeting is not None and not sale.model.asked:
            self.ask.begin(greeting)
        if self.ask is None or self.ask.model is None:
            self._panel = None

    def _asked(self) -> None:
        """Go on after she was asked."""
        self._panel = None
        if self.sale is not None:
            self.sale.was_asked()

    def close_panel(self) -> None:
        """Close what is open beside the sale."""
        self._panel = None
        self._draw()

    def _fill_enrolment(self, scan: Scan) -> None:
        """Take a card or a telephone over into the enrolment; what is neither is sold or said."""
        tables = shop_tables(self._desk.store)
        self._desk.asks.ask(
            "fill", lambda: resolve(scan, tables), partial(self._filled, scan), self._refused
        )

    def _filled(self, scan: Scan, found: Recognised) -> None:
        if self.enrol is None or self.sale is None:
            return
        match found:
            case OurCard(number) | MemberNumber(number):
                self.enrol.card_scanned(number)
            case Phone(number):
                self.enrol.phone_typed(number)
            case OurPass():  # She is a member: nobody is to be enrolled.
                self.close_panel()
                self.sale.scanned(scan)
            case _:
                self.sale.scanned(scan)

    def _choose_among(self, several: SeveralSeen) -> None:
        self._panel = Panel.FIND
        self.find.begin(several)

    def _take_member(self, member: MemberId) -> None:
        self._panel = None
        if self.sale is not None:
            self.sale.take_member(member)

    # Drawing.

    def _status(self) -> None:
        shown = status_state(self._desk, self._sync, self._devices, self._clock())
        self._desk.screen.show_status(shown)

    def _clock(self) -> ClockSeen:
        clock = self._desk.counter.clock
        return ClockSeen(clock.now(), clock.server_offset_ms())

    def _side(  # noqa: PLR0911 - one answer for each panel
        self, sale: SalePresenter
    ) -> SideState | None:
        match self._panel:
            case Panel.WHY:
                return why_state(self._desk, sale.model)
            case Panel.ENROL:
                return None if self.enrol is None else self.enrol.state()
            case Panel.FIND:
                return self.find.state()
            case Panel.ASK:
                return None if self.ask is None else self.ask.state()
            case Panel.CAMERA:
                text = self._desk.words.gettext("Hold the code still before the camera")
                return CameraState(Remark(text), self._frame)
            case Panel.DETAILS:
                return details_state(self._desk, self._sync, self._devices, self._clock())
            case None:
                return None

    def _draw(self) -> None:
        if self.sale is None:
            return
        side, question = self._side(self.sale), self.papers.question()
        day = today(self._desk.counter, self._desk.store)
        self._desk.screen.show_sale(sale_state(self._desk, self.sale.model, day, side, question))
