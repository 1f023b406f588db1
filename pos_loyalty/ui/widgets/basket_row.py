"""One line of the basket with the keys that change its quantity."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.basket import LineState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label

MARK_PX = 3


class BasketRow(QWidget):
    """A name, a quantity and an amount."""

    chosen = Signal()
    more_pressed = Signal()
    less_pressed = Signal()
    removed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._current = False
        self._name = Label(look, Role.ITEM, Fit.CUT)
        self._note = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._quantity = Label(look, Role.STRONG)
        self._quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._quantity.setMinimumWidth(look.type_px(44))
        self._before = Label(look, Role.NOTE, quiet=True)
        self._before.strike()
        self._amount = Label(look, Role.AMOUNT)
        for label in (self._before, self._amount):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._amount.setMinimumWidth(look.type_px(84))
        self._less = KeyButton(look, "−")
        self._more = KeyButton(look, "+")
        self._remove = KeyButton(look, "×", kind=Kind.QUIET)
        self._arrange()

    def _arrange(self) -> None:
        look = self._look
        for button in (self._less, self._more, self._remove):
            button.setFixedSize(look.target_px(), look.target_px())
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            keep = button.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            button.setSizePolicy(keep)
        what = column(look, None, self._name, self._note, None, gap=0)
        price = column(look, None, self._before, self._amount, None, gap=0)
        count = row(look, self._less, self._quantity, self._more, gap=4)
        inner = row(look, what, count, price, self._remove, gap=10)
        inner.setStretch(0, 1)
        inner.setContentsMargins(look.space_px(18), 6, look.space_px(6), 6)
        self.setLayout(inner)
        self._less.clicked.connect(self.less_pressed)
        self._more.clicked.connect(self.more_pressed)
        self._remove.clicked.connect(self.removed)

    def show_line(self, line: LineState, *, current: bool) -> None:
        """Show another line, or this one changed."""
        self._name.say(line.name)
        self._note.say(line.note)
        self._quantity.say(line.quantity)
        self._before.say(line.amount_before)
        self._amount.say(line.amount)
        for button, words in (
            (self._less, self._words.gettext("One less: {name}")),
            (self._more, self._words.gettext("One more: {name}")),
            (self._remove, self._words.gettext("Take out: {name}")),
        ):
            button.setAccessibleName(words.format(name=line.name))
        self._less.setVisible(line.adjustable)
        self._more.setVisible(line.adjustable)
        self.setAccessibleName(f"{line.name}, {line.quantity}, {line.amount}")
        if current != self._current:
            self._current = current
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Make this the line that + and − change."""
        super().mousePressEvent(event)
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground and the mark of the current line, and the hairline below."""
        painter = QPainter(self)
        tokens = self._look.tokens
        if self._current:
            painter.fillRect(self.rect(), QColor(tokens.sunken))
            at = (
                self.width() - MARK_PX
                if self.layoutDirection() is Qt.LayoutDirection.RightToLeft
                else 0
            )
            painter.fillRect(at, 0, MARK_PX, self.height(), QColor(tokens.accent))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))
