"""The demo's second window: cards and products to scan, a cable to pull, and the paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QLabel, QLayout, QStackedLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.demo_desk import DemoDeskState, Thing
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import card, column, row, scrolled
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label

WIDTH_PX, HEIGHT_PX = 460, 800
PAPER_PX = 13
RECEIPTS = 2


class DemoDesk(QWidget):
    """Everything a shop has that a computer has not."""

    cable_moved = Signal()
    card_shown = Signal(int)  # The member's plastic card, to the scanner.
    pass_shown = Signal(int)  # The pass on her phone, to the camera.
    product_shown = Signal(int)

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        self._look = look
        self._shown: DemoDeskState | None = None
        self.setObjectName("page")
        self.setWindowTitle(words.gettext("Demo: what the shop has lying about"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._cable = KeyButton(look, "", kind=Kind.FILLED)
        self._cable.clicked.connect(self.cable_moved)
        self._line = Label(look, Role.ITEM, Fit.WRAP)
        self._members = column(look, gap=4)
        self._products = column(look, gap=4)
        self._paper = QLabel()
        self._paper.setFont(_typewriter(look))
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._paper.setTextFormat(Qt.TextFormat.PlainText)
        self._pages = QStackedLayout()
        self._tabs = tuple(
            self._tab(caption, self._page(content))
            for caption, content in (
                (words.gettext("Members"), self._members),
                (words.gettext("Products"), self._products),
                (words.gettext("Receipts"), self._slip()),
            )
        )
        head = row(look, self._line, self._cable, gap=12)
        outer = column(look, head, row(look, *self._tabs), self._pages, margin=16, gap=12)
        outer.setStretch(2, 1)
        self.setLayout(outer)
        self._turn_to(0)

    def _tab(self, caption: str, page: QWidget) -> KeyButton:
        index = self._pages.addWidget(page)
        button = KeyButton(self._look, caption)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked: self._turn_to(index))
        return button

    def _turn_to(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == index)

    def _slip(self) -> QWidget:
        paper = card()
        paper.setLayout(column(self._look, self._paper, margin=12))
        return paper

    def _page(self, content: QWidget | QLayout) -> QWidget:
        page = QWidget()
        page.setLayout(column(self._look, content, None))
        return scrolled(page)

    def show_state(self, state: DemoDeskState) -> None:
        """Show what is there and how the cable is."""
        words, before = self._words, self._shown
        self._shown = state
        if state.plugged:
            self._line.say(Remark(words.gettext("The network cable is in."), Tone.GOOD))
            self._cable.set_caption(words.gettext("Pull it out"))
        else:
            self._line.say(Remark(words.gettext("The network cable is out."), Tone.WAIT))
            self._cable.set_caption(words.gettext("Put it back"))
        if before is None or before.members != state.members:
            for index, thing in enumerate(state.members):
                self._members.addWidget(self._member(index, thing))
        if before is None or before.products != state.products:
            for index, thing in enumerate(state.products):
                self._products.addWidget(self._product(index, thing))
        if before is not None and before.paper != state.paper:
            self._turn_to(RECEIPTS)
        self._paper.setText(state.paper or words.gettext("Nothing was printed yet."))

    def _member(self, index: int, thing: Thing) -> QWidget:
        by_card = self._button(self._words.gettext("Card"), partial(self.card_shown.emit, index))
        by_pass = self._button(self._words.gettext("Phone"), partial(self.pass_shown.emit, index))
        return self._line_of(thing, by_card, by_pass)

    def _product(self, index: int, thing: Thing) -> QWidget:
        scan = self._button(self._words.gettext("Scan"), partial(self.product_shown.emit, index))
        return self._line_of(thing, scan)

    def _button(self, caption: str, pressed: Callable[[], None]) -> KeyButton:
        button = KeyButton(self._look, caption)
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _line_of(self, thing: Thing, *buttons: KeyButton) -> QWidget:
        name = Label(self._look, Role.ITEM, Fit.CUT)
        name.say(thing.name)
        note = Label(self._look, Role.NOTE, Fit.CUT, quiet=True)
        note.say(thing.note)
        words = column(self._look, None, name, note, None, gap=0)
        inner = row(self._look, words, *buttons, margin=6)
        inner.setStretch(0, 1)
        line = card()
        line.setLayout(inner)
        return line


def _typewriter(look: Look) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(look.type_px(PAPER_PX))
    return font
