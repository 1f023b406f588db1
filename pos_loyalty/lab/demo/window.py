"""The demo shop to work with: a server and a till with a window and simulated devices."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos_loyalty.lab.demo.devices import Device, keep_devices
from pos_loyalty.lab.demo.folder import DemoFolder, Facts
from pos_loyalty.lab.demo.people import CASHIER, CASHIER_PIN, MANAGER, MANAGER_PIN
from pos_loyalty.lab.demo.processes import HOST, LIFELINE, Child, ProcessFailed, ServerProcess

if TYPE_CHECKING:
    from pos_loyalty.lab.demo.shop import DemoShop, Tell

PORTS = range(8320, 8340)  # Beside the server's usual one, and below those the system gives away.
TILL_NAME = "Cassa 1"
DESK = "desk.json"  # Read by the window beside the till.
ON_THE_DESK = 6
PRODUCTS_APART = 17  # Some of each kind.
TIPS_OF_A_KIND = 3


def run_window(folder: DemoFolder, tell: Tell) -> None:
    """Open the shop in `folder`, set it up where that was not done, and wait for its till's end.

    Afterwards nothing of it is left running. Raises ProcessFailed, or what `set_up` raises.
    """
    facts = folder.facts()
    port = free_port() if facts is None else facts.port
    tell("The server starts.")
    with ServerProcess(folder.server, folder.place / "server.log", port) as server:
        if facts is None:
            server.wait_until_ready()
            _set_up(folder, server, tell)
        with _till(folder) as till:  # It can sell before the server is there.
            if facts is not None:
                server.wait_until_ready()
            for tip in tips(folder):
                tell(tip)
            code = till.wait()
            if code != 0:
                raise till.failed(f"ended with code {code}")


@contextmanager
def _till(folder: DemoFolder) -> Iterator[Child]:
    where = ("--data", str(folder.till), "--desk", str(folder.place))
    till = Child("The till", (LIFELINE, "till", *where), folder.place / "till.log")
    try:
        yield till
    finally:
        till.stop()


def free_port() -> int:
    """Find a port that nobody listens on. Raises ProcessFailed when there is none."""
    for port in PORTS:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
            return port
    raise ProcessFailed(f"All ports from {PORTS[0]} to {PORTS[-1]} are in use. Free one of them.")


def _set_up(folder: DemoFolder, server: ServerProcess, tell: Tell) -> None:
    from pos_loyalty.lab.demo.shop import set_up  # Late: the shop is set up once and opened often.

    shop = set_up(folder.server, server.url, {TILL_NAME: folder.till}, tell)
    simulated = {}
    for kind in ("scanner", "camera", "printer"):
        folder.device(kind).mkdir()
        simulated[kind] = Device("simulated", {"folder": str(folder.device(kind))})
    keep_devices(
        folder.till,
        scanners=[simulated["scanner"]],
        cameras=[simulated["camera"]],
        printers=[simulated["printer"]],
    )
    things = json.dumps(on_the_desk(shop), ensure_ascii=False, indent=1)
    (folder.place / DESK).write_text(things, encoding="utf-8")
    folder.keep_facts(Facts(server.port))


def tips(folder: DemoFolder) -> Iterator[str]:
    """Say what to try."""
    desk = json.loads((folder.place / DESK).read_text(encoding="utf-8"))
    yield f"Sign in: {CASHIER} {CASHIER_PIN}, or {MANAGER} {MANAGER_PIN}."
    for member in desk["members"][:TIPS_OF_A_KIND]:
        yield f"A member: {member['name']}, telephone {member['note']}, card {member['card']}"
    for product in desk["products"][:TIPS_OF_A_KIND]:
        yield f"A product: {product['code']} {product['name']}"
    yield f"Receipts come out in {folder.device('printer')}."
    yield "Close the till's window to end the demo."


def on_the_desk(shop: DemoShop) -> dict[str, list[dict[str, str]]]:
    """Choose some members and products to hold out to the devices."""
    members = [
        {
            "name": one.person.name,
            "note": one.person.phone,
            "card": one.person.card,
            "pass": one.pass_text,
        }
        for one in shop.members[:ON_THE_DESK]
    ]
    products = [
        {"name": one.name, "note": one.category, "code": one.sku.lstrip("0")}
        for one in shop.products[::PRODUCTS_APART]
    ]
    return {"members": members, "products": products}
