"""A scanner that types into whatever has the focus, with the time stamps of real keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos_loyalty.ui.keyboard_wedge import KeyboardWedge

CARD = "2900000012346"
PERSON_MS = 80
SCANNER_MS = 6


@dataclass(slots=True)
class Keyboard:
    """Types into the window as the operating system does, at stated times."""

    window: QWindow
    at_ms: int = 1000

    def events(self, text: str, gap_ms: int) -> Iterator[QKeyEvent]:
        for sign in text:
            self.at_ms += gap_ms
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
            none = Qt.KeyboardModifier.NoModifier
            event = QKeyEvent(QEvent.Type.KeyPress, key, none, sign)
            event.setTimestamp(self.at_ms)
            yield event

    def type(self, text: str, gap_ms: int) -> None:
        for event in self.events(text, gap_ms):
            QCoreApplication.sendEvent(self.window, event)


@dataclass(slots=True)
class Desk:
    """A field in focus, a keyboard, and what was heard."""

    line: QLineEdit
    keyboard: Keyboard
    scans: list[str]
    entered: list[str]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    wedge = KeyboardWedge(qapp)
    scans: list[str] = []
    entered: list[str] = []
    wedge.scanned.connect(scans.append)
    line.returnPressed.connect(lambda: entered.append(line.text()))
    yield Desk(line, Keyboard(line.windowHandle()), scans, entered)
    qapp.removeEventFilter(wedge)
    wedge.deleteLater()


def test_a_scan_is_heard_and_leaves_nothing_in_the_field(desk: Desk) -> None:
    desk.keyboard.type(CARD + "\r", SCANNER_MS)

    assert (desk.scans, desk.line.text(), desk.entered) == ([CARD], "", [])


def test_an_amount_half_typed_stays_when_a_card_is_scanned(desk: Desk) -> None:
    desk.keyboard.type("12.50", PERSON_MS)

    desk.keyboard.at_ms += 500
    desk.keyboard.type(CARD + "\r", SCANNER_MS)

    assert (desk.scans, desk.line.text()) == ([CARD], "12.50")


def test_the_pane_hears_that_the_scanned_characters_are_gone(desk: Desk) -> None:
    heard: list[str] = []
    desk.line.textEdited.connect(heard.append)

    desk.keyboard.type(CARD + "\r", SCANNER_MS)

    assert heard[-1] == ""


def test_what_a_person_types_stays_typed_and_is_entered(desk: Desk) -> None:
    desk.keyboard.type("1234567\r", PERSON_MS)

    assert (desk.scans, desk.entered) == ([], ["1234567"])


def test_typing_that_waited_for_a_busy_screen_is_no_scan(desk: Desk, qapp: QApplication) -> None:
    for event in desk.keyboard.events("1234567\r", PERSON_MS):
        QCoreApplication.postEvent(desk.keyboard.window, event)
    blocked_until = time.monotonic() + 0.1
    while time.monotonic() < blocked_until:
        pass  # The screen is busy; afterwards all keys arrive at once.

    qapp.processEvents()

    assert (desk.scans, desk.entered) == ([], ["1234567"])


def test_a_key_held_down_is_no_scan(desk: Desk) -> None:
    for event in desk.keyboard.events("0" * 10, 30):
        held = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), autorep=True)
        held.setTimestamp(event.timestamp())
        QCoreApplication.sendEvent(desk.keyboard.window, held)

    desk.keyboard.type("\r", SCANNER_MS)

    assert desk.scans == []
