"""One press does one thing: a key held down, or a second click that was meant for the first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

ONCE = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}) | {
    Qt.Key(Qt.Key.Key_F1.value + number) for number in range(12)
}
PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class OnePress(QObject):
    """Watches a whole application.

    A key that does something does it once, however long it is held. A double click on a key that
    changes the page does not press what the new page shows there.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._pressed: QWidget | None = None
        self._pressed_at_ms = 0
        self._let_go = (0, 0)  # Which key, and when.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow what was not meant."""
        if isinstance(event, QKeyEvent):
            is_ours = event.key() in ONCE and isinstance(watched, QWindow)
            return is_ours and self._is_held(event)
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            return event.type() in PRESSES and self._click(watched, event.timestamp())
        return False

    def _is_held(self, event: QKeyEvent) -> bool:
        """Whether the key is down still.

        X repeats a key by letting go of it and pressing it in the same instant; Qt knows it for one
        only when both have arrived already.
        """
        is_real = event.nativeScanCode() != 0
        now = (event.key(), event.timestamp())
        if event.type() is QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._let_go = now
            return False
        return event.isAutoRepeat() or (is_real and now == self._let_go)

    def _click(self, widget: QWidget, at_ms: int) -> bool:
        first, since_ms = self._pressed, at_ms - self._pressed_at_ms
        gone = first is not None and first is not widget and not first.isVisible()
        if gone and 0 <= since_ms <= QApplication.doubleClickInterval():
            return True
        self._pressed, self._pressed_at_ms = widget, at_ms
        return False
