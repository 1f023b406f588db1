"""How long the window does not answer, with everything going on at once, and after each key."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import segno

from pos_loyalty.lab.bench.central import BenchCentral
from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed, Stat
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.running import RunningTill, run
from pos_loyalty.lab.bench.scanning import END, SerialLine, serial_line
from pos_loyalty.lab.bench.shop import card, member_pass, sku, till_in
from pos_loyalty.lab.printer_peer import PrinterPeer
from pos_loyalty.terminal.settings import DeviceSetting, Settings
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.why import WhyState

BLOCKED, PAINTED = Limit(100, Stat.MAX), Limit(50)
PRODUCTS_SCANNED = 2
FRAME_PX = (1280, 720)
MODULE_PX = 6
SEED = 1
PAUSE_S = 0.05  # A person's rhythm.
KNOWN_SCANNED = 100


def answering(bench: Bench) -> Group:
    """Measure gaps of the GUI thread while all devices and the line are busy, and key → paint."""
    group = Group("window")
    folder = till_in(bench, "window", indexed=True)
    pictures = folder / "camera"
    pictures.mkdir()
    _draw_pass(pictures / "1.png")

    def script(till: RunningTill) -> None:
        till.sign_in()
        till.watch.listen()
        keys = [ms for number in range(bench.plan.sales) for ms in _sale(till, line, number)]
        group.add("longest time the window did not answer", till.watch.gaps_ms(), BLOCKED)
        group.add("key → painted, meanwhile", keys, PAINTED)

    with serial_line() as line, PrinterPeer() as printer:
        run(folder, _settings(line, pictures, printer), script, BenchCentral(bench))
        printed = len(printer.jobs)
    group.remarks.append(
        f"window: {bench.plan.sales} sales with scans, camera frames of 1280×720, "
        f"{printed} slips to a printer on TCP, sync over memory with real JSON"
    )
    return group


def _settings(line: SerialLine, pictures: Path, printer: PrinterPeer) -> Settings:
    network = {"transport": "network", "host": "127.0.0.1", "port": str(printer.port)}
    return Settings(
        scanners=(DeviceSetting(driver="serial", settings={"port": line.port}),),
        cameras=(DeviceSetting(driver="simulated", settings={"folder": str(pictures)}),),
        printer=DeviceSetting(driver="escpos", settings=network),
    )


def _draw_pass(path: Path) -> None:
    """Draw a pass as a camera would see it, grey and a little noisy."""
    import cv2

    modules = np.array(segno.make_qr(member_pass(0)).matrix, np.uint8)
    code = np.kron(1 - modules, np.ones((MODULE_PX, MODULE_PX), np.uint8)) * 180 + 40
    width_px, height_px = FRAME_PX
    frame = np.full((height_px, width_px), 220, np.uint8)
    top, left = (height_px - len(code)) // 2, (width_px - len(code)) // 2
    frame[top : top + len(code), left : left + len(code)] = code
    noise = np.random.default_rng(SEED).integers(0, 30, frame.shape, np.uint8)
    cv2.imwrite(str(path), frame + noise)


def _sale(till: RunningTill, line: SerialLine, number: int) -> list[float]:
    """Sell once: member and goods scanned, an amount typed, “why?”, paid; tells of each key."""
    watch, presenter = till.watch, till.shop.till.sale
    if presenter is None:
        raise MeasurementFailed("nobody is signed in")

    def scan(code: str, lines: int) -> None:
        line.send(code.encode() + END)
        till.rest()
        watch.until_painted(lambda: watch.do(till.shop.window.update), lambda: there(lines))

    def there(lines: int) -> bool:
        return len(presenter.model.lines) == lines

    def key(name: str, reached: Callable[[], bool]) -> float:
        time.sleep(PAUSE_S)
        return watch.until_painted(lambda: watch.press(name), reached)

    scan(card(number % KNOWN_SCANNED), 0)
    for count in range(1, PRODUCTS_SCANNED + 1):
        scan(sku(count), count)
    took = [
        key("7", lambda: presenter.model.typed == "7"),
        key("Return", lambda: there(PRODUCTS_SCANNED + 1)),
        key("F1", lambda: shown_side(till) is WhyState),
        key("F1", lambda: shown_side(till) is None),
        key("F2", lambda: shown_side(till) is CameraState),
    ]
    key("Return", lambda: presenter.model.closed is not None)
    return took


def shown_side(till: RunningTill) -> type | None:
    """Tell what is open beside the sale."""
    sale = till.shop.screen.shown["sale"]
    side = sale.side if isinstance(sale, SaleState) else None
    return None if side is None else type(side)
