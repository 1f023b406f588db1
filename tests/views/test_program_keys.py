"""What a program brings to the counter is worked by keys: suggestion, question, marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.i18n import Words
from pos_loyalty.ui.gallery_program import full_member, program_scenes, proposal
from pos_loyalty.ui.gallery_scenes import Props
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.views.rewards import RewardView
from pos_loyalty.ui.views.window import TillWindow


@pytest.fixture
def props(english: Words) -> Props:
    return Props(english)


def scene(props: Props, name: str) -> SaleState:
    sale = next(one.sale for one in program_scenes(props) if one.name == name)
    assert sale is not None
    return sale


def press(window: TillWindow, *keys: Qt.Key) -> None:
    """Type where the focus is, as the cashier does."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_F7, "yes_pressed"), (Qt.Key.Key_F6, "no_pressed")]
)
def test_a_suggestion_is_taken_or_declined_by_its_keys(
    qtbot: QtBot, window: TillWindow, props: Props, key: Qt.Key, signal: str
) -> None:
    window.show_sale(scene(props, "program-suggestion"))

    with qtbot.waitSignal(getattr(window.sale.basket.proposal, signal), timeout=1000) as pressed:
        press(window, key)

    assert pressed.signal_triggered


def test_a_question_about_paper_takes_the_keys_first(window: TillWindow, props: Props) -> None:
    sale = props.selling()
    basket = replace(sale.basket, proposal=proposal(props.words))
    taken: list[str] = []
    window.sale.question.yes_pressed.connect(lambda: taken.append("paper"))
    window.sale.basket.proposal.yes_pressed.connect(lambda: taken.append("suggestion"))

    window.show_sale(replace(sale, basket=basket, question=props.question()))
    press(window, Qt.Key.Key_F7)

    assert taken == ["paper"]


@pytest.mark.parametrize("width", [1280, 1024])
def test_she_is_asked_by_f11_at_any_size(
    qtbot: QtBot, window: TillWindow, props: Props, width: int
) -> None:
    window.resize(width, 768)
    window.show_sale(replace(props.selling(), member=full_member(props)))

    with qtbot.waitSignal(window.sale.member.ask_asked, timeout=1000) as asked:
        press(window, Qt.Key.Key_F11)

    assert asked.signal_triggered


def test_a_birthday_is_typed_saved_and_never_taken_for_money(
    qtbot: QtBot, window: TillWindow, props: Props
) -> None:
    window.show_sale(scene(props, "program"))
    asked = scene(props, "program-ask-date")
    assert isinstance(asked.side, AskState)
    window.show_sale(replace(asked, side=replace(asked.side, text="")))
    panel = window.sale.side.ask_panel
    typed: list[str] = []
    money: list[bool] = []
    panel.text_changed.connect(typed.append)
    window.sale.basket.entry_changed.connect(lambda _text: money.append(True))

    press(window, Qt.Key.Key_4, Qt.Key.Key_Period)
    with qtbot.waitSignal(panel.confirmed, timeout=1000):
        press(window, Qt.Key.Key_Return)

    assert (typed, money) == (["4", "4."], [])


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_F4, "confirmed"),
        (Qt.Key.Key_F3, "never_pressed"),
        (Qt.Key.Key_Return, "confirmed"),
        (Qt.Key.Key_Down, "choice_moved"),
        (Qt.Key.Key_Escape, "closed"),
    ],
)
def test_a_choice_is_made_by_keys(
    qtbot: QtBot, window: TillWindow, props: Props, key: Qt.Key, signal: str
) -> None:
    window.show_sale(scene(props, "program"))
    window.show_sale(scene(props, "program-ask-choice"))
    panel = window.sale.side if signal == "closed" else window.sale.side.ask_panel

    with qtbot.waitSignal(getattr(panel, signal), timeout=1000):
        press(window, key)


def test_enrolling_is_not_begun_by_f4_while_she_is_asked(window: TillWindow, props: Props) -> None:
    asked = scene(props, "program-ask-date")
    assert isinstance(asked.side, AskState)
    window.show_sale(replace(asked, side=replace(asked.side, ready=False)))
    begun: list[bool] = []
    window.sale.side.keys.enrol_asked.connect(lambda: begun.append(True))

    press(window, Qt.Key.Key_F4)

    assert begun == []


def test_a_mark_is_a_digit_only_while_marks_are_given(window: TillWindow, props: Props) -> None:
    marks: list[int] = []
    typed: list[str] = []
    window.sale.done.mark_given.connect(marks.append)
    window.sale.basket.entry_changed.connect(typed.append)

    window.show_sale(scene(props, "program-rating"))
    press(window, Qt.Key.Key_4)
    assert (marks, typed) == ([4], [])
    window.show_sale(scene(props, "program-done"))
    press(window, Qt.Key.Key_4)

    assert marks == [4]
    assert typed == ["4"]


def test_rating_begins_with_f11(qtbot: QtBot, window: TillWindow, props: Props) -> None:
    window.show_sale(scene(props, "program-done"))

    with qtbot.waitSignal(window.sale.done.rate_asked, timeout=1000):
        press(window, Qt.Key.Key_F11)


def test_rewards_give_way_to_a_panel_and_are_listed_under_why(
    window: TillWindow, props: Props
) -> None:
    window.show_sale(scene(props, "program"))
    assert window.sale.rewards.isVisible()

    window.show_sale(scene(props, "program-why"))

    assert not window.sale.rewards.isVisible()
    assert "€5.00 off, 500 points" in " ".join(
        one.accessibleName() for one in window.sale.side.why_panel.findChildren(RewardView)
    )
