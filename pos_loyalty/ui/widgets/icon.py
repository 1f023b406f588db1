"""A drawn sign beside words."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from pos_loyalty.resources import resource
from pos_loyalty.ui.look import Look


class Icon(QWidget):
    """One icon of resources/icons in the accent colour."""

    def __init__(self, look: Look, name: str, size_px: int) -> None:
        super().__init__()
        drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        coloured = drawing.replace("currentColor", look.tokens.accent)
        self._renderer = QSvgRenderer(QByteArray(coloured.encode()))
        side = look.space_px(size_px)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        self._renderer.render(QPainter(self), QRectF(self.rect()))
