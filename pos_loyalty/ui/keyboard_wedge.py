"""A scanner that pretends to be a keyboard, told from typing whatever has the focus."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from pos_loyalty.ui.wedge_rhythm import Stroke, WedgeRhythm

ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
X_KEYCODE_OFFSET = 8  # X11 and Wayland number keys from 8.


class KeyboardWedge(QObject):
    """Watches the keys of a whole application; the key that ends a scan reaches nobody."""

    scanned = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._rhythm = WedgeRhythm()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See each key once, as the window gets it and before any widget does."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(watched, QWindow)
            and isinstance(event, QKeyEvent)
        ):
            return self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() in MODIFIERS:
            return False
        if event.key() in ENDS:
            return self._end(event.timestamp())
        if event.isAutoRepeat() or not event.text():
            self._rhythm.forget()
            return False
        self._rhythm.typed(
            Stroke(
                shown=event.text(),
                place=_place(event.nativeScanCode()),
                shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
                at_ms=event.timestamp(),
            )
        )
        return False

    def _end(self, at_ms: int) -> bool:
        burst = self._rhythm.ended(at_ms)
        if burst is None:
            return False
        _take_back(burst.shown)
        self.scanned.emit(burst.text)
        return True


def _place(native_scan_code: int) -> int:
    if sys.platform == "linux":
        return max(0, native_scan_code - X_KEYCODE_OFFSET)
    return native_scan_code


def _take_back(shown: str) -> None:
    """Take out of the field in focus what the scanner typed into it."""
    line = QApplication.focusWidget()
    if not isinstance(line, QLineEdit):
        return
    printable = "".join(sign for sign in shown if sign.isprintable())
    before = line.text()[: line.cursorPosition()]
    took = next(
        (
            printable[start:]
            for start in range(len(printable))
            if before.endswith(printable[start:])
        ),
        "",
    )
    if took:
        rest = line.text()[line.cursorPosition() :]
        kept = before.removesuffix(took)
        line.setText(kept + rest)
        line.setCursorPosition(len(kept))
        line.textEdited.emit(line.text())
