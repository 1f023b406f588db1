"""Whether every part of an installation is there: drivers, resources, libraries, a window."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from pos_loyalty.devices.registry import installed_drivers
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.ports.devices import CAMERAS, DECODERS, PRINTERS, SCANNERS, DeviceFault, FaultKind
from pos_loyalty.resources import resource

RESOURCES = (("fonts",), ("icons",), ("locale",), ("styles",), ("programs",))
WANTED = {
    SCANNERS: ("serial", "simulated"),
    CAMERAS: ("opencv", "simulated"),
    DECODERS: ("zxing",),
    PRINTERS: ("escpos", "simulated"),
}


def self_test(tell: Callable[[str], None]) -> int:
    """Try each part and tell of it; answers with the exit code, 0 when all is there."""
    wrong = [*_drivers(tell), *_resources(tell), *_database(tell), *_window(tell)]
    for what in wrong:
        tell(f"MISSING {what}")
    tell("self-test failed" if wrong else "self-test passed")
    return 1 if wrong else 0


def _drivers(tell: Callable[[str], None]) -> list[str]:
    drivers = installed_drivers()
    wrong = []
    for group, names in WANTED.items():
        there = drivers.names(group)
        tell(f"{group}: {', '.join(there)}")
        wrong += [f"driver {name} of {group}" for name in names if name not in there]
    for entry in drivers.entries:
        try:
            entry.load()
        except ImportError as error:
            wrong.append(f"{entry.name}: {error}")
    for name in drivers.names(DECODERS):
        try:
            drivers.open_decoder(name)
        except DeviceFault as fault:
            if name == "zxing" or fault.kind is not FaultKind.MISSING_LIBRARY:
                wrong.append(f"decoder {name}: {fault}")
            else:
                tell(f"decoder {name} is not installed; the till reads codes without it")
    return wrong


def _resources(tell: Callable[[str], None]) -> list[str]:
    wrong = [parts[-1] for parts in RESOURCES if not resource(*parts).exists()]
    tell(f"resources: {len(RESOURCES) - len(wrong)} of {len(RESOURCES)} folders")
    return wrong


def _database(tell: Callable[[str], None]) -> list[str]:
    from pos_loyalty.store.folder import open_journal

    with tempfile.TemporaryDirectory(prefix="pos-loyalty-") as folder:
        journal = open_journal(Path(folder), bytes(32), TerminalId(uuid4()))
        head = journal.head()
        journal.close()
    tell(f"database: a fresh journal ends at {head.position.seq}")
    return []


def _window(tell: Callable[[str], None]) -> list[str]:
    from pos_loyalty.terminal.app import application
    from pos_loyalty.terminal.shop_window import words_for
    from pos_loyalty.ui.look import Look, put_on
    from pos_loyalty.ui.theme import LIGHT
    from pos_loyalty.ui.views.window import TillWindow

    app, look = application(), Look(LIGHT)
    put_on(app, look)
    window = TillWindow(words_for("it"), look)
    picture = window.grab()
    tell(f"window: {picture.width()} × {picture.height()} on {app.platformName()}")
    return ["a window"] if picture.isNull() else []
