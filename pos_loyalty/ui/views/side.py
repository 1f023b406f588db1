"""What stands below the member: the usual keys, or the panel that was asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QStackedLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.states.sale import SideState
from pos_loyalty.ui.states.status import DetailsState
from pos_loyalty.ui.states.why import WhyState
from pos_loyalty.ui.views.ask import AskView
from pos_loyalty.ui.views.camera import CameraView
from pos_loyalty.ui.views.details import DetailsView
from pos_loyalty.ui.views.enrol import EnrolView
from pos_loyalty.ui.views.find import FindView
from pos_loyalty.ui.views.why import WhyView
from pos_loyalty.ui.widgets.frames import column, row
from pos_loyalty.ui.widgets.key_button import KeyButton

PanelView = WhyView | EnrolView | FindView | CameraView | DetailsView | AskView


class SideKeys(QFrame):
    """The usual keys."""

    find_asked = Signal()
    enrol_asked = Signal()
    camera_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._find_words = words.gettext("Find by phone or name")
        self._find_word = words.gettext("Find")
        self.find_button = KeyButton(look, self._find_words, "F3")
        self.enrol_button = KeyButton(look, words.gettext("Enrol"), "F4")
        self.camera_button = KeyButton(look, words.gettext("Camera"), "F2")
        pair = row(look, self.enrol_button, self.camera_button, gap=10)
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        self._keys = row(look, self.find_button, pair, gap=10)
        self._look = look
        self._outer = column(look, self._keys, None, gap=0)
        self.setLayout(self._outer)
        self.find_button.clicked.connect(self.find_asked)
        self.enrol_button.clicked.connect(self.enrol_asked)
        self.camera_button.clicked.connect(self.camera_asked)
        self.set_compact(False)

    def set_compact(self, compact: bool, *, inline: bool = True) -> None:  # noqa: FBT001 - as in Qt
        """Stand in one row when room is short; `inline`: the key behind the words, not below."""
        direction = QBoxLayout.Direction.TopToBottom
        if compact:
            direction = QBoxLayout.Direction.LeftToRight
        self._keys.setDirection(direction)
        for button in (self.find_button, self.enrol_button, self.camera_button):
            button.set_inline(compact and inline)
        self.find_button.set_caption(self._find_word if compact else self._find_words)
        self._keys.invalidate()
        edge = self._look.space_px(6 if compact else 16)
        self._outer.setContentsMargins(edge, edge, edge, edge)


class Side(QWidget):
    """One of the panels at a time; none of them stops the sale."""

    closed = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.keys = SideKeys(words, look)
        self.why_panel = WhyView(words, look)
        self.enrol_panel = EnrolView(words, look)
        self.find_panel = FindView(words, look)
        self.camera_panel = CameraView(words, look)
        self.details_panel = DetailsView(words, look)
        self.ask_panel = AskView(words, look)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.keys)
        for panel in (
            self.why_panel,
            self.enrol_panel,
            self.find_panel,
            self.camera_panel,
            self.details_panel,
            self.ask_panel,
        ):
            self._stack.addWidget(panel)
            panel.closed.connect(self.closed)

    def show_state(self, state: SideState | None) -> PanelView | None:
        """Show a panel, or the usual keys; give back the panel that has just been opened."""
        before = self._stack.currentWidget()
        panel = self._fill(state)
        self._stack.setCurrentWidget(panel or self.keys)
        return panel if panel is not before else None

    def set_tight(self, tight: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Be no higher than the keys, or as high as there is room."""
        high = QSizePolicy.Policy.Expanding
        self.setMaximumHeight(self.keys.sizeHint().height() if tight else 16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, high)

    def _fill(  # noqa: PLR0911 - one answer for each panel
        self, state: SideState | None
    ) -> PanelView | None:
        match state:
            case None:
                return None
            case WhyState():
                self.why_panel.show_state(state)
                return self.why_panel
            case EnrolState():
                self.enrol_panel.show_state(state)
                return self.enrol_panel
            case FindState():
                self.find_panel.show_state(state)
                return self.find_panel
            case CameraState():
                self.camera_panel.show_state(state)
                return self.camera_panel
            case DetailsState():
                self.details_panel.show_state(state)
                return self.details_panel
            case AskState():
                self.ask_panel.show_state(state)
                return self.ask_panel
