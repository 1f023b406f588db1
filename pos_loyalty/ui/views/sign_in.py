"""Sign-in: where this is, and a PIN by keys or by touch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QLineEdit, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import card, column, row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label

PIN_DIGITS_MAX = 12
PAD = ("7", "8", "9", "4", "5", "6", "1", "2", "3")
CARD_WIDTH_PX = 400
HEIGHT_PX = 610  # Lower than this, at 100 %, the digits stand beside the PIN.


class SignInView(QWidget):
    """A PIN opens the till; the digits are never shown."""

    pin_entered = Signal(str)

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: SignInState | None = None
        self._shop = Label(look, Role.NAME, Fit.WRAP)
        self._till = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        self._greeting = Label(look, Role.TEXT, Fit.WRAP, quiet=True)
        self._line = Label(look, Role.LABEL, Fit.WRAP)
        self._answer = Label(look, Role.LABEL, Fit.WRAP)
        for label in (self._shop, self._till, self._greeting, self._line, self._answer):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(PIN_DIGITS_MAX)
        self._pin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pin.setFont(look.font(Role.NAME))
        self._pin.setMinimumHeight(look.target_px() + 8)
        self._pin.setPlaceholderText(words.gettext("PIN"))
        self._pin.setAccessibleName(words.gettext("PIN"))
        self._pin.returnPressed.connect(self._enter)
        self._enter_button = KeyButton(
            look, words.gettext("Sign in"), words.gettext("Enter"), Kind.FILLED, inline=True
        )
        self._enter_button.clicked.connect(self._enter)
        self._pad = self._make_pad(words)
        self._put_together()
        self.setFocusProxy(self._pin)

    def _make_pad(self, words: Words) -> QWidget:
        pad = QWidget()
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._look.space_px(8))
        for index, digit in enumerate(PAD):
            grid.addWidget(self._digit(digit), index // 3, index % 3)
        clear = KeyButton(self._look, "C", kind=Kind.QUIET)
        clear.setAccessibleName(words.gettext("Clear"))
        clear.clicked.connect(self._pin.clear)
        back = KeyButton(self._look, "⌫", kind=Kind.QUIET)
        back.setAccessibleName(words.gettext("Erase the last digit"))
        back.clicked.connect(self._pin.backspace)
        for column_index, button in enumerate((clear, self._digit("0"), back)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(button, 3, column_index)
        return pad

    def _digit(self, digit: str) -> KeyButton:
        button = KeyButton(self._look, digit)
        button.set_role(Role.EARNED)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._pin.insert(digit))
        return button

    def _put_together(self) -> None:
        look = self._look
        where = column(look, None, self._shop, self._till, self._line, self._greeting, gap=6)
        answer = column(look, self._pin, self._answer, None, gap=6)
        self._parts = row(look, column(look, where, answer, gap=8), self._pad, margin=22, gap=12)
        frame = card()
        frame.setLayout(column(look, self._parts, self._enter_part(), gap=0))
        self._frame = frame
        self.setLayout(column(look, None, row(look, None, frame, None), None))

    def _enter_part(self) -> QLayout:
        part = row(self._look, self._enter_button)
        edge = self._look.space_px(22)
        part.setContentsMargins(edge, 0, edge, edge)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stand below each other, or beside each other where it is low."""
        super().resizeEvent(event)
        low = self.height() < self._look.type_px(HEIGHT_PX)
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if low else direction.TopToBottom)
        width = self._look.type_px(CARD_WIDTH_PX)
        self._frame.setFixedWidth(min(self.width() - 24, width * 2) if low else width)

    def show_state(self, state: SignInState) -> None:
        """Show where this is and what became of the last PIN."""
        if state == self._shown:
            return
        self._shown = state
        self._shop.say(state.shop)
        self._till.say(state.till)
        self._greeting.say(state.greeting)
        self._line.say(state.line)
        self._answer.say(state.answer or " ")
        can_type = not state.busy and not state.locked
        for widget in (self._pin, self._pad, self._enter_button):
            widget.setEnabled(can_type)
        if can_type:
            self._pin.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits typed anywhere belong to the PIN."""
        if event.text().isdigit() and self._pin.isEnabled():
            self._pin.setFocus()
            self._pin.insert(event.text())
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        pin = self._pin.text()
        self._pin.clear()
        if pin:
            self.pin_entered.emit(pin)
