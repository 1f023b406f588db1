"""A question that can wait: about paper above the basket, a suggestion below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import row
from pos_loyalty.ui.widgets.key_button import KeyButton
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot


class QuestionStrip(QFrame):
    """One question or suggestion, two answers; selling goes on meanwhile."""

    yes_pressed = Signal()
    no_pressed = Signal()

    def __init__(self, look: Look, tone: Tone = Tone.WAIT) -> None:
        super().__init__()
        self.setObjectName("strip")
        ground, edge = look.tint(tone).name(), look.ink(tone).name()
        self.setStyleSheet(
            f"QFrame#strip {{ background: {ground}; border: 1px solid {edge};"
            " border-radius: 14px; }"
        )
        dot = StateDot(look)
        dot.set_tone(tone)
        self._text = Label(look, Role.ITEM, Fit.WRAP)
        self._text.set_tone(tone)
        self.yes_button = KeyButton(look, "", "F7", inline=True)
        self.no_button = KeyButton(look, "", "F6", inline=True)
        self.yes_button.clicked.connect(self.yes_pressed)
        self.no_button.clicked.connect(self.no_pressed)
        asked = row(look, dot, self._text, gap=12)
        asked.setStretch(1, 1)
        answers = row(look, None, self.yes_button, self.no_button, gap=12)
        self._inner = row(look, asked, answers, gap=8)
        self._inner.setStretch(0, 1)
        self._inner.setContentsMargins(look.space_px(16), 6, 8, 6)
        self.setLayout(self._inner)
        self.hide()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Put the answers below the question when room is short."""
        self._text.set_role(Role.NOTE if compact else Role.ITEM)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._inner.setDirection(below if compact else beside)

    def show_state(self, state: QuestionState | None) -> None:
        """Ask, or ask no more."""
        self.setVisible(state is not None)
        if state is None:
            return
        self._text.setText(state.text)
        self.yes_button.set_caption(state.yes)
        self.no_button.set_caption(state.no)
