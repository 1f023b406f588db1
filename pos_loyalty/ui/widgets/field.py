"""A field for typing with its label above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_loyalty.ui.look import Look
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.label import Fit, Label

TYPED_CHARACTERS_MAX = 512


class Field(QWidget):
    """A label and a line to type in."""

    def __init__(self, look: Look, label: str, hint: str = "") -> None:
        super().__init__()
        self._label = Label(look, Role.NOTE, Fit.WRAP, quiet=True)
        self.line = QLineEdit()
        self.line.setFont(look.font(Role.TEXT))
        self.line.setMinimumHeight(look.target_px())
        self.line.setMaxLength(TYPED_CHARACTERS_MAX)
        self.line.setPlaceholderText(hint)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._label.setBuddy(self.line)
        self.setLayout(column(look, self._label, self.line, gap=4))
        self.set_label(label)
        self.setFocusProxy(self.line)

    def set_label(self, label: str) -> None:
        """Change what the field is for."""
        if label != self._label.text():
            self._label.setText(label)
        self.line.setAccessibleName(label)

    def hide_label(self, hidden: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Do without the label; it is still read to those who listen."""
        self._label.setHidden(hidden)

    def show_text(self, text: str) -> None:
        """Show what was typed, without moving the cursor when it is what is there."""
        if text != self.line.text():
            self.line.setText(text)
