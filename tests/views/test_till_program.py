"""A program at a whole till, by keys: a birthday told, a present given, a purchase rated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.member import MemberState
from tests.fakes.counter import ANNA, a_program, indexed, known, lot
from tests.fakes.till_folder import a_till_folder
from tests.views.till_rig import ANNAS_CARD, RunningTill, running, scan_anna, scan_coffee

PROGRAM = """
[[questions]]
ask = "birthday"
points = 20
[[rewards]]
id = "ten-off"
text = { en = "10 % off" }
voucher_only = true
gives = { kind = "percent_off", rate = 0.10 }
[[rules]]
id = "birthday"
on = "recognised"
text = { en = "happy birthday" }
when = [{ kind = "around_date", date = "birthday", before_days = 3, after_days = 3 }]
limits = [{ times = 1, per = "year" }]
then = { kind = "issue_voucher", reward = "ten-off" }
[[rules]]
id = "told-us"
on = "feedback"
text = { en = "for telling us" }
then = { kind = "give", points = 5 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    more = a_program(2, more=PROGRAM)
    return a_till_folder(tmp_path / "till", more, known(ANNA, lot(300)), indexed(ANNAS_CARD))


def balance(till: RunningTill) -> str:
    return till.sale.member.balance if isinstance(till.sale.member, MemberState) else ""


def test_a_birthday_told_at_the_counter_brings_a_voucher_with_the_purchase(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    today = datetime.now(UTC)
    with running(qtbot, qapp, folder) as till:
        till.sign_in()
        scan_anna(till)
        till.until(lambda: isinstance(till.sale.member, MemberState) and till.sale.member.ask)
        till.press(Qt.Key.Key_F11)
        till.until(lambda: isinstance(till.sale.side, AskState))
        till.type(f"{today.day}.{today.month}.1984")
        till.press(Qt.Key.Key_Return)
        till.until(lambda: balance(till) == "320")
        scan_coffee(till)
        till.press(Qt.Key.Key_Return)
        till.until(lambda: till.sale.done and till.sale.done.rate)
        till.press(Qt.Key.Key_F11, Qt.Key.Key_5)
        till.until(lambda: till.sale.done and till.sale.done.rated)

        assert till.kinds()[1:] == ["profile-change", "activity", "activity", "sale", "activity"]
        till.until(lambda: len(till.slips) == 4)
        told, present, receipt, thanks = till.slips
        assert "+20 points" in told
        assert "Your voucher" in present
        assert "Total" in receipt
        assert "+5 points" in thanks
