"""Every state of every screen fits, can be met by a finger, and has a name for those who listen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from pos_loyalty.i18n import Words, load_words
from pos_loyalty.resources import resource
from pos_loyalty.ui.gallery import play, render_all
from pos_loyalty.ui.gallery_list import scenes
from pos_loyalty.ui.look import Look, put_on
from pos_loyalty.ui.theme import DARK, LIGHT
from pos_loyalty.ui.views.window import TillWindow
from pos_loyalty.ui.widgets.label import Label

TARGET_PX_MIN = 48
SIZES = ((1280, 800, 100), (1024, 768, 100), (1024, 768, 200))


def too_low(window: TillWindow) -> list[str]:
    """Name the labels that lose the top or the bottom of their letters."""
    return [
        label.text()
        for label in window.findChildren(Label)
        if label.isVisible()
        and label.text()
        and label.height() < QFontMetrics(label.font()).height()
    ]


def too_small(window: TillWindow) -> list[str]:
    """Name the buttons that a finger misses."""
    return [
        button.accessibleName()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and min(button.width(), button.height()) < TARGET_PX_MIN
    ]


def nameless(window: TillWindow) -> list[QWidget]:
    """List the buttons and fields that say nothing to those who listen."""
    kinds = (QAbstractButton, QLineEdit)
    return [
        child
        for kind in kinds
        for child in window.findChildren(kind)
        if child.isVisible() and not child.accessibleName()
    ]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_scene_fits_and_can_be_touched_and_heard(
    qapp: QApplication, language: str, size: tuple[int, int, int]
) -> None:
    width, height, percent = size
    look = Look(LIGHT, percent)
    put_on(qapp, look)
    words = load_words(language, resource("locale"))
    window = TillWindow(words, look)
    window.resize(width, height)
    window.show()

    wrong = {}
    for scene in scenes(words):
        play(window, scene)
        for _ in range(3):  # A label that grew asks its card, which asks the window.
            qapp.processEvents()
        if found := (*too_low(window), *too_small(window), *nameless(window)):
            wrong[scene.name] = found

    shown = (window.width(), window.height())
    window.leave()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert wrong == {}
    assert shown == (width, height)


def test_the_gallery_leaves_one_picture_of_each_scene(
    qapp: QApplication, english: Words, tmp_path: Path
) -> None:
    assert qapp is not None

    pictures = render_all(tmp_path, ("en",), ("dark",), ((1024, 768, 100),))

    assert len(pictures) == len(scenes(english)) > 25
    assert all(path.stat().st_size > 5_000 for path in pictures)


def test_type_is_shown_at_100_to_200_percent_only() -> None:
    with pytest.raises(ValueError, match="250 %"):
        Look(DARK, 250)
