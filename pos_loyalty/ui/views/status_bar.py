"""The line below everything: the server, what is unsent, the devices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.status import DeviceState, StatusState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.widgets.frames import row
from pos_loyalty.ui.widgets.key_button import KeyButton, Kind
from pos_loyalty.ui.widgets.label import Fit, Label
from pos_loyalty.ui.widgets.marks import StateDot

DEVICES_MAX = 6
WIDE_PX = 1200


class DeviceMark(QWidget):
    """One device in a word; a shape joins the word when something is wrong."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._dot = StateDot(look)
        self._word = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._key = Label(look, Role.KEY, quiet=True)
        self.setLayout(row(look, self._dot, self._word, self._key, gap=6))

    def show_device(self, state: DeviceState) -> None:
        """Show how the device is."""
        self._dot.setVisible(state.tone is not Tone.PLAIN)
        self._dot.set_tone(state.tone)
        self._word.say(state.word)
        self._word.set_tone(state.tone)
        self._key.say(state.key)


class StatusBar(QFrame):
    """Always in sight; one tap opens the details."""

    details_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._look = look
        self._shown: StatusState | None = None
        self._compact = False
        self._dot = StateDot(look)
        self._line = Label(look, Role.LABEL)
        self._unsent = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._synced = Label(look, Role.NOTE, quiet=True)
        self._devices = tuple(DeviceMark(look) for _ in range(DEVICES_MAX))
        self._more = KeyButton(look, words.gettext("Details"), "F10", Kind.QUIET, inline=True)
        self._more.set_role(Role.NOTE)
        self._more.clicked.connect(self.details_asked)
        inner = row(look, self._dot, self._line, self._unsent, self._synced, None, gap=14)
        for device in self._devices:
            inner.addWidget(device)
            device.hide()
        inner.addWidget(self._more)
        inner.setContentsMargins(20, 2, 12, 2)
        inner.setSpacing(look.space_px(14))
        inner.setStretch(0, 0)
        self.setLayout(inner)

    def show_state(self, state: StatusState) -> None:
        """Show how the line and the devices are."""
        if state == self._shown:
            return
        self._shown = state
        self._dot.set_tone(state.line.tone)
        self._line.say(state.line)
        if state.line.tone is Tone.GOOD:
            self._line.set_tone(Tone.PLAIN)  # What is as it should be is quiet.
        self._unsent.say(state.unsent)
        self._synced.say(state.synced)
        self._arrange()
        self.setAccessibleName(f"{state.line.text}. {state.unsent}. {state.synced}")

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """With little room only what is wrong is shown of the devices."""
        self._compact = compact
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show more where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the details on a tap anywhere on the bar."""
        super().mouseReleaseEvent(event)
        self.details_asked.emit()

    def _arrange(self) -> None:
        state = self._shown
        if state is None:
            return
        trouble = tuple(d for d in state.devices if d.tone is not Tone.PLAIN)
        well = state.line.tone is Tone.GOOD
        short = self._compact or (not well and self.width() < self._look.type_px(WIDE_PX))
        shown = trouble if short else state.devices
        self._unsent.setHidden(self._compact and well and bool(trouble))
        self._synced.setVisible(bool(state.synced) and not short)
        for mark in self._devices:
            mark.hide()
        for mark, device in zip(self._devices, shown, strict=False):
            mark.show_device(device)
            mark.show()
