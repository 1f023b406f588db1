"""Setting a shop up: stores, staff, catalogue, programs, channels. Each function is one change.

All take a connection inside the caller's transaction, and tell the tills by the feed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from pos_loyalty.domain.calendar import check_zone
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.server.contents import (
    PRODUCT,
    PROGRAM,
    STAFF,
    STORE,
    product_row,
    product_told,
    program_key,
    store_told,
)
from pos_loyalty.server.database import insert_rows
from pos_loyalty.server.feed import EVERYWHERE, announce
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.tables import channels, products, programs, staff, stores
from pos_loyalty.wire.changes import (
    ProductChanged,
    StoreChanged,
)
from pos_loyalty.wire.pins import badge_digest, hash_pin, pin_matches
from pos_loyalty.wire.program_document import read_program, write_program

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CURRENCY = re.compile(r"[A-Z]{3}")
REGION = re.compile(r"[A-Z]{2}")
KEY_BYTES = 32
ON_SKU = (
    "(sku) DO UPDATE SET name = excluded.name, price_minor = excluded.price_minor, "
    "category = excluded.category, tax_rate = excluded.tax_rate, sold = excluded.sold, "
    "brand = excluded.brand, labels = excluded.labels, unit = excluded.unit, "
    "cost_minor = excluded.cost_minor"
)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody who works, or worked, at a store."""

    store: str
    staff: str
    name: str
    role: str
    active: bool


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A published version of a program."""

    program: str
    version: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A door beside the tills."""

    channel: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who is to work at a store."""

    store: str
    staff: str
    name: str
    role: str
    pin: str
    badge: str = ""  # The badge's code, without its prefix. Empty: no badge.


def put_store(connection: Connection, store: StoreChanged) -> None:
    """Add a store, or change it. Raises Refusal for a name or zone that cannot be."""
    _check(NAME, store.store, "store", "small letters, digits and single hyphens")
    _check(CURRENCY, store.currency, "currency", "three capital letters, as in EUR")
    _check(REGION, store.region, "region", "two capital letters, as in IT")
    try:
        check_zone(store.zone)
    except ValueError as error:
        raise Refusal("unknown_zone", f"{error}. Use a name such as Europe/Rome.") from error
    row = store.model_dump(exclude={"change"}) | {"card_prefixes": list(store.card_prefixes)}
    known = stores.c.store == store.store
    if connection.execute(update(stores).where(known).values(row)).rowcount == 0:
        connection.execute(insert(stores).values(row))
    announce(connection, STORE, [store.store], store.store)


def list_stores(connection: Connection) -> tuple[StoreChanged, ...]:
    """List the stores."""
    rows = connection.execute(select(stores).order_by(stores.c.store)).mappings()
    return tuple(store_told(row) for row in rows)


def put_staff(connection: Connection, new: NewStaff) -> None:
    """Add somebody, or change her name, role, PIN and badge. Raises Refusal."""
    _check(NAME, new.staff, "staff", "small letters, digits and single hyphens")
    if new.role not in ("cashier", "manager"):
        raise Refusal("unknown_role", f"{new.role!r} is no role: cashier or manager.")
    _check_store(connection, new.store)
    try:
        pin_hash = hash_pin(new.pin)
    except ValueError as error:
        raise Refusal("wrong_pin", f"{error}.") from error
    _check_pin_is_free(connection, new)
    row = {
        "store": new.store,
        "staff": new.staff,
        "name": new.name,
        "role": new.role,
        "pin_hash": pin_hash,
        "badge_digest": badge_digest(new.badge) if new.badge else "",
        "active": True,
    }
    known = (staff.c.store == new.store) & (staff.c.staff == new.staff)
    if connection.execute(update(staff).where(known).values(row)).rowcount == 0:
        connection.execute(insert(staff).values(row))
    announce(connection, STAFF, [new.staff], new.store)


def _check_pin_is_free(connection: Connection, new: NewStaff) -> None:
    """Let no two people of a store have one PIN: at the till it tells who it is."""
    others = (staff.c.store == new.store) & (staff.c.staff != new.staff) & staff.c.active
    hashes = connection.execute(select(staff.c.pin_hash).where(others)).scalars()
    if any(pin_matches(pin_hash, new.pin) for pin_hash in hashes):
        raise Refusal("pin_taken", "Somebody at this store has this PIN. Choose another one.")


def list_staff(connection: Connection) -> tuple[StaffLine, ...]:
    """List everybody, also who has left."""
    rows = connection.execute(select(staff).order_by(staff.c.store, staff.c.staff))
    return tuple(StaffLine(r.store, r.staff, r.name, r.role, r.active) for r in rows)


def revoke_staff(connection: Connection, store: str, name: str) -> None:
    """Let somebody sign in no more, from the next pull on. Raises Refusal."""
    known = (staff.c.store == store) & (staff.c.staff == name)
    left = {"active": False, "pin_hash": "", "badge_digest": ""}
    if connection.execute(update(staff).where(known).values(left)).rowcount == 0:
        raise Refusal("unknown_staff", f"Nobody called {name!r} works at {store!r}.")
    announce(connection, STAFF, [name], store)


def publish_program(connection: Connection, text: str, file: str, now: datetime) -> Program:
    """Publish a version, for ever. The same document again changes nothing.

    Raises WrongDocument, or Refusal when this version says something else already.
    """
    program = read_program(text, file)
    document = write_program(program)
    wanted = (programs.c.program == program.id) & (programs.c.version == program.version)
    there = connection.execute(select(programs.c.document).where(wanted)).scalar()
    if there is not None:
        if read_program(there, "published.json") != program:
            raise Refusal(
                "version_taken",
                f"{program.id} version {program.version} is published already and says something "
                "else. Sales may have been scored by it: give the new text a new version.",
            )
        return program
    row = {
        "program": program.id,
        "version": program.version,
        "document": document,
        "published_at": now,
    }
    connection.execute(insert(programs).values(row))
    announce(connection, PROGRAM, [program_key(program.id, program.version)], EVERYWHERE)
    return program


def list_programs(connection: Connection) -> tuple[ProgramLine, ...]:
    """List the published versions."""
    rows = connection.execute(select(programs).order_by(programs.c.program, programs.c.version))
    return tuple(ProgramLine(row.program, row.version, row.published_at) for row in rows)


def put_products(connection: Connection, catalogue: Sequence[ProductChanged]) -> int:
    """Add products, or change them; answer how many there were."""
    by_sku = {product.sku: product for product in catalogue}
    rows = [product_row(by_sku[sku]) for sku in sorted(by_sku)]
    insert_rows(connection, products, rows, ON_SKU)
    announce(connection, PRODUCT, by_sku, EVERYWHERE)
    return len(rows)


def list_products(connection: Connection) -> tuple[ProductChanged, ...]:
    """List the catalogue, also what is not sold any more."""
    rows = connection.execute(select(products).order_by(products.c.sku)).mappings()
    return tuple(product_told(row) for row in rows)


def revoke_product(connection: Connection, sku: str) -> None:
    """Take a product out of the catalogue. Raises Refusal."""
    known = products.c.sku == sku
    if connection.execute(update(products).where(known).values(sold=False)).rowcount == 0:
        raise Refusal("unknown_product", f"There is no product {sku!r}. See `catalogue list`.")
    announce(connection, PRODUCT, [sku], EVERYWHERE)


def add_channel(connection: Connection, name: str) -> str:
    """Open a door for a web shop or an app; answer its key, which is shown only now."""
    _check(NAME, name, "channel", "small letters, digits and single hyphens")
    if connection.execute(select(channels).where(channels.c.channel == name)).first() is not None:
        raise Refusal("channel_exists", f"There is a channel {name!r} already. Take another name.")
    key = secrets.token_urlsafe(KEY_BYTES)
    row = {"channel": name, "key_digest": sha256(key.encode()).digest()}
    connection.execute(insert(channels).values(row))
    return key


def list_channels(connection: Connection) -> tuple[ChannelLine, ...]:
    """List the channels."""
    rows = connection.execute(select(channels).order_by(channels.c.channel))
    return tuple(ChannelLine(row.channel, row.revoked_at is not None) for row in rows)


def revoke_channel(connection: Connection, name: str, now: datetime) -> None:
    """Shut a channel's door at once. Raises Refusal."""
    known = channels.c.channel == name
    if connection.execute(update(channels).where(known).values(revoked_at=now)).rowcount == 0:
        raise Refusal("unknown_channel", f"There is no channel {name!r}. See `channel list`.")


def _check_store(connection: Connection, store: str) -> None:
    if connection.execute(select(stores.c.store).where(stores.c.store == store)).first() is None:
        raise Refusal("unknown_store", f"There is no store {store!r}. Add it with `store add`.")


def _check(form: re.Pattern[str], text: str, what: str, allowed: str) -> None:
    if not form.fullmatch(text):
        raise Refusal(f"wrong_{what}", f"{text!r} is no name of a {what}: {allowed}.")
