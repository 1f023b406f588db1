"""The sale: what to pay and who stands there; everything else is quieter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QStackedLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.views.basket import BasketView
from pos_loyalty.ui.views.done import DoneView
from pos_loyalty.ui.views.member import MemberView
from pos_loyalty.ui.views.payment import PaymentView
from pos_loyalty.ui.views.question import QuestionStrip
from pos_loyalty.ui.views.rewards import RewardsView
from pos_loyalty.ui.views.side import Side
from pos_loyalty.ui.views.somebody import Shape
from pos_loyalty.ui.widgets.frames import card, column

SIDE_WIDTH_PX = 384
COMPACT_BELOW_PX = 900  # Narrower than this, at 100 %, basket and member stand below each other.
MARKS = frozenset("12345")
STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}


class SaleView(QWidget):
    """Basket and payment on the left, member and panels on the right."""

    enter_pressed = Signal()
    escape_pressed = Signal()
    delete_pressed = Signal()
    moved = Signal(int)  # Up: −1, down: +1.

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._compact = False
        self._panel_open = False
        self.question = QuestionStrip(look)
        self.basket = BasketView(words, look)
        self.payment = PaymentView(words, look)
        self.done = DoneView(words, look)
        self.member = MemberView(words, look)
        self.rewards = RewardsView(look)
        self.side = Side(words, look)
        self._left = card()
        self._pages = QStackedLayout(self._left)
        self._pages.addWidget(self._selling())
        self._pages.addWidget(self.done)
        self._right = QWidget()
        right = column(look, self.member, self.rewards, self.side, gap=14)
        self._right.setLayout(right)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(look.space_px(14))
        self._body.addWidget(self._left, 1)
        self._body.addWidget(self._right)
        outer = column(look, self.question, self._body, gap=10)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self._arrange()
        self.basket.entry.line.installEventFilter(self)

    def _selling(self) -> QWidget:
        look = self._look
        pay = column(look, self.payment, gap=0)
        edge = look.space_px(18)
        pay.setContentsMargins(edge, look.space_px(4), edge, look.space_px(14))
        inner = column(look, self.basket, pay, gap=0)
        inner.setStretch(0, 1)
        selling = QWidget()
        selling.setLayout(inner)
        return selling

    def show_state(self, state: SaleState) -> None:
        """Show the whole sale; panes that did not change are left alone."""
        self.question.show_state(state.question)
        self.member.show_state(state.member)
        self.rewards.show_state(state.rewards)
        if state.done is not None:
            self.done.show_state(state.done)
        self.basket.show_state(state.basket)
        self.payment.show_state(state.payment)
        was_done = self._pages.currentWidget() is self.done
        self._pages.setCurrentIndex(1 if state.done is not None else 0)
        opened = self.side.show_state(state.side)
        was_open, self._panel_open = self._panel_open, state.side is not None
        self._arrange()
        if opened is not None:
            opened.setFocus()
        elif was_open is not self._panel_open or was_done is not (state.done is not None):
            self.take_focus()

    def take_focus(self) -> None:
        """Let what is typed next be an amount."""
        if self._pages.currentWidget() is self.done:
            self.setFocus()
        elif not self._panel_open:
            self.basket.entry.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stand below each other when the place is narrow or the type is large."""
        super().resizeEvent(event)
        self._compact = self.width() < self._look.type_px(COMPACT_BELOW_PX)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the keys that mean something for the sale before the line for typing does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that nobody else wanted; a letter or a digit begins to be typed."""
        if self._take_key(event):
            return
        text = event.text()
        if text.isprintable() and text and not self._panel_open:
            self.basket.entry.line.insert(text)  # The line says itself that it was edited.
            self.take_focus()
            return
        super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self.done.rating and self.done.isVisible() and event.text() in MARKS:
            self.done.mark_given.emit(int(event.text()))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            (self.side.closed if self._panel_open else self.escape_pressed).emit()
        elif key == Qt.Key.Key_Delete and not self.basket.entry.line.text():
            self.delete_pressed.emit()
        elif key in STEPS:
            self.moved.emit(STEPS[key])
        else:
            return self._click(key)
        return True

    def _enter(self) -> None:
        if self._pages.currentWidget() is self.done:
            self.done.next_asked.emit()
        else:
            self.enter_pressed.emit()

    def _click(self, key: int) -> bool:
        for wanted, button in self._keys():
            if key == wanted and button.isEnabled() and button.isVisible():
                button.click()
                return True
        usual = {
            Qt.Key.Key_F2: self.side.keys.camera_asked,
            Qt.Key.Key_F3: self.side.keys.find_asked,
            Qt.Key.Key_F4: self.side.keys.enrol_asked,
        }
        for wanted, asked in usual.items():
            # They stay good while a panel covers their buttons, but not the panel's own.
            if key == wanted and not self.side.keys.isVisible() and not self._own_key(key):
                asked.emit()
                return True
        return False

    def _own_key(self, key: int) -> bool:
        asking = self.side.ask_panel.isVisible() and key in {Qt.Key.Key_F3, Qt.Key.Key_F4}
        return asking or (key == Qt.Key.Key_F4 and self.side.enrol_panel.isVisible())

    def _keys(self) -> tuple[tuple[Qt.Key, QAbstractButton], ...]:
        """Name the buttons by their keys; of two in sight with one key the first is meant."""
        return (
            (Qt.Key.Key_F1, self.payment.why_button),
            (Qt.Key.Key_F2, self.side.keys.camera_button),
            (Qt.Key.Key_F3, self.side.ask_panel.never_button),
            (Qt.Key.Key_F3, self.side.enrol_panel.known_button),
            (Qt.Key.Key_F3, self.side.keys.find_button),
            (Qt.Key.Key_F4, self.side.ask_panel.save_button),
            (Qt.Key.Key_F4, self.side.enrol_panel.enrol_button),
            (Qt.Key.Key_F4, self.side.keys.enrol_button),
            (Qt.Key.Key_F5, self.member.remove_button),
            (Qt.Key.Key_F6, self.question.no_button),
            (Qt.Key.Key_F6, self.basket.proposal.no_button),
            (Qt.Key.Key_F7, self.question.yes_button),
            (Qt.Key.Key_F7, self.basket.proposal.yes_button),
            (Qt.Key.Key_F7, self.done.print_button),
            (Qt.Key.Key_F8, self.payment.given_button),
            (Qt.Key.Key_F9, self.payment.card_button),
            (Qt.Key.Key_F11, self.done.rate_button),
            *((Qt.Key.Key_F11, button) for button in self.member.ask_buttons),
        )

    def _arrange(self) -> None:
        compact, direction = self._compact, QBoxLayout.Direction.LeftToRight
        if compact:
            direction = QBoxLayout.Direction.BottomToTop  # The member above the basket.
        self._body.setDirection(direction)
        self._right.setMinimumWidth(0 if compact else self._look.type_px(SIDE_WIDTH_PX))
        self._right.setMaximumWidth(16_777_215 if compact else self._look.type_px(SIDE_WIDTH_PX))
        self._left.setHidden(compact and self._panel_open)
        self._body.setStretch(1, 1 if compact and self._panel_open else 0)
        roomy_shape = Shape.SMALL if self._panel_open else Shape.FULL
        self.member.set_shape(Shape.STRIP if compact else roomy_shape)
        right = self._right.layout()
        roomy = not compact and not self._panel_open
        rewarding = roomy and self.rewards.anything
        self.rewards.setHidden(not rewarding)
        if isinstance(right, QBoxLayout):
            right.setStretch(0, 1 if roomy and not rewarding else 0)
            right.setStretch(1, 1 if rewarding else 0)
            right.setStretch(2, 0 if roomy else 1)
        self.side.keys.set_compact(compact or rewarding, inline=compact)
        self.side.set_tight(not self._panel_open)
        self.basket.set_compact(compact)
        self.payment.set_compact(compact)
        self.done.set_compact(compact)
        is_done = self._pages.currentWidget() is self.done
        # With little room the member gives way to what has to be answered first.
        pressing = is_done or self.basket.suggesting or self.payment.giving
        pressing = pressing or not (self.question.isHidden() and self.basket.proposal.isHidden())
        self._right.setHidden(compact and pressing and not self._panel_open)
        self.question.set_compact(compact)
        self.member.setHidden(compact and self._panel_open)
        self.side.setHidden(compact and not self._panel_open and self.member.somebody_there)
