"""The till's window under a stopwatch: when it was painted, and how long it did not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_loyalty.terminal.shop_window import ShopWindow

BEAT_MS = 5


@dataclass(slots=True)
class _Wait:
    """Something that is to be seen, and when it was."""

    reached: Callable[[], bool]
    seen: threading.Event = field(default_factory=threading.Event)
    at: float = 0.0


class Stopwatch(QObject):
    """Watches one window. Made on the GUI thread; its methods are for another thread."""

    _job = Signal(object)

    def __init__(self, shop: ShopWindow, app: QApplication) -> None:
        super().__init__()
        self._shop = shop
        self._app = app
        self._wait: _Wait | None = None
        self._beat_at = 0.0
        self._gaps_ms: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._job.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)
        shop.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the window paint what has changed, then look whether it is what was waited for."""
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        watched.event(event)
        wait = self._wait
        if wait is not None and wait.reached():
            wait.at = time.perf_counter()
            self._wait = None
            wait.seen.set()
        return True

    @Slot(object)
    def _carry_out(self, job: Callable[[], None]) -> None:
        job()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps_ms.append((now - self._beat_at) * 1000)
        self._beat_at = now

    def until_painted(
        self, act: Callable[[], None], reached: Callable[[], bool], timeout_s: float = 5.0
    ) -> float:
        """Do something; answers with the ms until the window, painted, shows what it leads to.

        `reached` is asked on the GUI thread after each painting. Raises TimeoutError.
        """
        self._wait = wait = _Wait(reached)
        began = time.perf_counter()
        act()
        if not wait.seen.wait(timeout_s):
            self._wait = None
            raise TimeoutError
        return (wait.at - began) * 1000

    def press(self, key: str) -> None:
        """Press a key, as Qt names it; it is not waited for."""
        self._job.emit(lambda: self._press(Qt.Key[f"Key_{key}"]))

    def _press(self, key: Qt.Key) -> None:
        handle = self._shop.window.windowHandle()
        if handle is not None:
            QTest.keyClick(handle, key)

    def do(self, job: Callable[[], None]) -> None:
        """Do something on the GUI thread, and wait for it."""
        done = threading.Event()

        def both() -> None:
            try:
                job()
            finally:
                done.set()

        self._job.emit(both)
        done.wait()

    def listen(self) -> None:
        """Begin to feel the pulse of the GUI thread anew."""
        self.do(self._begin_beats)

    def _begin_beats(self) -> None:
        self._beat_at = time.perf_counter()
        self._gaps_ms.clear()
        self._timer.start(BEAT_MS)

    def gaps_ms(self) -> list[float]:
        """Tell how long the GUI thread took each time to come round again, and stop."""
        self.do(self._end_beats)
        return self._gaps_ms

    def _end_beats(self) -> None:
        self._timer.stop()
        self._beat()

    def end(self) -> None:
        """End the application."""
        self._job.emit(self._app.exit)  # Quitting would ask the window, which asks the cashier.
