"""Running the till until its window is closed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_loyalty.terminal.back_room import BackRoom, open_back_room
from pos_loyalty.terminal.cable import Cable
from pos_loyalty.terminal.logs import begin_log
from pos_loyalty.terminal.settings import Settings, read_settings
from pos_loyalty.terminal.shop_window import ShopWindow

SIGNALS_SEEN_MS = 100  # Python sees a signal only between two of its own steps.


class NeverHeard(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The till has been enrolled, but its server has told it nothing yet."""


@dataclass(frozen=True, slots=True)
class Companion:
    """What runs beside the till's window, as the demo's desk; it gets the running till."""

    attach: Callable[[ShopWindow, QApplication], object]


def run_till(
    folder: Path, companions: tuple[Companion, ...] = (), cable: Cable | None = None
) -> int:
    """Run the till in `folder`; answers with the exit code. `cable` may be pulled meanwhile.

    Raises StoreFault, JournalFault, WrongDocument or NeverHeard with what to do.
    """
    begin_log(folder)
    app = application()
    settings = read_settings(folder)
    with open_back_room(folder, cable) as back_room:
        return _run(app, back_room, settings, companions)


def application() -> QApplication:
    """Make the one Qt application of this process."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
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
    store = back_room.ledger.do(back_room.counter.members.store)
    if store is None:
        raise NeverHeard
    window = ShopWindow(app, back_room, store, settings)
    window.left.connect(app.quit)
    alive = QTimer()
    alive.timeout.connect(lambda: None)
    alive.start(SIGNALS_SEEN_MS)
    _leave_on(window, signal.SIGTERM, signal.SIGINT)
    kept = [companion.attach(window, app) for companion in companions]
    window.start()
    try:
        return app.exec()
    finally:
        window.stop()
        kept.clear()


def _leave_on(window: ShopWindow, *signals: signal.Signals) -> None:
    def leave(_number: int, _frame: FrameType | None) -> None:
        window.leave()

    for number in signals:
        signal.signal(number, leave)
