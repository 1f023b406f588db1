"""A day at a whole till: its real window, files, threads and folders for devices."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.ui.widgets.key_button import KeyButton
from tests.views.till_rig import (
    UNKNOWN_CARD,
    RunningTill,
    scan_anna,
    scan_coffee,
)

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def test_scan_amount_enter_prints_a_receipt(till: RunningTill) -> None:
    scan_anna(till)
    till.type("12.50")
    till.press(ENTER)

    till.until(lambda: till.sale.done and till.sale.done.receipt.text == "Receipt printed")
    (receipt,) = till.slips
    assert "Anna Bianchi" in receipt
    assert "312" in receipt
    assert till.kinds() == ["shift-open", "sale"]


def hold(till: RunningTill, key: Qt.Key, times: int, *, first: bool = True) -> None:
    """Hold a key down, as the operating system tells it."""
    window = till.shop.window.windowHandle()
    assert window is not None
    for time in range(times):
        none = Qt.KeyboardModifier.NoModifier
        press = QKeyEvent(QEvent.Type.KeyPress, key, none, "", autorep=time > 0 or not first)
        QCoreApplication.sendEvent(window, press)
        QCoreApplication.processEvents()


def test_enter_held_down_is_one_sale_and_its_change_stays_in_sight(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(Qt.Key.Key_F8)
    till.type("10")
    hold(till, ENTER, 3)
    till.until(lambda: till.sale.done)
    hold(till, ENTER, 2, first=False)

    assert till.sale.done is not None
    assert till.sale.done.change == "€4.10"
    assert till.kinds().count("sale") == 1


def test_the_copy_key_held_down_is_one_copy(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(ENTER)
    till.until(lambda: till.sale.done and till.sale.done.print_again)
    hold(till, Qt.Key.Key_F7, 2)
    till.until(lambda: len(till.slips) == 2)
    till.until(lambda: till.sale.done and till.sale.done.print_again)
    hold(till, Qt.Key.Key_F7, 2, first=False)

    assert till.kinds().count("reprint") == 1


def click(till: RunningTill, place: QPoint, at_ms: int) -> None:
    window = till.shop.window.windowHandle()
    assert window is not None
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    press, release = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
    for what, buttons in ((press, left), (release, Qt.MouseButton.NoButton)):
        at = QPointF(place)
        event = QMouseEvent(what, at, at, window.mapToGlobal(at), left, buttons, none)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(window, event)


@pytest.mark.parametrize(("after_ms", "stays"), [(200, True), (2000, False)])
def test_a_double_click_on_the_pay_key_is_one_sale_and_leaves_the_change_in_sight(
    till: RunningTill, after_ms: int, *, stays: bool
) -> None:
    scan_coffee(till)
    window = till.shop.window
    keys = window.sale.payment.findChildren(KeyButton)
    pay = next(key for key in keys if key.text().startswith("Cash €"))
    place = pay.mapTo(window, pay.rect().center())
    click(till, place, 10_000)
    till.until(lambda: isinstance(window.childAt(place), KeyButton) and till.sale.done)
    click(till, place, 10_000 + after_ms)

    assert (till.sale.done is not None) is stays
    assert till.kinds().count("sale") == 1


def test_enter_in_the_find_panel_never_takes_money(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(Qt.Key.Key_F3)
    till.type("Anna")
    till.press(ENTER)
    till.until(lambda: isinstance(till.sale.member, MemberState))

    assert till.kinds() == ["shift-open"]


def test_enter_in_the_enrolment_never_takes_money(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(Qt.Key.Key_F4)
    till.until(lambda: isinstance(till.sale.side, EnrolState))
    till.type("3405555555")
    till.press(ENTER)
    till.type("Carla")
    till.press(ENTER)
    till.press(ENTER)

    till.until(lambda: isinstance(till.sale.side, EnrolState) and till.sale.side.name == "Carla")
    assert "sale" not in till.kinds()


def test_an_unknown_card_is_enrolled_with_two_keys(till: RunningTill) -> None:
    till.scan(UNKNOWN_CARD)
    till.until(lambda: till.toast.startswith("This card belongs to nobody yet."))
    till.press(Qt.Key.Key_F4)
    till.until(lambda: isinstance(till.sale.side, EnrolState) and till.sale.side.card)
    assert till.shop.till.enrol is not None
    till.shop.window.sale.side.enrol_panel.consent.click()
    till.press(Qt.Key.Key_F4)
    till.until(lambda: isinstance(till.sale.member, MemberState))
    till.press(Qt.Key.Key_F5)
    till.scan(UNKNOWN_CARD)

    till.until(lambda: isinstance(till.sale.member, MemberState))
    assert till.kinds() == ["shift-open", "enrol"]


def test_a_sentence_goes_when_its_cross_is_pressed(till: RunningTill) -> None:
    till.scan("???")
    till.until(lambda: till.toast)

    till.shop.window.toast.closed.emit()

    assert till.toast == ""


def test_a_cancelled_sale_is_taken_back_by_the_key_of_the_sentence(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(ESCAPE)
    till.until(lambda: till.toast.startswith("The sale was cancelled."))
    assert till.sale.basket.lines == ()

    till.shop.window.toast.action_pressed.emit()

    till.until(lambda: len(till.sale.basket.lines) == 1)
    assert till.toast == ""
