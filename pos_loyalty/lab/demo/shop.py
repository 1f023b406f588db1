"""The demo shop, set up as a shop owner does: a store, its people, a program, products, tills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from pos_loyalty.lab.demo.history import Setting, live_through_the_past
from pos_loyalty.lab.demo.people import (
    CASHIER,
    CASHIER_BADGE,
    CASHIER_PIN,
    MANAGER,
    MANAGER_BADGE,
    MANAGER_PIN,
    DemoMember,
    read_people,
)
from pos_loyalty.resources import resource
from pos_loyalty.server import admin
from pos_loyalty.server.catalogue import read_catalogue
from pos_loyalty.server.database import in_transaction, open_engine
from pos_loyalty.server.embedded import borrowed_cluster
from pos_loyalty.server.identity import read_identity
from pos_loyalty.server.schema import prepare
from pos_loyalty.server.tills import add_till, list_tills, revoke_till
from pos_loyalty.terminal.enrolment import enrol_till
from pos_loyalty.wire.changes import (
    ProductChanged,
    StoreChanged,
)
from pos_loyalty.wire.enrolment_code import write_code

STORE = StoreChanged(
    store="bottega",
    name="Bottega Verdi",
    address="Via delle Botteghe 7, Bologna",
    zone="Europe/Rome",
    currency="EUR",
    language="it",
    region="IT",
    card_prefixes=("2998",),
)
STAFF = (
    admin.NewStaff(
        STORE.store, CASHIER.lower(), CASHIER, "cashier", CASHIER_PIN, badge=CASHIER_BADGE
    ),
    admin.NewStaff(
        STORE.store, MANAGER.lower(), MANAGER, "manager", MANAGER_PIN, badge=MANAGER_BADGE
    ),
)
PROGRAM = ("programs", "bottega-verdi.toml")
CATALOGUE = ("demo", "catalogue.csv")
PAST_TILL = "Till of the past"
CHANNEL = "demo"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoShop:
    """A shop that is set up, and what somebody must know to try it out."""

    members: tuple[DemoMember, ...]
    products: tuple[ProductChanged, ...]
    channel_key: str  # Opens the server's door for other channels.


class Office:
    """Where the shop is set up: the administration of one server's database."""

    def __init__(self, database_url: str, server_url: str) -> None:
        self._engine = open_engine(database_url)
        self._server_url = server_url

    def __enter__(self) -> Self:
        prepare(self._engine)
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def furnish(self) -> tuple[ProductChanged, ...]:
        """Bring in the store, its people, its program and its products."""
        in_transaction(self._engine, lambda c: admin.put_store(c, STORE))
        for one in STAFF:
            in_transaction(self._engine, partial(admin.put_staff, new=one))
        text = resource(*PROGRAM).read_text(encoding="utf-8")
        in_transaction(
            self._engine, lambda c: admin.publish_program(c, text, PROGRAM[-1], datetime.now(UTC))
        )
        lines = resource(*CATALOGUE).read_text(encoding="utf-8")
        products = read_catalogue(lines, CATALOGUE[-1])
        in_transaction(self._engine, lambda c: admin.put_products(c, products))
        return products

    def invite(self, till: str) -> str:
        """Make the one-time code of a till."""
        now = datetime.now(UTC)
        secret = in_transaction(self._engine, lambda c: add_till(c, STORE.store, till, now))
        server_key = in_transaction(self._engine, read_identity).server_key
        return write_code(secret, server_key, self._server_url)

    def revoke(self, till: str) -> None:
        """Shut a till out; what it has sent stays."""
        now = datetime.now(UTC)
        lines = in_transaction(self._engine, lambda c: list_tills(c, now))
        found = [line.terminal for line in lines if line.name == till and line.terminal is not None]
        for one in found:
            in_transaction(self._engine, partial(revoke_till, terminal=one, now=now))

    def open_channel(self) -> str:
        """Open the server's door for other channels; answers with its key."""
        return in_transaction(self._engine, lambda c: admin.add_channel(c, CHANNEL))


def set_up(database: Path, server_url: str, tills: Mapping[str, Path], tell: Tell) -> DemoShop:
    """Set the shop up on the running server of `database`, and make `tills` (name → folder).

    Raises CentralTrouble, ClusterError or StoreFault.
    """
    people = read_people()
    with borrowed_cluster(database) as database_url, Office(database_url, server_url) as office:
        tell("The shop is furnished: store, staff, program, products.")
        products = office.furnish()
        setting = Setting(people, tuple(p.sku for p in products), datetime.now(UTC))
        tell(f"{len(people)} members live through the past months.")
        members = live_through_the_past(office.invite(PAST_TILL), setting)
        office.revoke(PAST_TILL)
        for name, folder in tills.items():
            tell(f"{name} becomes a till of the shop.")
            enrol_till(folder, office.invite(name))
        return DemoShop(members, products, office.open_channel())
