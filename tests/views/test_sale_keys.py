"""The sale by keyboard: every key does what is written on its button, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.i18n import Words
from pos_loyalty.ui.gallery_scenes import Props
from pos_loyalty.ui.phrases import receipt_printed
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.views.window import TillWindow


@pytest.fixture
def props(english: Words) -> Props:
    return Props(english)


def press(window: TillWindow, *keys: Qt.Key) -> None:
    """Type where the focus is, as the cashier does."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def test_an_amount_and_enter_need_no_mouse(qtbot: QtBot, window: TillWindow, props: Props) -> None:
    window.show_sale(props.empty())
    typed: list[str] = []
    window.sale.basket.entry_changed.connect(typed.append)

    with qtbot.waitSignal(window.sale.enter_pressed, timeout=1000):
        press(window, Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_Return)

    assert typed == ["5", "50"]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_F1, "sale.payment.why_asked"),
        (Qt.Key.Key_F2, "sale.side.keys.camera_asked"),
        (Qt.Key.Key_F3, "sale.side.keys.find_asked"),
        (Qt.Key.Key_F4, "sale.side.keys.enrol_asked"),
        (Qt.Key.Key_F5, "sale.member.member_removed"),
        (Qt.Key.Key_F8, "sale.payment.cash_given_asked"),
        (Qt.Key.Key_F9, "sale.payment.card_pressed"),
        (Qt.Key.Key_F10, "status_bar.details_asked"),
        (Qt.Key.Key_F12, "top_bar.sign_out_asked"),
        (Qt.Key.Key_Escape, "sale.escape_pressed"),
        (Qt.Key.Key_Delete, "sale.delete_pressed"),
    ],
)
def test_a_key_does_what_is_written_on_its_button(
    window: TillWindow, props: Props, key: Qt.Key, signal: str
) -> None:
    window.show_sale(props.selling())
    heard: list[str] = []
    part: object = window
    for name in signal.split("."):
        part = getattr(part, name)
    part.connect(lambda: heard.append(signal))  # type: ignore[attr-defined]  # A signal by name.

    press(window, key)

    assert heard == [signal]


def test_arrows_move_through_the_basket(window: TillWindow, props: Props) -> None:
    window.show_sale(props.selling())
    moves: list[int] = []
    window.sale.moved.connect(moves.append)

    press(window, Qt.Key.Key_Up, Qt.Key.Key_Down)

    assert moves == [-1, 1]


def test_nothing_can_be_paid_twice_while_the_sale_is_committed(
    window: TillWindow, props: Props
) -> None:
    sale = props.selling()
    window.show_sale(replace(sale, payment=replace(sale.payment, busy=True)))
    paid: list[str] = []
    window.sale.payment.card_pressed.connect(lambda: paid.append("card"))

    press(window, Qt.Key.Key_F9)

    assert paid == []


def test_the_first_digit_after_a_sale_begins_the_next(window: TillWindow, props: Props) -> None:
    window.show_sale(replace(props.selling(), done=props.done(receipt_printed(props.words))))
    typed: list[str] = []
    window.sale.basket.entry_changed.connect(typed.append)

    press(window, Qt.Key.Key_7)

    assert typed == ["7"]


def test_a_panel_takes_the_typing_and_gives_it_back_when_it_closes(
    qtbot: QtBot, window: TillWindow, props: Props
) -> None:
    window.show_sale(replace(props.empty(), side=FindState()))

    press(window, Qt.Key.Key_4)

    assert window.sale.side.find_panel.field.line.text() == "4"
    with qtbot.waitSignal(window.sale.side.closed, timeout=1000):
        press(window, Qt.Key.Key_Escape)
    window.show_sale(props.empty())
    assert window.sale.basket.entry.line.hasFocus()


def test_a_member_is_enrolled_by_keyboard_alone(
    qtbot: QtBot, window: TillWindow, props: Props
) -> None:
    state = EnrolState(consent_text="She agrees", ready=True)
    window.show_sale(replace(props.empty(), side=state))
    panel = window.sale.side.enrol_panel

    press(window, Qt.Key.Key_3, Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Return)

    with qtbot.waitSignal(panel.consent_changed, timeout=1000):
        press(window, Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.enrol_pressed, timeout=1000):
        press(window, Qt.Key.Key_F4)


def test_a_question_about_a_receipt_does_not_stop_the_sale(
    qtbot: QtBot, window: TillWindow, props: Props
) -> None:
    window.show_sale(replace(props.selling(), question=props.question()))

    with qtbot.waitSignal(window.sale.enter_pressed, timeout=1000):
        press(window, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.sale.question.yes_pressed, timeout=1000):
        press(window, Qt.Key.Key_F7)


def test_closing_the_window_asks_first_and_leaving_closes_it(
    qtbot: QtBot, window: TillWindow
) -> None:
    with qtbot.waitSignal(window.close_asked, timeout=1000):
        window.close()

    assert window.isVisible()
    window.leave()
    assert not window.isVisible()
