"""Pictures of every screen and state, in every language, theme and size, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from pos_loyalty.i18n import load_words
from pos_loyalty.resources import resource
from pos_loyalty.ui.gallery_list import scenes
from pos_loyalty.ui.gallery_scenes import Scene
from pos_loyalty.ui.look import Look, put_on
from pos_loyalty.ui.theme import THEMES
from pos_loyalty.ui.views.window import TillWindow

Size = tuple[int, int, int]  # Width, height, scale of type in percent.

SIZES: tuple[Size, ...] = ((1280, 800, 100), (1024, 768, 100), (1024, 768, 200))


def render_all(
    folder: Path, languages: tuple[str, ...], themes: tuple[str, ...], sizes: tuple[Size, ...]
) -> list[Path]:
    """Draw every scene; one file each, named by scene, language, theme and size."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        path
        for language in languages
        for theme in themes
        for size in sizes
        for path in render_language(folder, language, theme, size)
    ]


def render_language(folder: Path, language: str, theme: str, size: Size) -> Iterator[Path]:
    """Draw every scene in one language, theme and size. Needs a QApplication."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        msg = "pictures need a QApplication"
        raise TypeError(msg)
    width, height, percent = size
    look = Look(THEMES[theme], percent)
    put_on(app, look)
    words = load_words(language, resource("locale"))
    for scene in scenes(words):
        window = TillWindow(words, look)
        window.resize(width, height)
        play(window, scene)
        window.show()
        app.processEvents()
        play(window, scene)
        path = folder / f"{scene.name}.{language}.{theme}.{width}x{height}@{percent}.png"
        window.grab().save(str(path))
        window.leave()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        yield path


def play(window: TillWindow, scene: Scene) -> None:
    """Show a scene in a window."""
    window.show_top_bar(scene.top_bar)
    window.show_status(scene.status)
    if scene.sign_in is not None:
        window.show_sign_in(scene.sign_in)
    if scene.sale is not None:
        window.show_sale(scene.sale)
    window.show_toast(scene.toast)
