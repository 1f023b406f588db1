"""From device and sync threads to the GUI thread: a value is handed over, nothing waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Signals that any thread may emit; whoever is connected is called on the GUI thread."""

    scanned = Signal(object)  # Scan
    frame = Signal(object)  # Frame
    health = Signal(object)  # DeviceCondition
    line = Signal(object)  # SyncState
    paper = Signal(object, object)  # EventId, Paper
