"""The camera pane: the live picture, the code that was seen, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ports.devices import Frame
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import column
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.panel import Panel


class Picture(QWidget):
    """One frame, as large as its place allows, with the found code framed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None
        self._corners: tuple[tuple[int, int], ...] = ()
        self.setMinimumSize(look.type_px(200), look.type_px(150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_frame(self, frame: Frame | None, corners: tuple[tuple[int, int], ...]) -> None:
        """Show another frame."""
        self._corners = corners
        self._image = None
        if frame is not None:
            size = QSize(frame.width_px, frame.height_px)
            grey = QImage.Format.Format_Grayscale8
            image = QImage(frame.grey, size.width(), size.height(), size.width(), grey)
            self._image = image.copy()  # The bytes of the frame belong to the camera's thread.
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw picture and frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 10, 10)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), QColor(self._look.tokens.sunken))
        if self._image is None:
            return
        fitted = self._image.size().scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
        )
        place = QRectF(
            (self.width() - fitted.width()) / 2,
            (self.height() - fitted.height()) / 2,
            fitted.width(),
            fitted.height(),
        )
        painter.drawImage(place, self._image)
        if self._corners:
            self._draw_found(painter, place)

    def _draw_found(self, painter: QPainter, place: QRectF) -> None:
        if self._image is None:
            return
        scale = place.width() / self._image.width()
        shape = QPolygonF(
            [QPointF(place.x() + x * scale, place.y() + y * scale) for x, y in self._corners]
        )
        pen = QPen(QColor(self._look.tokens.accent), 4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(shape)


class CameraView(QWidget):
    """Closes by itself when something was found."""

    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._picture = Picture(look)
        self._caption = Label(look, Role.ITEM, Fit.WRAP)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        content = column(look, self._picture, self._caption, gap=10)
        content.setStretch(0, 1)
        panel = Panel(words, look, words.gettext("Camera"), content)
        panel.closed.connect(self.closed)
        self.setLayout(column(look, panel, gap=0))

    def show_state(self, state: CameraState) -> None:
        """Show the newest frame."""
        self._picture.show_frame(state.frame, state.corners)
        self._caption.say(state.caption)
