"""A cashier made of a script: presses keys and looks at the screen when a line on stdin says so.

Each line is a JSON object {"do": …}; each gets one line of JSON back. It is how the demo and the
end-to-end tests work a till in a process of its own, through the same keys as a person.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict, is_dataclass
from enum import Enum
from typing import Any, TextIO

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_loyalty.terminal.app import Companion
from pos_loyalty.terminal.shop_window import ShopWindow

ORDERS_MAX = 100_000
TYPING_MS = 40  # Between two keys: a person's rhythm, not a scanner's.


class Robot(QObject):
    """Carries out orders on the GUI thread; a thread of its own reads them."""

    _order = Signal(str)

    def __init__(
        self, shop: ShopWindow, app: QApplication, orders: TextIO, answers: TextIO
    ) -> None:
        super().__init__(app)
        self._shop = shop
        self._answers = answers
        self._order.connect(self._carry_out)
        reader = threading.Thread(target=self._read, args=(orders,), name="robot", daemon=True)
        reader.start()

    def _read(self, orders: TextIO) -> None:
        for _, line in zip(range(ORDERS_MAX), orders, strict=False):
            self._order.emit(line)
        self._order.emit('{"do": "leave"}')  # Whoever gave the orders is gone.

    def _carry_out(self, line: str) -> None:
        try:
            order = json.loads(line)
            answer = self._do(order)
        except (ValueError, KeyError, AttributeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        self._answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        self._answers.flush()

    def _do(self, order: dict[str, Any]) -> dict[str, object]:
        match order["do"]:
            case "press":
                self._press(order["key"])
            case "type":
                self._type(order["text"])
            case "look":
                return self._look()
            case "draw":
                self._shop.window.grab().save(order["file"])
            case "leave":
                self._shop.leave()
            case unknown:
                return {"error": f"no order {unknown!r}"}
        return {"ok": True}

    def _press(self, name: str) -> None:
        handle = self._shop.window.windowHandle()
        if handle is not None:
            QTest.keyClick(handle, Qt.Key[f"Key_{name}"])

    def _type(self, text: str) -> None:
        focus: QWidget | None = self._shop.window.focusWidget()
        QTest.keyClicks(focus or self._shop.window, text, Qt.KeyboardModifier.NoModifier, TYPING_MS)

    def _look(self) -> dict[str, object]:
        return {name: _plain(state) for name, state in self._shop.screen.shown.items()}


def _plain(state: object) -> object:
    if is_dataclass(state) and not isinstance(state, type):
        return json.loads(json.dumps(asdict(state), default=_word))
    return state


def _word(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return None  # A picture: nothing to read.


def robot() -> Companion:
    """Let a script on stdin work the till."""
    return Companion(lambda shop, app: Robot(shop, app, sys.stdin, sys.stdout))
