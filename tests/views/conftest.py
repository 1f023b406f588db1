"""The window of a till in English, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.i18n import Words, load_words
from pos_loyalty.resources import resource
from pos_loyalty.ui.look import Look, put_on
from pos_loyalty.ui.theme import LIGHT
from pos_loyalty.ui.views.window import TillWindow
from tests.fakes.counter import ANNA, indexed, known, lot
from tests.fakes.till_folder import a_till_folder
from tests.views.till_rig import ANNAS_CARD, RunningTill, running


@pytest.fixture
def english() -> Words:
    return load_words("en", resource("locale"))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, english: Words) -> Iterator[TillWindow]:
    look = Look(LIGHT)
    put_on(qapp, look)
    window = TillWindow(english, look)
    window.resize(1280, 800)
    window.show()
    qtbot.waitActive(window)
    window.activateWindow()
    yield window
    window.leave()
    window.deleteLater()
    # Windows that linger are dressed again and again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_till_folder(tmp_path / "till", known(ANNA, lot(300)), indexed(ANNAS_CARD))


@pytest.fixture
def till(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[RunningTill]:
    with running(qtbot, qapp, folder) as till:
        till.sign_in()
        yield till
