"""The one window of the till: sign-in or sale, bars above and below, and the toast over them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedLayout, QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.status import StatusState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.top_bar import TopBarState
from pos_loyalty.ui.views.sale import COMPACT_BELOW_PX, SaleView
from pos_loyalty.ui.views.sign_in import SignInView
from pos_loyalty.ui.views.status_bar import StatusBar
from pos_loyalty.ui.views.toast import Toast
from pos_loyalty.ui.views.top_bar import TopBar
from pos_loyalty.ui.widgets.frames import column

LEAST_WIDTH_PX, LEAST_HEIGHT_PX = 1024, 768


class TillWindow(QMainWindow):
    """Everything the cashier sees."""

    close_asked = Signal()

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._look = look
        self._leaving = False
        self.setWindowTitle("POS Loyalty")
        self.setMinimumSize(LEAST_WIDTH_PX, LEAST_HEIGHT_PX)
        self.top_bar = TopBar(words, look)
        self.sign_in = SignInView(words, look)
        self.sale = SaleView(words, look)
        self.status_bar = StatusBar(words, look)
        selling = QWidget()
        inner = column(look, self.top_bar, self.sale, gap=2)
        inner.setStretch(1, 1)
        inner.setContentsMargins(18, 2, 18, look.space_px(10))
        selling.setLayout(inner)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.sign_in)
        self._pages.addWidget(selling)
        page = QWidget()
        page.setObjectName("page")
        outer = column(look, pages, self.status_bar, gap=0)
        outer.setStretch(0, 1)
        page.setLayout(outer)
        self.setCentralWidget(page)
        self.toast = Toast(words, look, page)

    def show_sign_in(self, state: SignInState) -> None:
        """Let somebody sign in."""
        self.sign_in.show_state(state)
        self._pages.setCurrentIndex(0)

    def show_sale(self, state: SaleState) -> None:
        """Let the cashier sell."""
        self.sale.show_state(state)
        if self._pages.currentIndex() != 1:
            self._pages.setCurrentIndex(1)
            self.sale.take_focus()

    def show_top_bar(self, state: TopBarState) -> None:
        """Show where, who and when."""
        self.top_bar.show_state(state)

    def show_status(self, state: StatusState) -> None:
        """Show the line and the devices."""
        self.status_bar.show_state(state)

    def show_toast(self, state: ToastState | None) -> None:
        """Say something, or nothing more."""
        self.toast.show_state(state)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out hints when room is short."""
        super().resizeEvent(event)
        compact = self.width() < self._look.type_px(COMPACT_BELOW_PX)
        self.top_bar.set_compact(compact)
        self.status_bar.set_compact(compact)
        self.toast.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that are good everywhere."""
        if event.key() == Qt.Key.Key_F10:
            self.status_bar.details_asked.emit()
        elif event.key() == Qt.Key.Key_F12 and self._pages.currentIndex() == 1:
            self.top_bar.sign_out_asked.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Say that somebody wants to leave; the till closes when the work is safe."""
        if self._leaving:
            event.accept()
            return
        self.close_asked.emit()
        event.ignore()

    def leave(self) -> None:
        """Close for good."""
        self._leaving = True
        self.close()
