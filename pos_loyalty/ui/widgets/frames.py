"""Cards, hairlines and the boxes that stack things."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from pos_loyalty.ui.look import Look


def card() -> QFrame:
    """Make a white surface with round corners."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


def hairline() -> QFrame:
    """Make a thin line across."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line


def column(
    look: Look, *children: QWidget | QLayout | None, margin: int = 0, gap: int = 8
) -> QVBoxLayout:
    """Put things below one another; None is the room that stretches."""
    box = QVBoxLayout()
    _fill(box, look, children, margin, gap)
    return box


def row(
    look: Look, *children: QWidget | QLayout | None, margin: int = 0, gap: int = 8
) -> QBoxLayout:
    """Put things beside one another; None is the room that stretches."""
    box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    _fill(box, look, children, margin, gap)
    return box


def scrolled(content: QWidget) -> QScrollArea:
    """Let `content` scroll up and down inside its place."""
    area = QScrollArea()
    content.setObjectName("scrolled")
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    return area


def emptied(box: QBoxLayout) -> QBoxLayout:
    """Take everything out of `box`."""
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return box


def _fill(
    box: QBoxLayout,
    look: Look,
    children: tuple[QWidget | QLayout | None, ...],
    margin: int,
    gap: int,
) -> None:
    edge = look.space_px(margin)
    box.setContentsMargins(edge, edge, edge, edge)
    box.setSpacing(look.space_px(gap))
    for child in children:
        if child is None:
            box.addStretch(1)
        elif isinstance(child, QLayout):
            box.addLayout(child)
        else:
            box.addWidget(child)
