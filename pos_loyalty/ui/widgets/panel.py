"""A card with a title that stands beside the basket and closes with Esc."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column, hairline, row, scrolled
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label


class Panel(QFrame):
    """Title, content that scrolls, and at the foot what stays in sight."""

    closed = Signal()

    def __init__(
        self, words: Words, look: Look, title: str, content: QLayout, foot: QLayout | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = Label(look, Role.STRONG, Fit.WRAP)
        self.title.say(title)
        close = KeyButton(look, words.gettext("Close"), "Esc", Kind.QUIET, inline=True)
        close.set_role(Role.NOTE)
        close.clicked.connect(self.closed)
        head = row(look, self.title, close, gap=8)
        head.setStretch(0, 1)
        head.setContentsMargins(look.space_px(18), 4, 4, 4)
        body = QWidget()
        edge = look.space_px(18)
        content.setContentsMargins(edge, look.space_px(10), edge, look.space_px(10))
        body.setLayout(content)
        self._area = scrolled(body)
        inner = column(look, head, hairline(), self._area, gap=0)
        inner.setStretch(2, 1)
        inner.setContentsMargins(1, 1, 1, 1)
        if foot is not None:
            foot.setContentsMargins(edge, look.space_px(8), edge, look.space_px(14))
            inner.addWidget(hairline())
            inner.addLayout(foot)
        self.setLayout(inner)
        self.setAccessibleName(title)

    def reveal(self, child: QWidget) -> None:
        """Scroll until `child` is in sight."""
        self._area.ensureWidgetVisible(child)
