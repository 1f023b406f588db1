"""The till's screen put together with everything behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos_loyalty.domain.scans import read_aim
from pos_loyalty.i18n import LANGUAGES, SOURCE_LANGUAGE, Words, load_words
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.resources import resource
from pos_loyalty.terminal.back_room import STOP_S, BackRoom
from pos_loyalty.terminal.bridge import Bridge
from pos_loyalty.terminal.devices import Devices, Ears, devices_of
from pos_loyalty.terminal.printing import PrintDesk
from pos_loyalty.terminal.settings import Settings
from pos_loyalty.terminal.typesetter import QtTypesetter
from pos_loyalty.terminal.warm_up import AFTER_MS, warm_up
from pos_loyalty.ui.background import Background
from pos_loyalty.ui.keyboard_wedge import KeyboardWedge
from pos_loyalty.ui.look import Look, put_on
from pos_loyalty.ui.one_press import OnePress
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.papers import PapersPresenter
from pos_loyalty.ui.presenters.status import DeviceCondition, DeviceRole
from pos_loyalty.ui.presenters.till import TillPresenter
from pos_loyalty.ui.presenters.toasts import Toasts
from pos_loyalty.ui.presenters.watched import WatchedScreen
from pos_loyalty.ui.theme import THEMES, Tokens, with_accent
from pos_loyalty.ui.views.window import TillWindow
from pos_loyalty.ui.wiring import wire

TICK_MS = 1000
PRINT_AGAIN_MS = 15_000  # What failed although the printer says that it is well.


class ShopWindow(QObject):
    """A running till: window, presenters, devices and line. `left` says that it was closed."""

    left = Signal()

    def __init__(
        self, app: QApplication, back_room: BackRoom, store: StoreTold, settings: Settings
    ) -> None:
        super().__init__()
        self._app = app
        self._open = True
        self._full_screen = settings.screen.full_screen
        self._store = store
        self._conditions: dict[tuple[DeviceRole, str], DeviceCondition] = {}
        self.words = words_for(settings.screen.language or store.language)
        self.look = Look(_tokens(settings, store), settings.screen.scale_percent)
        put_on(app, self.look)
        self.window = TillWindow(self.words, self.look)
        self.screen = WatchedScreen(self.window)
        self.bridge = Bridge()
        self.background = Background(back_room.ledger)
        self.print_desk = PrintDesk(back_room.ledger, back_room.counter, self.bridge.paper.emit)
        desk = Desk(
            back_room.counter,
            self.background,
            self.screen,
            Toasts(self.screen),
            self.words,
            store,
            self._committed,
            self.print_desk.open_drawer,
        )
        self.till = TillPresenter(desk, PapersPresenter(desk, self.print_desk.copy), self.leave)
        self.devices = self._devices(settings)
        self.sync = back_room.sync_loop(self.bridge.line.emit)
        self._wedge = KeyboardWedge(app)
        self._one_press = OnePress(app)
        app.installEventFilter(self._one_press)
        self._wedge.scanned.connect(lambda text: self.till.scanned(read_aim(text)))
        self._connect()
        self._tick = QTimer(self)
        self._tick.timeout.connect(self.till.tick)
        self._print_again = QTimer(self)
        self._print_again.timeout.connect(self.print_desk.look)

    def _devices(self, settings: Settings) -> Devices:
        ears = Ears(
            scanned=self.bridge.scanned.emit,
            frame=self.bridge.hand_over_frame,
            health=self.bridge.health.emit,
            job=self.print_desk.reported,
        )
        devices = devices_of(settings, QtTypesetter(), ears)
        if devices.printer is not None:
            self.print_desk.use(devices.printer)
        return devices

    def _connect(self) -> None:
        wire(self.window, self.till)
        self.window.close_asked.connect(self.till.leave_asked)
        heard = self._while_open
        self.bridge.scanned.connect(heard(self.till.scanned))
        self.bridge.frame_there.connect(heard(lambda: self.till.frame(self.bridge.take_frame())))
        self.bridge.line.connect(heard(self.till.line_changed))
        self.bridge.paper.connect(heard(self.till.paper))
        self.bridge.health.connect(heard(self._health))

    def _while_open(self, act: Callable[..., None]) -> Callable[..., None]:
        """Let a window that was closed hear nothing more of what threads had still to tell."""

        def do(*told: object) -> None:
            if self._open:
                act(*told)

        return do

    def start(self) -> None:
        """Show the sign-in and let everything run."""
        self.till.begin()
        if self._full_screen:
            self.window.showFullScreen()
        else:
            self.window.show()
        self.devices.start()
        self.sync.start()
        self.print_desk.look()
        self._tick.start(TICK_MS)
        self._print_again.start(PRINT_AGAIN_MS)
        QTimer.singleShot(AFTER_MS, self, lambda: warm_up(self.words, self._store))

    def stop(self) -> None:
        """Let everything come to its end; what is unsent stays in the journal."""
        self._tick.stop()
        self._print_again.stop()
        for watcher in (self._wedge, self._one_press):
            self._app.removeEventFilter(watcher)
            watcher.deleteLater()
        self.devices.stop()
        self.sync.stop(STOP_S)
        self.background.close()
        self._open = False

    def leave(self) -> None:
        """Close the window for good."""
        self.window.leave()
        self.left.emit()

    def _committed(self) -> None:
        self.sync.nudge()
        self.print_desk.look()

    def _health(self, condition: DeviceCondition) -> None:
        which = (condition.role, condition.name)
        was = self._conditions.get(which)
        self._conditions[which] = condition
        self.till.devices_changed(tuple(self._conditions.values()))
        if condition.ready and (was is None or not was.ready):
            self.print_desk.look()  # A printer that came back prints what waits.


def _tokens(settings: Settings, store: StoreTold) -> Tokens:
    tokens = THEMES["dark" if settings.screen.dark else "light"]
    return with_accent(tokens, f"#{store.accent}") if store.accent else tokens


def words_for(language: str) -> Words:
    """Load the words of a language; of the source language where we have none for it."""
    own = language.partition("-")[0]
    known = next((tag for tag in LANGUAGES if tag.partition("-")[0] == own), SOURCE_LANGUAGE)
    return load_words(known, resource("locale"))
