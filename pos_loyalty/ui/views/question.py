"""A question above the basket that can wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import row
from pos_loyalty.ui.widgets.key_button import KeyButton
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot


class QuestionStrip(QFrame):
    """One question, two answers; selling goes on meanwhile."""

    yes_pressed = Signal()
    no_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("strip")
        ground, edge = look.tint(Tone.WAIT).name(), look.ink(Tone.WAIT).name()
        self.setStyleSheet(
            f"QFrame#strip {{ background: {ground}; border: 1px solid {edge};"
            " border-radius: 14px; }"
        )
        dot = StateDot(look)
        dot.set_tone(Tone.WAIT)
        self._text = Label(look, Role.ITEM, Fit.WRAP)
        self._text.set_tone(Tone.WAIT)
        self.yes_button = KeyButton(look, "", "F7", inline=True)
        self.no_button = KeyButton(look, "", "F6", inline=True)
        self.yes_button.clicked.connect(self.yes_pressed)
        self.no_button.clicked.connect(self.no_pressed)
        inner = row(look, dot, self._text, self.yes_button, self.no_button, gap=12)
        inner.setStretch(1, 1)
        inner.setContentsMargins(look.space_px(16), 6, 8, 6)
        self.setLayout(inner)
        self.hide()

    def show_state(self, state: QuestionState | None) -> None:
        """Ask, or ask no more."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._text.setText(state.text)
        self.yes_button.set_caption(state.yes)
        self.no_button.set_caption(state.no)
