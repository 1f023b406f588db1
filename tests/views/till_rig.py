"""A whole till in one process: real window, files and device threads; the devices are folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_loyalty.terminal.back_room import BackRoom, open_back_room
from pos_loyalty.terminal.settings import DeviceSetting, ScreenSetting, Settings
from pos_loyalty.terminal.shop_window import ShopWindow
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.toast import ToastState
from tests.fakes.counter import COFFEE, ROSAS_PIN, card

PATIENCE_MS = 10_000
EAN = COFFEE.removeprefix("0")
ANNAS_CARD, UNKNOWN_CARD = card(1), card(7)
NUMBERS = count(1)


@dataclass
class RunningTill:
    """A till that was switched on, and its devices."""

    qtbot: QtBot
    shop: ShopWindow
    back_room: BackRoom
    scanner: Path
    printer: Path
    left: list[str] = field(default_factory=list)

    def until(self, reached: Callable[[], object]) -> None:
        """Let the till run until something is so."""
        self.qtbot.waitUntil(lambda: bool(reached()), timeout=PATIENCE_MS)

    @property
    def focus(self) -> QWidget:
        """Where keys go: the window's own focus, whichever window a busy machine calls active."""
        inside: QWidget | None = self.shop.window.focusWidget()
        return inside or self.shop.window

    def press(self, *keys: Qt.Key) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keyClick(self.focus, key)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focus, text)

    def scan(self, text: str) -> None:
        """Let the scanner read something."""
        aside = self.scanner / f"{next(NUMBERS)}.part"
        aside.write_bytes(text.encode())
        aside.rename(aside.with_suffix(".txt"))

    def sign_in(self) -> None:
        self.until(lambda: self.page == "sign-in")
        self.type(ROSAS_PIN)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.page == "sale")

    @property
    def page(self) -> object:
        return self.shop.screen.shown["page"]

    @property
    def sale(self) -> SaleState:
        state = self.shop.screen.shown["sale"]
        assert isinstance(state, SaleState)
        return state

    @property
    def toast(self) -> str:
        state = self.shop.screen.shown.get("toast")
        shown = self.shop.window.toast.isVisible()
        return state.text if shown and isinstance(state, ToastState) else ""

    @property
    def slips(self) -> list[str]:
        """Read what came out of the printer."""
        return [slip.read_text("utf-8") for slip in sorted(self.printer.glob("[0-9]*.txt"))]

    def take_paper_out(self) -> None:
        (self.printer / "paper-out").touch()

    def put_paper_in(self) -> None:
        (self.printer / "paper-out").unlink()

    def kinds(self) -> list[str]:
        """Read what kinds of events the journal holds."""
        journal = self.back_room.counter.journal
        unsent = self.back_room.ledger.do(lambda: journal.unsent(1000, 10**9))
        return [out.event.header.kind for out in unsent]


def devices(folder: Path, *, printer: bool = True) -> Settings:
    """Set up a scanner and, if wanted, a printer."""
    for name in ("scanner", "printer"):
        (folder / name).mkdir(exist_ok=True)

    def device(name: str) -> DeviceSetting:
        return DeviceSetting(driver="simulated", settings={"folder": str(folder / name)})

    return Settings(
        scanners=(device("scanner"),),
        printer=device("printer") if printer else None,
        screen=ScreenSetting(language="en"),
    )


@contextmanager
def running(
    qtbot: QtBot, app: QApplication, folder: Path, settings: Settings | None = None
) -> Iterator[RunningTill]:
    """Switch the till in `folder` on, and off again."""
    settings = settings or devices(folder)
    with open_back_room(folder) as back_room:
        store = back_room.ledger.do(back_room.counter.members.store)
        assert store is not None
        shop = ShopWindow(app, back_room, store, settings)
        till = RunningTill(qtbot, shop, back_room, folder / "scanner", folder / "printer")
        shop.left.connect(lambda: till.left.append("left"))
        shop.start()
        qtbot.waitActive(shop.window)
        shop.window.activateWindow()
        try:
            yield till
        finally:
            shop.stop()
            shop.window.leave()
            shop.window.deleteLater()
            shop.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scan_anna(till: RunningTill) -> None:
    till.scan(ANNAS_CARD)
    till.until(lambda: isinstance(till.sale.member, MemberState))


def scan_coffee(till: RunningTill) -> None:
    before = len(till.sale.basket.lines)
    till.scan(EAN)
    till.until(lambda: len(till.sale.basket.lines) == before + 1)
