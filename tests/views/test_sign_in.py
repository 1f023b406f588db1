"""Sign-in by keys and by touch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.i18n import Words
from pos_loyalty.ui.gallery_scenes import Props
from pos_loyalty.ui.views.window import TillWindow


def test_a_pin_is_typed_and_entered_and_gone(
    qtbot: QtBot, window: TillWindow, english: Words
) -> None:
    window.show_sign_in(Props(english).sign_in())

    with qtbot.waitSignal(window.sign_in.pin_entered, timeout=1000) as entered:
        for key in (Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
            QTest.keyClick(QApplication.focusWidget() or window, key)

    assert entered.args == ["4711"]


def test_a_pin_is_touched_and_entered(qtbot: QtBot, window: TillWindow, english: Words) -> None:
    window.show_sign_in(Props(english).sign_in())
    buttons = {one.text(): one for one in window.sign_in.findChildren(QAbstractButton)}

    with qtbot.waitSignal(window.sign_in.pin_entered, timeout=1000) as entered:
        for words in ("4", "7", "1", "1", "Sign in"):
            QTest.mouseClick(buttons[words], Qt.MouseButton.LeftButton)

    assert entered.args == ["4711"]


def test_a_locked_till_takes_no_pin(window: TillWindow, english: Words) -> None:
    entered: list[str] = []
    window.sign_in.pin_entered.connect(entered.append)
    window.show_sign_in(replace(Props(english).sign_in(), locked=True))

    for key in (Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_Return):
        QTest.keyClick(window, key)

    assert entered == []
