"""A sentence over the top bar that goes by itself and never stands over the pay keys."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot

WIDTH_PX = 760


class Toast(QFrame):
    """What, which, what now."""

    action_pressed = Signal()
    closed = Signal()

    def __init__(self, words: Words, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._over = over
        self._dot = StateDot(look)
        self._text = Label(look, Role.ITEM, Fit.WRAP)
        self._action = KeyButton(look, "", inline=True)
        self._action.clicked.connect(self.action_pressed)
        close = KeyButton(look, "×", kind=Kind.QUIET)
        close.setAccessibleName(words.gettext("Close the message"))
        close.clicked.connect(self.closed)
        self._inner = row(look, self._dot, self._text, self._action, close, gap=12)
        self._inner.setStretch(1, 1)
        self._inner.setContentsMargins(look.space_px(16), 4, 6, 4)
        self.setLayout(self._inner)
        self.setObjectName("toast")
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.closed)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self.hide()

    def show_state(self, state: ToastState | None) -> None:
        """Say something, or nothing more."""
        if state is None:
            self._clock.stop()
            self.hide()
            return
        ink = self._look.ink(state.tone).name()
        tint = self._look.tint(state.tone) if state.tone is not Tone.PLAIN else None
        ground = tint.name() if tint else self._look.tokens.surface
        self.setStyleSheet(
            f"QFrame#toast {{ background: {ground}; border: 1px solid {ink};"
            " border-radius: 14px; }"
        )
        self._dot.set_tone(state.tone)
        self._text.say(state.text)
        self._action.setVisible(bool(state.action))
        self._action.set_caption(state.action)
        self.setAccessibleName(state.text)
        self.place()
        self.show()
        self.raise_()
        self._clock.start(state.seconds * 1000)

    def place(self) -> None:
        """Stand in the middle of the top."""
        width = min(self._look.type_px(WIDTH_PX), self._over.width() - 24)
        height = max(self._inner.totalHeightForWidth(width), self._look.target_px() + 8)
        self.setGeometry((self._over.width() - width) // 2, 6, width, height)
