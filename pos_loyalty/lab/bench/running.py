"""A till that runs in this process, window and all, while a script works it from a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pos_loyalty.lab.bench.figures import MeasurementFailed
from pos_loyalty.lab.bench.shop import PIN
from pos_loyalty.ports.central import Central
from pos_loyalty.terminal.app import application
from pos_loyalty.terminal.back_room import BackRoom, open_back_room
from pos_loyalty.terminal.settings import Settings
from pos_loyalty.terminal.shop_window import ShopWindow
from pos_loyalty.terminal.stopwatch import Stopwatch

QUIET_S = 0.02  # Between two things a cashier does; she is slower.


@dataclass(frozen=True, slots=True)
class RunningTill:
    """A till at work, and the watch on its window."""

    shop: ShopWindow
    back_room: BackRoom
    watch: Stopwatch

    def sign_in(self) -> float:
        """Let the cashier in; answers with the ms until she may sell."""
        entered = self.shop.window.sign_in.pin_entered
        return self.watch.until_painted(
            lambda: self.watch.do(lambda: entered.emit(PIN)),
            lambda: self.shop.screen.shown["page"] == "sale",
        )

    def rest(self) -> None:
        """Wait until the ledger has nothing to do, and a moment longer."""
        self.back_room.ledger.do(lambda: None)
        time.sleep(QUIET_S)


Script = Callable[[RunningTill], None]


def run(folder: Path, settings: Settings, script: Script, central: Central | None = None) -> None:
    """Run the till in `folder` on this thread until `script`, on one of its own, has ended.

    `central` stands in for the server; None: nobody answers. Raises what the script raises.
    """
    app = application()
    with open_back_room(folder) as opened:
        back_room = opened if central is None else replace(opened, central=central)
        store = back_room.ledger.do(back_room.counter.members.store)
        if store is None:
            raise MeasurementFailed(f"the till in {folder} does not know its store")
        shop = ShopWindow(app, back_room, store, settings)
        watch = Stopwatch(shop, app)
        shop.start()
        failures: list[BaseException] = []
        worker = threading.Thread(
            target=_work,
            args=(script, RunningTill(shop, back_room, watch), failures),
            name="bench",
        )
        worker.start()
        app.exec()
        worker.join()
        shop.stop()
        shop.window.leave()
    if failures:
        raise failures[0]


def _work(script: Script, till: RunningTill, failures: list[BaseException]) -> None:
    try:
        script(till)
    except TimeoutError as error:
        failure = MeasurementFailed("the till's window never showed what it was to show")
        failure.__cause__ = error
        failures.append(failure)
    except BaseException as error:  # noqa: BLE001 - raised again where the script is waited for
        failures.append(error)
    finally:
        till.watch.end()
