"""Running the till until its window is closed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_loyalty.ports.central import CentralTrouble
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.sync.loop import talk
from pos_loyalty.sync.push import NeedsPerson
from pos_loyalty.terminal.back_room import BackRoom, open_back_room
from pos_loyalty.terminal.cable import Cable
from pos_loyalty.terminal.logs import begin_log
from pos_loyalty.terminal.settings import Settings, read_settings
from pos_loyalty.terminal.shop_window import ShopWindow

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
SIGNALS_SEEN_MS = 100  # Python sees a signal only between two of its own steps.


class NeverHeard(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The till has been enrolled, but its server has told it nothing yet, and does not now."""


class NoDisplay(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """There is nothing to show a window on."""


@dataclass(frozen=True, slots=True)
class Companion:
    """What runs beside the till's window, as the demo's desk; it gets the running till."""

    attach: Callable[[ShopWindow, QApplication], object]


def run_till(
    folder: Path, companions: tuple[Companion, ...] = (), cable: Cable | None = None
) -> int:
    """Run the till in `folder`; answers with the exit code. `cable` may be pulled meanwhile.

    Raises StoreFault, JournalFault, WrongDocument, NoDisplay or NeverHeard with what to do.
    """
    begin_log(folder)
    app = application()
    settings = read_settings(folder)
    with open_back_room(folder, cable) as back_room:
        return _run(app, back_room, settings, companions)


def application() -> QApplication:
    """Make the one Qt application of this process. Raises NoDisplay."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in DISPLAYS):
        raise NoDisplay  # Qt would end the process.
    app = QApplication(sys.argv[:1])
    app.setApplicationName("pos-loyalty")
    app.setQuitOnLastWindowClosed(False)
    return app


def _run(
    app: QApplication,
    back_room: BackRoom,
    settings: Settings,
    companions: tuple[Companion, ...],
) -> int:
    store = _store(back_room)
    window = ShopWindow(app, back_room, store, settings)
    window.left.connect(app.quit)
    alive = QTimer()
    alive.timeout.connect(lambda: None)
    alive.start(SIGNALS_SEEN_MS)
    _leave_on(window, signal.SIGTERM, signal.SIGINT)
    kept = [companion.attach(window, app) for companion in companions]
    try:
        window.start()
        return app.exec()
    finally:
        window.stop()
        kept.clear()


def _store(back_room: BackRoom) -> StoreTold:
    """Tell which store this is; a till that has heard nothing yet asks its server now."""
    ask = partial(back_room.ledger.do, back_room.counter.members.store)
    store = ask()
    if store is None:
        try:
            talk(back_room.line(), lambda _loaded, _total: None)
        except (CentralTrouble, NeedsPerson) as error:
            raise NeverHeard(str(error)) from error
        store = ask()
    if store is None:
        raise NeverHeard("it told nothing of a store")
    return store


def _leave_on(window: ShopWindow, *signals: signal.Signals) -> None:
    def leave(_number: int, _frame: FrameType | None) -> None:
        window.leave()

    for number in signals:
        signal.signal(number, leave)
