"""The demo's second window at work: what is held out goes to the simulated devices."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import segno
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pos_loyalty.terminal.app import Companion
from pos_loyalty.terminal.cable import Cable
from pos_loyalty.terminal.shop_window import ShopWindow
from pos_loyalty.ui.states.demo_desk import DemoDeskState, Thing
from pos_loyalty.ui.views.demo_desk import DemoDesk

FILE = "desk.json"
SLIPS_SHOWN = 12
COLUMNS = 48
RULE = "─" * COLUMNS
LOOK_MS = 400
SHOWN_MS = 2500  # How long a phone is held before the camera.
QR_SCALE, QR_BORDER = 8, 6


@dataclass(frozen=True, slots=True)
class DeskFolders:
    """Where the simulated devices look, and what may be held out to them."""

    folder: Path

    @property
    def scanner(self) -> Path:
        """Texts moved in here are scanned."""
        return self.folder / "scanner"

    @property
    def camera(self) -> Path:
        """The picture in here is in view."""
        return self.folder / "camera"

    @property
    def printer(self) -> Path:
        """Slips come out here."""
        return self.folder / "printer"

    def things(self) -> dict[str, list[dict[str, str]]]:
        """Read members {name, note, card, pass} and products {name, note, code}."""
        told: dict[str, list[dict[str, str]]] = json.loads(
            (self.folder / FILE).read_text(encoding="utf-8")
        )
        return told


class DemoDeskWindow(QObject):
    """Shows the desk beside the till, and does what its buttons say."""

    def __init__(
        self, folders: DeskFolders, cable: Cable, shop: ShopWindow, app: QApplication
    ) -> None:
        super().__init__(app)
        self._folders = folders
        self._cable = cable
        self._shop = shop
        things = folders.things()
        self._members, self._products = things["members"], things["products"]
        self._held = 0
        self.window = DemoDesk(shop.words, shop.look)
        self.window.card_shown.connect(lambda i: self._scan(self._members[i]["card"]))
        self.window.pass_shown.connect(lambda i: self._hold(self._members[i]["pass"]))
        self.window.product_shown.connect(lambda i: self._scan(self._products[i]["code"]))
        self.window.cable_moved.connect(self._move_cable)
        shop.left.connect(self.window.close)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show)
        self._timer.start(LOOK_MS)
        self._show()
        self._stand_beside()

    def _stand_beside(self) -> None:
        """Stand at the right edge of the screen, the till at its left."""
        room = self.window.screen().availableGeometry()
        self.window.resize(self.window.width(), min(self.window.height(), room.height()))
        self.window.move(room.right() - self.window.width(), room.top())
        width = max(room.width() - self.window.width(), self._shop.window.minimumWidth())
        self._shop.window.resize(width, room.height())
        self._shop.window.move(room.topLeft())
        self.window.show()

    def _scan(self, code: str) -> None:
        """Give a code to the scanner: whole or not at all, so written aside and moved in."""
        self._held += 1
        aside = self._folders.scanner / f"{self._held:06}.part"
        aside.write_text(code, encoding="utf-8")
        aside.rename(aside.with_suffix(".txt"))

    def _hold(self, text: str) -> None:
        """Hold a phone before the camera for a moment."""
        aside = self._folders.camera / "phone.part"
        code = segno.make_qr(text, error="m")
        code.save(str(aside), kind="png", scale=QR_SCALE, border=QR_BORDER)
        shown = aside.replace(aside.with_suffix(".png"))
        QTimer.singleShot(SHOWN_MS, lambda: shown.unlink(missing_ok=True))

    def _move_cable(self) -> None:
        self._cable.plugged = not self._cable.plugged
        self._shop.sync.try_now()
        self._show()

    def _show(self) -> None:
        slips = sorted(self._folders.printer.glob("[0-9]*.txt"), reverse=True)[:SLIPS_SHOWN]
        paper = "\n\n".join(_readable(slip.read_text(encoding="utf-8")) for slip in slips)
        self.window.show_state(
            DemoDeskState(
                members=_things(self._members),
                products=_things(self._products),
                plugged=self._cable.plugged,
                paper=paper,
            )
        )


def _things(told: list[dict[str, str]]) -> tuple[Thing, ...]:
    return tuple(Thing(thing["name"], thing.get("note", "")) for thing in told)


def _readable(slip: str) -> str:
    """Draw the rules, and cut a code short that nobody reads in letters."""
    lines = (RULE if line == "---" else line for line in slip.split("\n"))
    return "\n".join(f"{line[:COLUMNS]}…" if len(line) > COLUMNS else line for line in lines)


def demo_desk(folder: Path, cable: Cable) -> Companion:
    """Put the desk beside the till; `folder` holds the simulated devices' folders."""
    folders = DeskFolders(folder)
    return Companion(lambda shop, app: DemoDeskWindow(folders, cable, shop, app))
