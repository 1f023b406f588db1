"""From device and sync threads to the GUI thread: a value is handed over, nothing waits."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from pos_loyalty.ports.devices import Frame


class Bridge(QObject):
    """Signals that any thread may emit; whoever is connected is called on the GUI thread."""

    scanned = Signal(object)  # Scan
    frame_there = Signal()  # Take it by `take_frame`.
    health = Signal(object)  # DeviceCondition
    line = Signal(object)  # SyncState
    paper = Signal(object, object)  # EventId, Paper

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._frame: Frame | None = None

    def hand_over_frame(self, frame: Frame) -> None:
        """Leave a picture; one that nobody has looked at yet is dropped for it."""
        with self._lock:
            waits = self._frame is not None
            self._frame = frame
        if not waits:
            self.frame_there.emit()

    def take_frame(self) -> Frame | None:
        """Take the newest picture. None: it was taken."""
        with self._lock:
            frame, self._frame = self._frame, None
        return frame
